import type { Viewer } from "../model/index.ts";
import type { AccessTarget } from "./decision.ts";
import { isAdmin } from "./decision.ts";

/** Whether the viewer speaks for the API: a member of its owning group, a machine with the role for it, or an admin. */
export function canOwn(viewer: Viewer, target: AccessTarget): boolean {
  if (isAdmin(viewer)) return true;
  if (viewer.kind === "anonymous" || target.owner === null) return false;
  if (viewer.kind === "machine" && viewer.role !== "owner") return false;
  return viewer.groups.includes(target.owner);
}
