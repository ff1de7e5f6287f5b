import { publishDraft } from "@/lib/acts/index.ts";
import { operations } from "@/lib/contract/index.ts";
import { bindRoute, publishDeps, refusalResponse } from "@/lib/next/index.ts";
import { getVersion } from "@/lib/views/index.ts";

export const POST = bindRoute(
  operations.publishDraft,
  async ({ deps, viewer, params, body }) => {
    const outcome = await publishDraft(publishDeps(deps), viewer, { ...params, ...body });
    return outcome.kind === "refused" ? refusalResponse(outcome) : getVersion(deps, viewer, params.id, outcome.number);
  },
  { limit: "heavy" },
);
