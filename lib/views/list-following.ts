import { visibilityFilter } from "../access/index.ts";
import type { ApiSummary } from "../contract/index.ts";
import { byFacet } from "../model/index.ts";
import type { Viewer } from "../model/index.ts";
import { readApis, searchCatalogue } from "../store/index.ts";
import type { ViewDeps } from "./deps.ts";
import { showApi } from "./show-api.ts";

const followedMax = 500;

/** What a person follows and still sees, by title; nothing for anybody else. */
export async function listFollowing(deps: ViewDeps, viewer: Viewer): Promise<readonly ApiSummary[]> {
  if (viewer.kind !== "person") return [];
  const filter = visibilityFilter(viewer);
  const { ids } = await searchCatalogue(deps.store.db, {
    filter,
    words: [],
    chosen: byFacet(() => null),
    lifecycle: null,
    followedBy: viewer.userId,
    limit: followedMax,
  });
  return (await readApis(deps.store.db, filter, ids, viewer.userId)).map(showApi);
}
