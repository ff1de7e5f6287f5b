import type {
  AcquisitionOutcome,
  Description,
  DescriptionOrigin,
  DescriptionProblem,
  JsonObject,
  ObjectKey,
  ProbeTarget,
} from "../model/index.ts";
import { formatObjectKey } from "../model/index.ts";
import { findVersionRow, listContracts, readDocument, saveAcquisitions, saveDocument } from "../store/index.ts";
import type { AcquisitionResult, KeptAcquisition } from "../store/index.ts";
import { judgeFetch, judgeSecondFetch } from "../versions/index.ts";
import { controllerMetrics } from "./metrics.ts";
import type { Term } from "./term.ts";

type Failed = Extract<AcquisitionOutcome, { kind: "failed" }>;
type Read = {
  readonly description: Description;
  readonly raw: Uint8Array;
  readonly etag: string | null;
  readonly place: string;
  readonly origin: DescriptionOrigin;
};
/** What one request, or the few of one way, came to. */
type Had =
  | { readonly kind: "read"; readonly read: Read }
  | { readonly kind: "other"; readonly outcome: Exclude<AcquisitionOutcome, { kind: "fetched" }> };

const problemsShown = 3;

function invalid(place: string, problems: readonly DescriptionProblem[]): Failed {
  const told = problems.slice(0, problemsShown).map(({ message, pointer, line }) => {
    const where = line === undefined ? pointer : `line ${String(line)}`;
    return where === "" ? message : `${message} (${where})`;
  });
  const more = problems.length > problemsShown ? ` And ${String(problems.length - problemsShown)} more.` : "";
  return {
    kind: "failed",
    failure: "invalid",
    place,
    message: `What was fetched is not a description that can be read. ${told.join(" ")}${more}`,
    advice: "Mend the document where it is made; it is read again when the workload changes, and once a day.",
    admission: null,
  };
}

/** What is current in an API's own line. */
async function readCurrent(term: Term, key: ObjectKey): Promise<JsonObject | null> {
  const known = term.memory.known.get(formatObjectKey(key));
  const live = known === undefined ? undefined : term.memory.live.get(known.id);
  const line = live?.api.lines[0]?.name;
  if (live === undefined || line === undefined) return null;
  const current = await findVersionRow(term.store.db, live.id, line, "current");
  if (current === null) return null;
  return (await readDocument(term.store.db, current.version.documentDigest))?.document ?? null;
}

async function fetchOnce(
  term: Term,
  target: ProbeTarget,
  known: { readonly etag: string | null; readonly failures: number; readonly last: KeptAcquisition | null },
): Promise<{ had: Had; requests: number }> {
  const { outcome, requests } = await term.edges.acquire(target, {
    ...known,
    readDescription: (key) => readCurrent(term, key),
  });
  if (outcome.kind !== "fetched") return { had: { kind: "other", outcome }, requests };
  const result = await term.thread.read(outcome.body, outcome.addition);
  if (result.kind === "invalid") {
    return { had: { kind: "other", outcome: invalid(outcome.place, result.problems) }, requests };
  }
  const { place, body, origin } = outcome;
  return {
    had: { kind: "read", read: { description: result.description, raw: body, etag: outcome.etag, place, origin } },
    requests,
  };
}

type Kept = Pick<
  AcquisitionResult,
  "etag" | "origin" | "documentDigest" | "contractDigests" | "unstable" | "fetchedAt" | "outcome"
>;

/** What is remembered after a description was had, and whether the document itself is to be kept. */
async function takeDescription(
  term: Term,
  apiId: string,
  target: ProbeTarget,
  seen: KeptAcquisition | null,
  first: Read,
): Promise<{ readonly kept: Kept; readonly read: Read | null; readonly requests: number }> {
  const { description } = first;
  const knownContracts = await listContracts(term.store.db, apiId, target.line);
  const judgement = judgeFetch(description, seen, {
    knownContracts,
    isFixed: target.declared?.kind === "config-map",
  });
  const contracts = new Set(seen?.contractDigests ?? []).add(description.contractDigest);
  let requests = 0;
  let verdict: "accept" | "text" | "refuse" = judgement === "refuse" ? "refuse" : "accept";
  if (judgement === "confirm") {
    const second = await fetchOnce(term, target, { etag: null, failures: 0, last: seen });
    requests = second.requests;
    const again = second.had.kind === "read" ? second.had.read.description : null;
    if (again !== null) contracts.add(again.contractDigest);
    verdict = judgeSecondFetch(description, again);
    // Other words of the contract that is kept already are no news, and must not replace the ones that are.
    if (verdict === "text" && seen?.contractDigest === description.contractDigest) verdict = "refuse";
  }
  const common = { contractDigests: [...contracts], fetchedAt: term.clock() };
  const outcome = { kind: "fetched", place: first.place } as const;
  if (verdict === "refuse") {
    const documentDigest = seen?.documentDigest ?? lastDocument(term, apiId, target.revision);
    const origin = documentDigest === null ? null : (seen?.origin ?? first.origin);
    return { kept: { ...common, outcome, etag: null, origin, documentDigest, unstable: true }, read: null, requests };
  }
  const unstable =
    verdict === "text" || (seen?.unstable === true && seen.documentDigest !== description.documentDigest);
  const { etag, origin } = first;
  const kept = { ...common, outcome, etag, origin, documentDigest: description.documentDigest, unstable };
  return { kept, read: first, requests };
}

function lastDocument(term: Term, apiId: string, revision: string): string | null {
  return term.memory.acquisitions.get(apiId)?.get(revision)?.documentDigest ?? null;
}

/** What stays as it was where nothing new was had. */
export function keepAsItWas(
  outcome: Exclude<AcquisitionOutcome, { kind: "fetched" }>,
  record: KeptAcquisition | null,
  isSameKey: boolean,
  now: Date,
): Kept {
  const isConfirmed = outcome.kind === "unchanged";
  return {
    outcome,
    etag: isSameKey ? (record?.etag ?? null) : null,
    origin: record?.origin ?? null,
    documentDigest: record?.documentDigest ?? null,
    contractDigests: isSameKey ? (record?.contractDigests ?? []) : [],
    unstable: isSameKey && (record?.unstable ?? false),
    fetchedAt: isConfirmed ? now : (record?.fetchedAt ?? null),
  };
}

/** Whether this is still what is to be asked: the object may have gone or changed while its model took its time. */
export function isStillWanted(term: Term, apiId: string, target: ProbeTarget): boolean {
  const live = term.memory.live.get(apiId);
  return (
    term.isLeading() &&
    live?.api.probes.some(({ revision, probeKey }) => revision === target.revision && probeKey === target.probeKey) ===
      true
  );
}

/**
 * Asks one revision for its description and remembers what came of it, a failure too. Nothing is written where the API went,
 * or the revision changed, in the meantime. Resolves with whether something was written; throws what the store throws.
 */
export async function askRevision(term: Term, apiId: string, target: ProbeTarget): Promise<boolean> {
  const record = term.memory.acquisitions.get(apiId)?.get(target.revision) ?? null;
  const isSameKey = record?.probeKey === target.probeKey;
  const askedAt = term.clock();
  const { had, requests } = await fetchOnce(term, target, {
    etag: isSameKey ? record.etag : null,
    failures: isSameKey ? record.failures : 0,
    last: record,
  });
  controllerMetrics.asked.inc({ outcome: had.kind === "read" ? "fetched" : had.outcome.kind });

  const taken =
    had.kind === "read" ? await takeDescription(term, apiId, target, isSameKey ? record : null, had.read) : null;
  const kept = had.kind === "read" ? taken?.kept : keepAsItWas(had.outcome, record, isSameKey, askedAt);
  const requestsInAll = requests + (taken?.requests ?? 0);
  controllerMetrics.requests.inc(requestsInAll);
  if (kept === undefined || !isStillWanted(term, apiId, target)) return false;

  // Failures in a row add up: `lib/acquire` grows its patience by them.
  const isAgain = isSameKey && record.outcome === "failed" && kept.outcome.kind === "failed";
  const result: AcquisitionResult = {
    apiId,
    revision: target.revision,
    probeKey: target.probeKey,
    askedAt,
    requests: requestsInAll + (isAgain ? record.requests : 0),
    failures: kept.outcome.kind === "failed" ? 1 + (isAgain ? record.failures : 0) : 0,
    prefixes: target.prefixes,
    ...kept,
  };
  const read = taken?.read ?? null;
  const written = await term.store.transaction(async (tx) => {
    if (!(await saveAcquisitions(tx, [result])).has(apiId)) return false;
    if (read !== null) await saveDocument(tx, read.description, read.raw);
    return true;
  });
  if (written) remember(term, result, read?.description.contractDigest ?? contractOf(record, result));
  return written;
}

/** The contract of what is kept, where that is what was kept before. */
export function contractOf(record: KeptAcquisition | null, result: AcquisitionResult): string | null {
  return record !== null && record.documentDigest === result.documentDigest ? record.contractDigest : null;
}

/** Takes what was written of a revision into memory. */
export function remember(term: Term, result: AcquisitionResult, contractDigest: string | null): void {
  const { outcome, ...kept } = result;
  const records = term.memory.acquisitions.get(result.apiId) ?? new Map<string, KeptAcquisition>();
  records.set(result.revision, {
    ...kept,
    contractDigest,
    outcome: outcome.kind === "unchanged" ? "fetched" : outcome.kind,
    failure: outcome.kind === "failed" ? outcome.failure : null,
    place: "place" in outcome ? outcome.place : null,
    message: "message" in outcome ? outcome.message : null,
    advice: "advice" in outcome ? outcome.advice : null,
    admission: "admission" in outcome ? outcome.admission : null,
  });
  term.memory.acquisitions.set(result.apiId, records);
}
