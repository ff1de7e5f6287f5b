import type { Viewer } from "../model/index.ts";
import { canOwn } from "./can-own.ts";
import { allowed, refused } from "./decision.ts";
import type { AccessTarget, Decision } from "./decision.ts";

/** Whether the viewer may publish versions of an API that they see. */
export function canPublish(viewer: Viewer, target: AccessTarget & { readonly retired: boolean }): Decision {
  if (viewer.kind === "anonymous") return refused("Sign in as a member of the team that owns this API to publish.");
  if (!canOwn(viewer, target)) {
    return refused(
      target.owner === null
        ? "Nobody owns this API yet, so only admins publish: annotate its object with gatebook.dev/owner."
        : `Only the team ${target.owner} and admins publish versions of this API.`,
    );
  }
  if (target.retired) return refused("This API is gone from the cluster: there is nobody to publish a version to.");
  return allowed;
}
