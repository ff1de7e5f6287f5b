import type { ProbeTarget } from "../model/index.ts";
import { saveAcquisitions } from "../store/index.ts";
import type { AcquisitionResult } from "../store/index.ts";
import { contractOf, isStillWanted, keepAsItWas, remember } from "./ask-revision.ts";
import { isRecordOf } from "./keep-records.ts";
import { createLanes } from "./lanes.ts";
import type { Term } from "./term.ts";

/** Says of revisions that may not be asked why that is, a hundred at a time: a cold start meets thousands at once. */
export type HoldNotes = {
  /** Nothing is written where what the revision serves is known already, or it was said. */
  note(apiId: string, target: ProbeTarget): void;
  /** Resolves when nothing is being written. */
  idle(): Promise<void>;
};

const batchSize = 100;

/** What is to be said of a revision; null where nothing is. */
function resultOf(term: Term, apiId: string, target: ProbeTarget): AcquisitionResult | null {
  const { revision, probeKey, hold } = target;
  const record = term.memory.acquisitions.get(apiId)?.get(revision) ?? null;
  const isSameKey = record?.probeKey === probeKey;
  if (hold === null || (isSameKey && (record.documentDigest !== null || record.outcome === "held"))) return null;
  // At rest it says nothing new: what it was asked for last is kept as it is, so that it needs no question when it wakes.
  if (isRecordOf(target, record ?? undefined) || !isStillWanted(term, apiId, target)) return null;
  const now = term.clock();
  // What an earlier template served stays what is known of the revision, but is not what this one serves.
  const kept = keepAsItWas({ kind: "held", reason: hold }, record, isSameKey, now);
  return { apiId, revision, probeKey, askedAt: now, requests: 0, failures: 0, prefixes: [], ...kept };
}

export function createHoldNotes(term: Term): HoldNotes {
  const waiting = new Map<string, { readonly apiId: string; readonly target: ProbeTarget }>();

  function takeBatch(): readonly AcquisitionResult[] {
    const results: AcquisitionResult[] = [];
    for (const [name, { apiId, target }] of waiting) {
      waiting.delete(name);
      const result = resultOf(term, apiId, target);
      if (result !== null) results.push(result);
      if (results.length === batchSize) break;
    }
    return results;
  }

  const writing = createLanes(1, async (name) => {
    const results = takeBatch();
    try {
      if (results.length > 0 && term.isLeading()) {
        const written = await term.store.transaction((tx) => saveAcquisitions(tx, results));
        for (const result of results) {
          if (!written.has(result.apiId)) continue;
          const record = term.memory.acquisitions.get(result.apiId)?.get(result.revision) ?? null;
          remember(term, result, contractOf(record, result));
        }
      }
    } catch (err) {
      term.logger.debug({ err }, "holds could not be noted; the next look does");
    }
    if (waiting.size > 0) writing.want(name);
  });

  return {
    note(apiId, target) {
      if (resultOf(term, apiId, target) === null) return;
      waiting.set(`${apiId} ${target.revision}`, { apiId, target });
      writing.want("holds");
    },
    idle: () => writing.idle(),
  };
}
