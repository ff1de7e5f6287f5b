import type { Viewer } from "../model/index.ts";
import { allowed, refused } from "./decision.ts";
import type { Decision } from "./decision.ts";

/** What the console needs to know of an API that the viewer sees. */
export type TryTarget = {
  readonly retired: boolean;
  /** True where an endpoint with reach "public" has an observed address. */
  readonly callable: boolean;
};

/** Whether the console is open to the viewer; it says why not, since a hidden button explains nothing. */
export function canTry(viewer: Viewer, target: TryTarget): Decision {
  if (target.retired) return refused("This API is gone from the cluster, so there is nothing to call.");
  if (!target.callable) {
    return refused(
      "No public address of this API was observed, and the console never calls past a gateway: expose it by a route first.",
    );
  }
  if (viewer.kind === "anonymous") return refused("Sign in to send calls: each one is recorded with who sent it.");
  return allowed;
}
