import type { Version } from "../contract/index.ts";
import type { Viewer } from "../model/index.ts";
import { findVersionRow } from "../store/index.ts";
import type { VersionSelector } from "../store/index.ts";
import type { ViewDeps } from "./deps.ts";
import { seenApi } from "./seen-api.ts";
import { showVersion } from "./show-version.ts";

/** One version of an API. */
export async function getVersion(
  deps: ViewDeps,
  viewer: Viewer,
  id: string,
  selector: VersionSelector,
): Promise<Version | null> {
  if ((await seenApi(deps, viewer, id)) === null) return null;
  const row = await findVersionRow(deps.store.db, id, selector);
  return row === null ? null : showVersion(row);
}
