import { visibilityFilter } from "../access/index.ts";
import type { Viewer } from "../model/index.ts";
import { pagePathOf } from "../model/index.ts";
import { findApiIds, readApis } from "../store/index.ts";
import type { ViewDeps } from "./deps.ts";
import { isStorable } from "./storable.ts";

/** What a page's path names, with the path that it should have; the older where two are meant. */
export async function findApiByPath(
  deps: ViewDeps,
  viewer: Viewer,
  place: { readonly namespace: string; readonly name: string; readonly kind?: string },
): Promise<{ readonly id: string; readonly pagePath: string } | null> {
  const kind = place.kind ?? null;
  if (![place.namespace, place.name, kind ?? ""].every(isStorable)) return null;
  const filter = visibilityFilter(viewer);
  const [id] = await findApiIds(deps.store.db, filter, { ...place, kind });
  if (id === undefined) return null;
  const [row] = await readApis(deps.store.db, filter, [id], null);
  return row === undefined ? null : { id, pagePath: pagePathOf(row.api.key, row.ambiguous) };
}
