import type { Release } from "../contract/index.ts";
import type { Viewer } from "../model/index.ts";
import { listVersionRows, readChangesOf } from "../store/index.ts";
import type { PageRequest } from "../store/index.ts";
import type { ViewDeps } from "./deps.ts";
import { seenApi } from "./seen-api.ts";
import { showChange } from "./show-change.ts";
import { showVersion } from "./show-version.ts";

const limitDefault = 20;

/** What each version changed, the newest first. */
export async function getChangelog(
  deps: ViewDeps,
  viewer: Viewer,
  id: string,
  page: PageRequest,
): Promise<{ readonly items: Release[]; readonly nextCursor: string | null } | null> {
  if ((await seenApi(deps, viewer, id)) === null) return null;
  const { db } = deps.store;
  const { items, nextCursor } = await listVersionRows(db, id, { ...page, limit: page.limit ?? limitDefault });
  const changes = await readChangesOf(
    db,
    items.map(({ version }) => version.id),
  );
  return {
    items: items.map((row) => ({
      version: showVersion(row),
      baseNumber: row.baseNumber,
      changes: (changes.get(row.version.id) ?? []).map(showChange),
    })),
    nextCursor,
  };
}
