import { operations } from "@/lib/contract/index.ts";
import { bindRoute, serveDescription } from "@/lib/next/index.ts";

export const GET = bindRoute(operations.getVersionYaml, (call) => serveDescription(call, "yaml"), { limit: "heavy" });
