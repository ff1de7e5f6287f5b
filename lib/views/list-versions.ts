import type { Version } from "../contract/index.ts";
import type { Viewer } from "../model/index.ts";
import { listVersionRows } from "../store/index.ts";
import type { PageRequest } from "../store/index.ts";
import type { ViewDeps } from "./deps.ts";
import { lineOf } from "./line-of.ts";
import type { LineChoice } from "./line-of.ts";
import { seenApi } from "./seen-api.ts";
import { showVersion } from "./show-version.ts";

/** The versions of one line of an API, the newest first; of its own line where none is named. */
export async function listVersions(
  deps: ViewDeps,
  viewer: Viewer,
  id: string,
  page: PageRequest & LineChoice,
): Promise<{ readonly items: Version[]; readonly nextCursor: string | null } | null> {
  const row = await seenApi(deps, viewer, id);
  if (row === null) return null;
  const { items, nextCursor } = await listVersionRows(deps.store.db, id, lineOf(row, page.line), page);
  return { items: items.map(showVersion), nextCursor };
}
