import type { Role } from "../model/index.ts";
import type { Database } from "./database.ts";
import type { Prisma } from "./generated/client.ts";
import { stored } from "./stored-shapes.ts";

/** An access token without its secret. */
export type StoredToken = {
  readonly id: string;
  readonly name: string;
  readonly hint: string;
  /** Null for a machine's own token. */
  readonly userId: string | null;
  /** What a machine's token carries; a person's follows the person. */
  readonly role: Role;
  readonly groups: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
};

const touchAfterMs = 60_000;

/** Keeps a new token by the hash of its secret. */
export async function insertToken(
  db: Database,
  token: Pick<StoredToken, "name" | "hint" | "userId" | "role" | "groups" | "expiresAt"> & {
    readonly tokenHash: string;
  },
): Promise<StoredToken> {
  return readToken(await db.accessToken.create({ data: { ...token, groups: [...token.groups] } }));
}

/** A person's tokens, the newest first, with what was revoked or has expired. */
export async function listPersonTokens(db: Database, userId: string): Promise<readonly StoredToken[]> {
  const rows = await db.accessToken.findMany({ where: { userId }, orderBy: { createdAt: "desc" }, take: 500 });
  return rows.map(readToken);
}

/** How many of a person's tokens are valid at `now`. */
export async function countPersonTokens(db: Database, userId: string, now: Date): Promise<number> {
  return db.accessToken.count({ where: { userId, revokedAt: null, expiresAt: { gt: now } } });
}

/** The token with this hash that is valid at `now`, or null. */
export async function findToken(db: Database, tokenHash: string, now: Date): Promise<StoredToken | null> {
  const row = await db.accessToken.findUnique({ where: { tokenHash } });
  if (row === null || row.revokedAt !== null || row.expiresAt <= now) return null;
  return readToken(row);
}

/** Notes that a token was used, at most once a minute. */
export async function touchToken(db: Database, id: string, now: Date): Promise<void> {
  const before = new Date(now.getTime() - touchAfterMs);
  await db.accessToken.updateMany({
    where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: before } }] },
    data: { lastUsedAt: now },
  });
}

/** Revokes a person's own token; null where the person has no such token that still works. */
export async function revokePersonToken(
  db: Database,
  token: { readonly id: string; readonly userId: string },
  now: Date,
): Promise<StoredToken | null> {
  const { id, userId } = token;
  const { count } = await db.accessToken.updateMany({
    where: { id, userId, revokedAt: null },
    data: { revokedAt: now },
  });
  if (count === 0) return null;
  const row = await db.accessToken.findUnique({ where: { id } });
  return row === null ? null : readToken(row);
}

function readToken(row: Prisma.AccessTokenModel): StoredToken {
  const { id, name, hint, userId, groups, createdAt, expiresAt, revokedAt, lastUsedAt } = row;
  const role = stored.role.parse(row.role);
  return { id, name, hint, userId, role, groups, createdAt, expiresAt, revokedAt, lastUsedAt };
}
