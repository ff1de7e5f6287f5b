import type { Version } from "../contract/index.ts";
import type { Viewer } from "../model/index.ts";
import { findVersionRow } from "../store/index.ts";
import type { VersionSelector } from "../store/index.ts";
import type { ViewDeps } from "./deps.ts";
import { lineOf } from "./line-of.ts";
import type { LineChoice } from "./line-of.ts";
import { seenApi } from "./seen-api.ts";
import { showVersion } from "./show-version.ts";

/** One version of an API, of its own line where none is named. */
export async function getVersion(
  deps: ViewDeps,
  viewer: Viewer,
  id: string,
  selector: VersionSelector,
  { line }: LineChoice = {},
): Promise<Version | null> {
  const row = await seenApi(deps, viewer, id);
  if (row === null) return null;
  const version = await findVersionRow(deps.store.db, id, lineOf(row, line), selector);
  return version === null ? null : showVersion(version);
}
