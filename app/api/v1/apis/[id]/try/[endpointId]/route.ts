import { operations } from "@/lib/contract/index.ts";
import { bindRoute, serveTry } from "@/lib/next/index.ts";

export const POST = bindRoute(operations.tryCall, serveTry, {
  limit: "console",
  // A body of 16 MiB as base64, with the rest of the request.
  bodyBytesMax: () => 24 * 1024 * 1024,
});
