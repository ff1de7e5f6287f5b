import type { DraftPreview } from "../contract/index.ts";
import { compareDescriptions } from "../diff/index.ts";
import type { Description } from "../model/index.ts";
import { countChanges, verdictOf } from "../model/index.ts";
import { countFollowers, findVersionRow, listVersionRows, readDocument, readVersionState } from "../store/index.ts";
import type { Database, StoredDraft } from "../store/index.ts";

/** What a draft would do if it were published now. Nothing is held meanwhile: publishing asks again. */
export async function composePreview(
  db: Database,
  draft: StoredDraft,
  description: Description,
): Promise<DraftPreview> {
  const { apiId, line } = draft;
  const [current, latest, state, followerCount] = await Promise.all([
    findVersionRow(db, apiId, line, "current"),
    listVersionRows(db, apiId, line, { limit: 1 }),
    readVersionState(db, apiId, description.contractDigest, { line }),
    countFollowers(db, apiId),
  ]);
  const sameContract = current?.version.contractDigest === description.contractDigest;
  const base = current === null || sameContract ? null : await readDocument(db, current.version.documentDigest);
  const changes = base === null ? [] : compareDescriptions(base, description);
  const counts = countChanges(changes);
  const nextNumber = state?.same?.number ?? (latest.items[0]?.version.number ?? 0) + 1;
  return {
    draft: {
      id: draft.id,
      apiId,
      line,
      label: description.label ?? `v${String(nextNumber)}`,
      releaseNote: draft.releaseNote,
      createdAt: draft.createdAt.toISOString(),
    },
    baseNumber: current?.version.number ?? null,
    nextNumber,
    sameContract,
    verdict: verdictOf(counts),
    counts: { ...counts },
    changes: changes.map((change) => ({ ...change, usedBy: change.usedBy.map((use) => ({ ...use })) })),
    repairs: description.repairs.map((repair) => ({ ...repair })),
    followerCount,
  };
}
