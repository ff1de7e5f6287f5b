import type { Database } from "./database.ts";

/** A description that an owner prepares, and whether it was published. */
export type StoredDraft = {
  readonly id: string;
  readonly apiId: string;
  /** The line whose next version it would be. */
  readonly line: string;
  readonly documentDigest: string;
  readonly releaseNote: string;
  readonly createdAt: Date;
  readonly publishedAt: Date | null;
};

/** Keeps a draft of a document that is stored already. */
export async function insertDraft(
  db: Database,
  draft: Pick<StoredDraft, "apiId" | "documentDigest" | "line" | "releaseNote"> & {
    readonly createdById: string | null;
  },
): Promise<StoredDraft> {
  return db.draft.create({ data: draft });
}

/** One draft of one API, or null. */
export async function findDraft(db: Database, apiId: string, draftId: string): Promise<StoredDraft | null> {
  return db.draft.findFirst({ where: { id: draftId, apiId } });
}

/** Marks a draft as published; false where another was quicker. */
export async function markDraftPublished(db: Database, draftId: string, now: Date): Promise<boolean> {
  const { count } = await db.draft.updateMany({
    where: { id: draftId, publishedAt: null },
    data: { publishedAt: now },
  });
  return count > 0;
}
