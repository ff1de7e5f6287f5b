import { canFollow } from "../access/index.ts";
import type { Viewer } from "../model/index.ts";
import { appendAudit, deleteFollow } from "../store/index.ts";
import type { ActDeps } from "./act-deps.ts";
import { auditOf } from "./audit-of.ts";
import { notThere, refuse } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";
import { seenApi } from "./seen-api.ts";

/** Stops following an API; a second time changes nothing. */
export async function unfollowApi(
  deps: ActDeps,
  viewer: Viewer,
  input: { readonly id: string },
): Promise<{ readonly kind: "done" } | Refusal> {
  return deps.store.transaction(async (tx) => {
    if ((await seenApi(tx, viewer, input.id)) === null) return notThere;
    if (viewer.kind !== "person") {
      return refuse(viewer.kind === "anonymous" ? "unauthenticated" : "forbidden", canFollow(viewer).reason);
    }
    if (await deleteFollow(tx, { userId: viewer.userId, apiId: input.id })) {
      await appendAudit(tx, auditOf(viewer, { act: "api.unfollow", target: `api:${input.id}`, detail: {} }));
    }
    return { kind: "done" };
  });
}
