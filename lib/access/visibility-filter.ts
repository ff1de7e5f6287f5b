import type { Viewer, VisibilityFilter } from "../model/index.ts";
import { groupsOf, isAdmin } from "./decision.ts";

/** `canSee` as data, for a query to leave out what does not exist for this viewer. */
export function visibilityFilter(viewer: Viewer): VisibilityFilter {
  if (isAdmin(viewer)) return { kind: "everything" };
  return { kind: "limited", signedIn: viewer.kind !== "anonymous", groups: groupsOf(viewer) };
}
