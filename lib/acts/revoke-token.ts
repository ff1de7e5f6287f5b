import type { Viewer } from "../model/index.ts";
import { appendAudit, revokePersonToken } from "../store/index.ts";
import type { ActDeps } from "./act-deps.ts";
import { auditOf } from "./audit-of.ts";
import { notThere, refuse } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";

/** Revokes a token of one's own, at once; somebody else's is not there. A token may revoke itself and its siblings. */
export async function revokeToken(
  deps: ActDeps,
  viewer: Viewer,
  input: { readonly id: string },
): Promise<{ readonly kind: "done" } | Refusal> {
  if (viewer.kind === "anonymous") return refuse("unauthenticated", "Sign in to revoke an access token.");
  if (viewer.kind === "machine" || input.id.includes("\0")) return notThere;
  return deps.store.transaction(async (tx) => {
    const token = await revokePersonToken(tx, { id: input.id, userId: viewer.userId }, deps.clock());
    if (token === null) return notThere;
    await appendAudit(
      tx,
      auditOf(viewer, { act: "token.revoke", target: `token:${token.id}`, detail: { name: token.name } }),
    );
    return { kind: "done" };
  });
}
