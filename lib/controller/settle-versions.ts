import type { Api, DiscoveredLine, ProbeTarget } from "../model/index.ts";
import { readDocument } from "../store/index.ts";
import type { KeptAcquisition } from "../store/index.ts";
import { commitVersion, planVersion, withdrawUpcoming } from "../versions/index.ts";
import type { VersionInput } from "../versions/index.ts";
import { isRecordOf } from "./keep-records.ts";
import { lineKey } from "./memory.ts";
import type { LiveApi } from "./memory.ts";
import { controllerMetrics } from "./metrics.ts";
import type { Term } from "./term.ts";

/** What one revision is known to serve. */
type Served = {
  readonly target: ProbeTarget;
  readonly record: KeptAcquisition;
  readonly images: readonly string[];
};
type Standing = {
  readonly line: string;
  readonly current: Served | null;
  readonly others: readonly Served[];
  /** True where every other revision was asked, so that an announcement behind which nobody stands is known to be void. */
  readonly isComplete: boolean;
  /** True while the current revision is still to be asked: nothing can be announced beside what is not known. */
  readonly isAwaited: boolean;
};

const attemptsMax = 5;

/** Which revision's description is current in a line, and which are beside it, as far as they were asked under their present key. */
function standingOf(term: Term, live: LiveApi, { name: line, currentRevision }: DiscoveredLine): Standing {
  const probes = live.api.probes.filter((probe) => probe.line === line);
  const records = term.memory.acquisitions.get(live.id);
  const served = probes.map((target) => {
    const record = records?.get(target.revision);
    return { target, record: isRecordOf(target, record) ? record : undefined };
  });
  const known = served.flatMap(({ target, record }) =>
    record === undefined || record.documentDigest === null
      ? []
      : [{ target, record, images: live.api.revisions.find(({ name }) => name === target.revision)?.images ?? [] }],
  );
  // Where no revision is ready nothing takes over, but what a lone one is known to serve is all that there is.
  const current = currentRevision ?? (probes.length === 1 ? (probes[0]?.revision ?? null) : null);
  if (current === null) return { line, current: null, others: [], isComplete: false, isAwaited: false };
  const own = served.find(({ target }) => target.revision === current);
  return {
    line,
    current: known.find(({ target }) => target.revision === current) ?? null,
    others: known.filter(({ target }) => target.revision !== current),
    isComplete: served.every(({ target, record }) => record !== undefined || target.revision === current),
    isAwaited: own?.target.hold === null && own.record === undefined,
  };
}

function signatureOf({ current, others, isComplete }: Standing, live: LiveApi): string {
  const say = ({ target, record, images }: Served): string =>
    [target.revision, record.documentDigest, ...images].join(",");
  return [current === null ? "" : say(current), ...others.map(say).sort(), String(isComplete), live.id].join(" ");
}

async function settleOne(
  term: Term,
  live: LiveApi,
  served: Served,
  lifecycle: VersionInput["lifecycle"],
): Promise<void> {
  const { target, record, images } = served;
  const { line } = target;
  const description = await readDocument(term.store.db, record.documentDigest ?? "");
  if (description === null) return;
  const input: VersionInput = {
    apiId: live.id,
    description,
    raw: null,
    source: "cluster",
    origin: record.origin ?? (target.declared === null ? "fetched" : "declared"),
    lifecycle,
    servedBy: { revision: target.revision, images },
    line,
    now: term.clock(),
  };
  const api: Pick<Api, "id" | "visibility" | "owner"> = {
    id: live.id,
    visibility: live.api.visibility,
    owner: live.api.owner,
  };
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const plan = await planVersion(term.store.db, input, (base, revision) => term.thread.compare(base, revision));
    if (plan === null || !term.isLeading()) return;
    const { outcome, told } = await term.store.transaction(async (tx) => {
      const made = await commitVersion(tx, plan);
      return { outcome: made, told: await term.tellFollowers(tx, { outcome: made, api, now: input.now }) };
    });
    if (outcome.kind === "outdated") continue;
    controllerMetrics.versions.inc({ kind: outcome.kind });
    controllerMetrics.told.inc(told);
    if (outcome.kind !== "unchanged" && outcome.kind !== "gone") {
      const { kind, version } = outcome;
      term.logger.info(
        { apiId: live.id, name: live.api.key.name, line, kind, number: version.number, told },
        "a version moved",
      );
    }
    return;
  }
  throw new Error("The versions of the API moved five times while one was planned.");
}

/** True where the store had all of this when the term began: most APIs of a controller that starts again. */
function stoodAlready(term: Term, live: LiveApi, { line, current, others }: Standing): boolean {
  const standing = term.memory.standing.get(lineKey(live.id, line));
  if (standing === undefined || standing.hasUpcoming || others.length > 0 || current === null) return false;
  const { target, record, images } = current;
  return (
    standing.clusterDocument === record.documentDigest &&
    standing.served.some(
      (served) =>
        served.revision === target.revision &&
        served.contractDigest === record.contractDigest &&
        served.images.join() === images.join(),
    )
  );
}

async function settleLine(term: Term, live: LiveApi, line: DiscoveredLine): Promise<void> {
  const key = lineKey(live.id, line.name);
  const standing = standingOf(term, live, line);
  if (standing.isAwaited) return;
  const signature = signatureOf(standing, live);
  if (term.memory.settled.get(key) === signature) return;
  if (stoodAlready(term, live, standing)) {
    term.memory.settled.set(key, signature);
    return;
  }
  term.memory.standing.delete(key);
  if (standing.current !== null) await settleOne(term, live, standing.current, "current");
  for (const served of standing.others) {
    term.memory.announced.add(key);
    await settleOne(term, live, served, "upcoming");
  }
  if (standing.isComplete && term.memory.announced.has(key) && term.isLeading()) {
    const contracts = new Set(standing.others.flatMap(({ record }) => record.contractDigest ?? []));
    await withdrawUpcoming(term.store, { apiId: live.id, line: line.name }, contracts);
    if (standing.others.length === 0) term.memory.announced.delete(key);
  }
  if (standing.current !== null || standing.isComplete) term.memory.settled.set(key, signature);
}

/**
 * Brings the versions of each line of an API up to what its revisions are known to serve. Depends on nothing but what is
 * stored and discovered, so it may be done again at any time, and goes on where a killed controller stopped.
 */
export async function settleVersions(term: Term, apiId: string): Promise<void> {
  const live = term.memory.live.get(apiId);
  if (live === undefined) return;
  for (const line of live.api.lines) {
    if (!term.isLeading()) return;
    await settleLine(term, live, line);
  }
}
