import type { Viewer } from "../model/index.ts";

/** The person who could be following, or null. */
export function followerOf(viewer: Viewer): string | null {
  return viewer.kind === "person" ? viewer.userId : null;
}
