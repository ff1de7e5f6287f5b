import type { Viewer } from "../model/index.ts";
import type { AccessTarget } from "./decision.ts";
import { groupsOf, isAdmin } from "./decision.ts";

/** Whether an API exists for this viewer. An API's own team always sees it; admins see everything. */
export function canSee(viewer: Viewer, target: AccessTarget): boolean {
  if (isAdmin(viewer)) return true;
  const groups = groupsOf(viewer);
  if (target.owner !== null && groups.includes(target.owner)) return true;
  const { visibility } = target;
  switch (visibility.kind) {
    case "public":
      return true;
    case "signed-in":
      return viewer.kind !== "anonymous";
    case "groups":
      return visibility.groups.some((group) => groups.includes(group));
  }
}
