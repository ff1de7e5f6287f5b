import { serveOpenApi } from "@/lib/next/index.ts";

export const GET = serveOpenApi;
