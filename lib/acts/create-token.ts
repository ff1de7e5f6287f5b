import { randomBytes } from "node:crypto";
import { sha256Hex } from "../base/index.ts";
import type { Viewer } from "../model/index.ts";
import { appendAudit, countPersonTokens, insertToken } from "../store/index.ts";
import type { StoredToken } from "../store/index.ts";
import type { ActDeps } from "./act-deps.ts";
import { auditOf } from "./audit-of.ts";
import { refuse } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";

const dayMs = 24 * 60 * 60 * 1000;
const tokensMax = 50;
const hintLength = 10;

export type CreatedToken = { readonly kind: "done"; readonly token: StoredToken; readonly secret: string };

/**
 * Makes a personal access token; its secret is in this answer only, the store keeps a hash. The token carries what its person
 * has at the time of each use, so nothing of it is written down here. A token cannot make another: what leaks stays one.
 */
export async function createToken(
  deps: ActDeps,
  viewer: Viewer,
  input: { readonly name: string; readonly expiresInDays: number },
): Promise<CreatedToken | Refusal> {
  if (viewer.kind === "anonymous") return refuse("unauthenticated", "Sign in to make an access token.");
  if (viewer.kind === "machine" || viewer.via === "token") {
    return refuse("forbidden", "A token cannot make another: sign in in the browser.");
  }
  const secret = `gbt_${randomBytes(32).toString("base64url")}`;
  const now = deps.clock();
  return deps.store.transaction(async (tx) => {
    if ((await countPersonTokens(tx, viewer.userId, now)) >= tokensMax) {
      return refuse("conflict", `You have ${String(tokensMax)} tokens that work: revoke one first.`);
    }
    const token = await insertToken(tx, {
      name: input.name.replaceAll("\0", ""),
      hint: secret.slice(0, hintLength),
      tokenHash: sha256Hex(secret),
      userId: viewer.userId,
      role: "consumer",
      groups: [],
      expiresAt: new Date(now.getTime() + input.expiresInDays * dayMs),
    });
    await appendAudit(
      tx,
      auditOf(viewer, {
        act: "token.create",
        target: `token:${token.id}`,
        detail: { name: token.name, expiresAt: token.expiresAt.toISOString() },
      }),
    );
    return { kind: "done", token, secret };
  });
}
