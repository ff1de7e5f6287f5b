import { forgetAcquisitions, moveAcquisition } from "../store/index.ts";
import type { KeptAcquisition } from "../store/index.ts";
import type { ProbeTarget } from "../model/index.ts";
import type { Term } from "./term.ts";

/**
 * True where what is remembered of a revision is what it serves: it was asked as it is now, or it must not be asked and what it
 * served last is all that there is.
 */
export function isRecordOf(target: ProbeTarget, record: KeptAcquisition | undefined): record is KeptAcquisition {
  if (record === undefined) return false;
  if (record.probeKey === target.probeKey) return true;
  const isAtRest = target.hold === "scaled-to-zero" || target.hold === "stopped";
  return isAtRest && record.documentDigest !== null;
}

/**
 * Brings what is remembered of an API's revisions in line with those that there are: what was asked under another name (the new
 * pods of a rolling update become the only ones) is not asked again, and what is gone is forgotten.
 */
export async function keepRecords(term: Term, apiId: string): Promise<void> {
  const records = term.memory.acquisitions.get(apiId);
  const probes = term.memory.live.get(apiId)?.api.probes ?? [];
  if (records === undefined || probes.length === 0) return;
  const wanted = new Set(probes.map(({ revision }) => revision));
  for (const { revision, probeKey } of probes) {
    if (records.get(revision)?.probeKey === probeKey) continue;
    const other = [...records.values()].find((record) => record.probeKey === probeKey && !wanted.has(record.revision));
    if (other === undefined) continue;
    await term.store.transaction((tx) => moveAcquisition(tx, apiId, other.revision, revision));
    records.delete(other.revision);
    records.set(revision, { ...other, revision });
  }
  const gone = [...records.keys()].filter((revision) => !wanted.has(revision));
  if (gone.length === 0) return;
  await term.store.transaction((tx) => forgetAcquisitions(tx, apiId, [...wanted]));
  for (const revision of gone) records.delete(revision);
}
