import { canFollow } from "../access/index.ts";
import type { FollowLevel, Viewer } from "../model/index.ts";
import { appendAudit, countFollowers, upsertFollow } from "../store/index.ts";
import type { ActDeps } from "./act-deps.ts";
import { auditOf } from "./audit-of.ts";
import { notThere, refuse } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";
import { seenApi } from "./seen-api.ts";

export type Followed = { readonly kind: "done"; readonly level: FollowLevel; readonly followerCount: number };

/** Follows an API, or changes how much of it is told. */
export async function followApi(
  deps: ActDeps,
  viewer: Viewer,
  input: { readonly id: string; readonly level?: FollowLevel | undefined },
): Promise<Followed | Refusal> {
  const level = input.level ?? "breaking-and-risky";
  return deps.store.transaction(async (tx) => {
    if ((await seenApi(tx, viewer, input.id)) === null) return notThere;
    const decision = canFollow(viewer);
    if (viewer.kind !== "person") {
      return refuse(viewer.kind === "anonymous" ? "unauthenticated" : "forbidden", decision.reason);
    }
    await upsertFollow(tx, { userId: viewer.userId, apiId: input.id, level });
    await appendAudit(tx, auditOf(viewer, { act: "api.follow", target: `api:${input.id}`, detail: { level } }));
    return { kind: "done", level, followerCount: await countFollowers(tx, input.id) };
  });
}
