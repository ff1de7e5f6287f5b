import { previewDraft } from "@/lib/acts/index.ts";
import { operations } from "@/lib/contract/index.ts";
import { bindRoute, refusalResponse } from "@/lib/next/index.ts";

export const POST = bindRoute(
  operations.previewDraft,
  async ({ deps, viewer, params }) => {
    const outcome = await previewDraft(deps, viewer, params);
    return outcome.kind === "refused" ? refusalResponse(outcome) : outcome.preview;
  },
  { limit: "heavy" },
);
