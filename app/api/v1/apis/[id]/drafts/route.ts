import { createDraft } from "@/lib/acts/index.ts";
import { operations } from "@/lib/contract/index.ts";
import { bindRoute, refusalResponse } from "@/lib/next/index.ts";

export const POST = bindRoute(
  operations.createDraft,
  async ({ deps, viewer, params, body }) => {
    const descriptionBytesMax = deps.settings.DESCRIPTION_BYTES_MAX;
    const outcome = await createDraft({ ...deps, descriptionBytesMax }, viewer, { id: params.id, ...body });
    return outcome.kind === "refused" ? refusalResponse(outcome) : outcome.preview;
  },
  // As JSON text a document can be twice as long.
  { limit: "heavy", bodyBytesMax: ({ settings }) => 2 * settings.DESCRIPTION_BYTES_MAX + 64 * 1024 },
);
