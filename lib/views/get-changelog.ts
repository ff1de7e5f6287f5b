import type { Release } from "../contract/index.ts";
import type { Viewer } from "../model/index.ts";
import { listVersionRows, readChangesOf } from "../store/index.ts";
import type { PageRequest } from "../store/index.ts";
import type { ViewDeps } from "./deps.ts";
import { lineOf } from "./line-of.ts";
import type { LineChoice } from "./line-of.ts";
import { seenApi } from "./seen-api.ts";
import { showChange } from "./show-change.ts";
import { showVersion } from "./show-version.ts";

const limitDefault = 20;

/** What each version of one line changed, the newest first; of the API's own line where none is named. */
export async function getChangelog(
  deps: ViewDeps,
  viewer: Viewer,
  id: string,
  page: PageRequest & LineChoice,
): Promise<{ readonly items: Release[]; readonly nextCursor: string | null } | null> {
  const row = await seenApi(deps, viewer, id);
  if (row === null) return null;
  const { db } = deps.store;
  const request = { ...page, limit: page.limit ?? limitDefault };
  const { items, nextCursor } = await listVersionRows(db, id, lineOf(row, page.line), request);
  const changes = await readChangesOf(
    db,
    items.map(({ version }) => version.id),
  );
  return {
    items: items.map((item) => ({
      version: showVersion(item),
      baseNumber: item.baseNumber,
      changes: (changes.get(item.version.id) ?? []).map(showChange),
    })),
    nextCursor,
  };
}
