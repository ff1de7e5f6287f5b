import { followApi, unfollowApi } from "@/lib/acts/index.ts";
import { operations } from "@/lib/contract/index.ts";
import { bindRoute, refusalResponse } from "@/lib/next/index.ts";

export const PUT = bindRoute(operations.followApi, async ({ deps, viewer, params, body }) => {
  const outcome = await followApi(deps, viewer, { id: params.id, level: body.level });
  if (outcome.kind === "refused") return refusalResponse(outcome);
  return { level: outcome.level, followerCount: outcome.followerCount };
});

export const DELETE = bindRoute(operations.unfollowApi, async ({ deps, viewer, params }) => {
  const outcome = await unfollowApi(deps, viewer, { id: params.id });
  return outcome.kind === "refused" ? refusalResponse(outcome) : "done";
});
