import { revokeToken } from "@/lib/acts/index.ts";
import { operations } from "@/lib/contract/index.ts";
import { bindRoute, refusalResponse } from "@/lib/next/index.ts";

export const DELETE = bindRoute(operations.revokeToken, async ({ deps, viewer, params }) => {
  const outcome = await revokeToken(deps, viewer, params);
  return outcome.kind === "refused" ? refusalResponse(outcome) : "done";
});
