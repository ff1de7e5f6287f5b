import { formatObjectKey } from "../model/index.ts";
import type { DiscoveredApi } from "../model/index.ts";
import { listAcquisitions, listAnnouncedLines, listClusterStanding, listKnownApis } from "../store/index.ts";
import type { ClusterStanding, Database, KeptAcquisition, KnownApi } from "../store/index.ts";

/** An API that is there, as discovery said it last and the store has it. */
export type LiveApi = { readonly id: string; readonly api: DiscoveredApi };

/**
 * What the leader remembers of the store, so that nothing is written that is there already. Read whole when it begins to
 * lead; while it leads, nobody else writes these columns.
 */
export type Memory = {
  /** By object key. */
  readonly known: Map<string, KnownApi>;
  /** Of the APIs that are there, by id. */
  readonly live: Map<string, LiveApi>;
  /** Ids of those whose revisions are to be looked at, since they came or changed. */
  readonly moved: Set<string>;
  /** By API id, then revision. */
  readonly acquisitions: Map<string, Map<string, KeptAcquisition>>;
  /** What versions rested on when this term began, by `lineKey`; true until the first is settled in it. */
  readonly standing: Map<string, ClusterStanding>;
  /** Lines in which a version may be announced, by `lineKey`: in all others there is nothing to take back. */
  readonly announced: Set<string>;
  /** What was found and is stored whole: found again, it needs no look at each. */
  readonly stored: WeakSet<readonly DiscoveredApi[]>;
  /** What was settled last, by `lineKey`: the same again needs no look at the store. */
  readonly settled: Map<string, string>;
};

/** What tells one line of one API from every other. */
export function lineKey(apiId: string, line: string): string {
  return `${apiId} ${line}`;
}

export async function loadMemory(db: Database, cluster: string): Promise<Memory> {
  const known = new Map((await listKnownApis(db, cluster)).map((api) => [formatObjectKey(api.key), api]));
  const acquisitions = new Map<string, Map<string, KeptAcquisition>>();
  for (const record of await listAcquisitions(db, { cluster })) {
    const records = acquisitions.get(record.apiId) ?? new Map<string, KeptAcquisition>();
    acquisitions.set(record.apiId, records.set(record.revision, record));
  }
  const announced = await listAnnouncedLines(db, cluster);
  const standing = new Map((await listClusterStanding(db, cluster)).map((one) => [lineKey(one.apiId, one.line), one]));
  return {
    standing,
    announced: new Set(announced.map(({ apiId, line }) => lineKey(apiId, line))),
    known,
    live: new Map(),
    moved: new Set(),
    acquisitions,
    stored: new WeakSet(),
    settled: new Map(),
  };
}
