import type { Database } from "./database.ts";

/** A session; its token is known here by its hash alone. */
export type StoredSession = {
  readonly tokenHash: string;
  readonly userId: string;
  readonly expiresAt: Date;
  readonly createdAt: Date;
};

/** Begins a session, and clears away whatever is over, anybody's: signing in is rare enough to sweep. */
export async function insertSession(db: Database, session: StoredSession): Promise<void> {
  await db.session.deleteMany({ where: { expiresAt: { lte: session.createdAt } } });
  await db.session.create({ data: session });
}

/** The session that is valid at `now`, or null. */
export async function findSession(db: Database, tokenHash: string, now: Date): Promise<StoredSession | null> {
  const row = await db.session.findUnique({ where: { tokenHash } });
  return row === null || row.expiresAt <= now ? null : row;
}

/** Moves the end of a session; nothing happens where it is gone. */
export async function extendSession(db: Database, tokenHash: string, expiresAt: Date): Promise<void> {
  await db.session.updateMany({ where: { tokenHash }, data: { expiresAt } });
}

/** Ends a session; the person whose it was, or null where there was none. */
export async function deleteSession(db: Database, tokenHash: string): Promise<string | null> {
  const row = await db.session.findUnique({ where: { tokenHash } });
  await db.session.deleteMany({ where: { tokenHash } });
  return row?.userId ?? null;
}
