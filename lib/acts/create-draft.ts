import type { DraftPreview } from "../contract/index.ts";
import type { Description, Viewer } from "../model/index.ts";
import { mainLine } from "../model/index.ts";
import { readDescription } from "../spec/index.ts";
import { appendAudit, findRevisionDocument, insertDraft, readDocument, saveDocument } from "../store/index.ts";
import type { ActDeps } from "./act-deps.ts";
import { auditOf } from "./audit-of.ts";
import { composePreview } from "./compose-preview.ts";
import { publishableApi } from "./publishable-api.ts";
import { refuse } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";

export type DraftInput = {
  readonly id: string;
  /** The description as JSON or YAML text; or, where it is missing, the revision whose description is taken. */
  readonly document?: string | undefined;
  readonly revision?: string | undefined;
  readonly releaseNote?: string | undefined;
  /** The line whose next version it would be; the API's own where none is named. */
  readonly line?: string | undefined;
};

export type Drafted = { readonly kind: "done"; readonly preview: DraftPreview };

/** Validates a description, keeps it as a draft, and says what publishing it would do. */
export async function createDraft(
  deps: ActDeps & { readonly descriptionBytesMax: number },
  viewer: Viewer,
  input: DraftInput,
): Promise<Drafted | Refusal> {
  const { db } = deps.store;
  const target = await publishableApi(db, viewer, input.id);
  if (target.kind === "refused") return target;
  const read =
    input.document === undefined
      ? await takeFromRevision(deps, input.id, input.revision ?? "")
      : readText(input.document, deps.descriptionBytesMax);
  if (read.kind === "refused") return read;
  if (input.line !== undefined && !target.row.api.lines.includes(input.line))
    return refuse("conflict", `This API has no line “${input.line}”; it has ${target.row.api.lines.join(", ")}.`);
  const { description, raw } = read;
  if (raw !== null) await saveDocument(db, description, raw);
  const draft = await deps.store.transaction(async (tx) => {
    const made = await insertDraft(tx, {
      apiId: input.id,
      line: input.line ?? target.row.api.lines[0] ?? mainLine,
      documentDigest: description.documentDigest,
      releaseNote: (input.releaseNote ?? "").replaceAll("\0", ""),
      createdById: viewer.kind === "person" ? viewer.userId : null,
    });
    await appendAudit(
      tx,
      auditOf(viewer, {
        act: "draft.create",
        target: `api:${input.id}`,
        detail: { draft: made.id, documentDigest: description.documentDigest },
      }),
    );
    return made;
  });
  return { kind: "done", preview: await composePreview(db, draft, description) };
}

type ReadDraft = { readonly kind: "read"; readonly description: Description; readonly raw: Uint8Array | null };

function readText(text: string, bytesMax: number): ReadDraft | Refusal {
  const raw = new TextEncoder().encode(text);
  if (raw.byteLength > bytesMax) {
    return refuse(
      "too-large",
      `The description has ${String(raw.byteLength)} bytes; ${String(bytesMax)} are the most.`,
    );
  }
  const result = readDescription(raw, { bytesMax });
  switch (result.kind) {
    case "ok":
      return { kind: "read", description: result.description, raw };
    case "invalid":
      return refuse("invalid-document", result.problems[0]?.message ?? null, result.problems.slice(0, 100));
  }
}

async function takeFromRevision(deps: ActDeps, apiId: string, revision: string): Promise<ReadDraft | Refusal> {
  const digest = revision.includes("\0") ? null : await findRevisionDocument(deps.store.db, apiId, revision);
  const description = digest === null ? null : await readDocument(deps.store.db, digest);
  if (description !== null) return { kind: "read", description, raw: null };
  return refuse("conflict", `No description was had from a revision “${revision}”: upload one instead.`);
}
