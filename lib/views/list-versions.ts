import type { Version } from "../contract/index.ts";
import type { Viewer } from "../model/index.ts";
import { listVersionRows } from "../store/index.ts";
import type { PageRequest } from "../store/index.ts";
import type { ViewDeps } from "./deps.ts";
import { seenApi } from "./seen-api.ts";
import { showVersion } from "./show-version.ts";

/** The versions of an API, the newest first. */
export async function listVersions(
  deps: ViewDeps,
  viewer: Viewer,
  id: string,
  page: PageRequest,
): Promise<{ readonly items: Version[]; readonly nextCursor: string | null } | null> {
  if ((await seenApi(deps, viewer, id)) === null) return null;
  const { items, nextCursor } = await listVersionRows(deps.store.db, id, page);
  return { items: items.map(showVersion), nextCursor };
}
