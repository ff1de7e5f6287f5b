import { handleAuth } from "@/lib/next/index.ts";

export const GET = handleAuth;
export const POST = handleAuth;
