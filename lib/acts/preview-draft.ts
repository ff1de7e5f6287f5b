import type { Viewer } from "../model/index.ts";
import { findDraft, readDocument } from "../store/index.ts";
import type { ActDeps } from "./act-deps.ts";
import { composePreview } from "./compose-preview.ts";
import type { Drafted } from "./create-draft.ts";
import { publishableApi } from "./publishable-api.ts";
import { notThere } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";

/** Compares a draft with what is current now. Writes nothing. */
export async function previewDraft(
  deps: ActDeps,
  viewer: Viewer,
  input: { readonly id: string; readonly draftId: string },
): Promise<Drafted | Refusal> {
  const { db } = deps.store;
  const target = await publishableApi(db, viewer, input.id);
  if (target.kind === "refused") return target;
  const draft = input.draftId.includes("\0") ? null : await findDraft(db, input.id, input.draftId);
  const description = draft === null ? null : await readDocument(db, draft.documentDigest);
  if (draft === null || description === null) return notThere;
  return { kind: "done", preview: await composePreview(db, draft, description) };
}
