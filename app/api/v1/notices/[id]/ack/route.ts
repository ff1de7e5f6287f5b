import { acknowledgeNotice } from "@/lib/acts/index.ts";
import { operations } from "@/lib/contract/index.ts";
import { bindRoute, refusalResponse } from "@/lib/next/index.ts";

export const POST = bindRoute(operations.acknowledgeNotice, async ({ deps, viewer, params }) => {
  const outcome = await acknowledgeNotice(deps, viewer, params);
  return outcome.kind === "refused" ? refusalResponse(outcome) : { unread: outcome.unread };
});
