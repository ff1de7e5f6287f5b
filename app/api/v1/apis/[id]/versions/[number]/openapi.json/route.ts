import { operations } from "@/lib/contract/index.ts";
import { bindRoute, serveDescription } from "@/lib/next/index.ts";

export const GET = bindRoute(operations.getVersionJson, (call) => serveDescription(call, "json"), { limit: "heavy" });
