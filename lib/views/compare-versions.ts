import type { Comparison } from "../contract/index.ts";
import { compareDescriptions } from "../diff/index.ts";
import type { Change, Viewer } from "../model/index.ts";
import { countChanges, verdictOf } from "../model/index.ts";
import { findVersionRow, readChangesOf, readDocument } from "../store/index.ts";
import type { VersionRow } from "../store/index.ts";
import type { ViewDeps } from "./deps.ts";
import { lineOf } from "./line-of.ts";
import type { LineChoice } from "./line-of.ts";
import { seenApi } from "./seen-api.ts";
import { showChange } from "./show-change.ts";

/** What changed from one version to any other of its line; null where the API or one of the two is not there. */
export async function compareVersions(
  deps: ViewDeps,
  viewer: Viewer,
  id: string,
  range: { readonly from: number; readonly to: number } & LineChoice,
): Promise<Comparison | null> {
  const row = await seenApi(deps, viewer, id);
  if (row === null) return null;
  const line = lineOf(row, range.line);
  const [from, to] = await Promise.all([
    findVersionRow(deps.store.db, id, line, range.from),
    findVersionRow(deps.store.db, id, line, range.to),
  ]);
  if (from === null || to === null) return null;
  const changes = await changesBetween(deps, from, to);
  const counts = countChanges(changes);
  return {
    from: range.from,
    to: range.to,
    verdict: verdictOf(counts),
    counts: { ...counts },
    changes: changes.map(showChange),
  };
}

/** What is stored where it was computed at the time; else compared now. */
async function changesBetween(deps: ViewDeps, from: VersionRow, to: VersionRow): Promise<readonly Change[]> {
  const { db } = deps.store;
  if (from.version.contractDigest === to.version.contractDigest) return [];
  if (to.baseVersionId === from.version.id) {
    return (await readChangesOf(db, [to.version.id])).get(to.version.id) ?? [];
  }
  const [base, revision] = await Promise.all([
    readDocument(db, from.version.documentDigest),
    readDocument(db, to.version.documentDigest),
  ]);
  return base === null || revision === null ? [] : compareDescriptions(base, revision);
}
