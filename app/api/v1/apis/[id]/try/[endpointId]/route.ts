import { operations } from "@/lib/contract/index.ts";
import { bindRoute, serveTry } from "@/lib/next/index.ts";

export const POST = bindRoute(operations.tryCall, serveTry, { limit: "console", bodyBytesMax: () => 24 * 1024 * 1024 });
