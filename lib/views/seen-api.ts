import { visibilityFilter } from "../access/index.ts";
import type { Viewer } from "../model/index.ts";
import { readApis } from "../store/index.ts";
import type { ApiRow } from "../store/index.ts";
import type { ViewDeps } from "./deps.ts";
import { followerOf } from "./follower-of.ts";
import { isStorable } from "./storable.ts";

/** The API of this id, or null where it is absent or hidden: every view of one API begins here. */
export async function seenApi(deps: ViewDeps, viewer: Viewer, id: string): Promise<ApiRow | null> {
  if (!isStorable(id)) return null;
  const [row] = await readApis(deps.store.db, visibilityFilter(viewer), [id], followerOf(viewer));
  return row ?? null;
}
