import type { TokenView } from "../contract/index.ts";
import type { StoredToken } from "../store/index.ts";

/** A token without its secret; a person's token carries what the person has now. */
export function showToken(token: StoredToken, holder: Pick<StoredToken, "role" | "groups"> = token): TokenView {
  return {
    id: token.id,
    name: token.name,
    hint: token.hint,
    role: holder.role,
    groups: [...holder.groups],
    createdAt: token.createdAt.toISOString(),
    expiresAt: token.expiresAt.toISOString(),
    revokedAt: token.revokedAt === null ? null : token.revokedAt.toISOString(),
    lastUsedAt: token.lastUsedAt === null ? null : token.lastUsedAt.toISOString(),
  };
}
