import { visibilityFilter } from "../access/index.ts";
import type { Catalogue, CatalogueQuery } from "../contract/index.ts";
import { byFacet, facetNames } from "../model/index.ts";
import type { Viewer } from "../model/index.ts";
import { readApis, searchCatalogue } from "../store/index.ts";
import type { CatalogueHits } from "../store/index.ts";
import type { ViewDeps } from "./deps.ts";
import { followerOf } from "./follower-of.ts";
import { showApi } from "./show-api.ts";
import { isStorable } from "./storable.ts";

const limitDefault = 50;
const wordsMax = 10;

/** One page of the catalogue under a query, with the counts of each facet. */
export async function getCatalogue(deps: ViewDeps, viewer: Viewer, query: CatalogueQuery): Promise<Catalogue> {
  const filter = visibilityFilter(viewer);
  const texts = [query.q, query.cursor, ...facetNames.map((name) => query[name])].map((text) => text ?? "");
  if (!texts.every(isStorable)) return { items: [], nextCursor: null, total: 0, facets: showFacets([]) };
  const hits = await searchCatalogue(deps.store.db, {
    filter,
    words: (query.q ?? "")
      .split(/\s+/)
      .filter((word) => word !== "")
      .slice(0, wordsMax),
    chosen: byFacet((name) => query[name] ?? null),
    lifecycle: query.lifecycle ?? null,
    followedBy: null,
    cursor: query.cursor,
    limit: query.limit ?? limitDefault,
  });
  const rows = await readApis(deps.store.db, filter, hits.ids, followerOf(viewer));
  return {
    items: rows.map(showApi),
    nextCursor: hits.nextCursor,
    total: hits.total,
    facets: showFacets(hits.facets),
  };
}

function showFacets(counts: CatalogueHits["facets"]): Catalogue["facets"] {
  return byFacet((name) => counts.filter(({ facet }) => facet === name).map(({ value, count }) => ({ value, count })));
}
