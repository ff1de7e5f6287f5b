import { sha256Hex } from "../base/index.ts";
import { mayRetire } from "../catalog/index.ts";
import { formatObjectKey } from "../model/index.ts";
import type { DiscoveredApi, Discovery } from "../model/index.ts";
import { forgetAcquisitions, retireApis, saveObservedApis } from "../store/index.ts";
import { controllerMetrics } from "./metrics.ts";
import type { Term } from "./term.ts";

const batchSize = 100;
const digests = new WeakMap<DiscoveredApi, { readonly stored: string; readonly asked: string }>();

/** Digests of what the store keeps of an API, and of what decides whom to ask; the same object is digested once. */
function digestsOf(api: DiscoveredApi): { readonly stored: string; readonly asked: string } {
  const known = digests.get(api);
  if (known !== undefined) return known;
  const { probes, lines, ...stored } = api;
  const made = {
    stored: sha256Hex(JSON.stringify({ ...stored, lines: lines.map(({ name }) => name) })),
    asked: sha256Hex(JSON.stringify({ probes, lines })),
  };
  digests.set(api, made);
  return made;
}

type Observed = { readonly api: DiscoveredApi; readonly digest: string };

/** Writes a batch, and where that fails, each by itself: one API that cannot be written does not keep the others. */
async function writeBatch(term: Term, batch: readonly Observed[]): Promise<readonly (string | null)[]> {
  const write = (part: readonly Observed[]): Promise<readonly string[]> =>
    term.store.transaction((tx) => saveObservedApis(tx, part, term.clock()));
  try {
    return await write(batch);
  } catch (cause) {
    if (batch.length === 1 || !term.isLeading()) throw cause;
    const ids: (string | null)[] = [];
    let failed: unknown = cause;
    for (const one of batch) {
      try {
        const [id] = await write([one]);
        ids.push(id ?? null);
      } catch (err) {
        failed = err;
        ids.push(null);
        controllerMetrics.failures.inc({ work: "write" });
        term.logger.error({ err, api: formatObjectKey(one.api.key) }, "an API cannot be written");
      }
    }
    // All of them failing is the database, not an API.
    if (ids.every((id) => id === null)) throw failed;
    return ids;
  }
}

/** Takes one API into memory; true where its revisions have to be looked at. */
function remember(term: Term, id: string, { api, digest }: Observed): boolean {
  const { memory } = term;
  const before = memory.live.get(id);
  if (before?.api === api) return false;
  memory.live.set(id, { id, api });
  memory.known.set(formatObjectKey(api.key), { id, key: api.key, observedDigest: digest, isRetired: false });
  return before === undefined || digestsOf(before.api).asked !== digestsOf(api).asked;
}

async function forgetGoneRevisions(term: Term, id: string): Promise<void> {
  const records = term.memory.acquisitions.get(id);
  const live = term.memory.live.get(id);
  if (records === undefined || live === undefined || live.api.probes.length === 0) return;
  const revisions = live.api.probes.map(({ revision }) => revision);
  const gone = [...records.keys()].filter((revision) => !revisions.includes(revision));
  if (gone.length === 0) return;
  await term.store.transaction((tx) => forgetAcquisitions(tx, id, revisions));
  for (const revision of gone) records.delete(revision);
}

async function retireGone(term: Term, discovery: Discovery): Promise<void> {
  const { memory, edges } = term;
  const present = new Set(discovery.apis.map(({ key }) => formatObjectKey(key)));
  const gone = [...memory.known].filter(
    ([place, known]) =>
      !known.isRetired &&
      !present.has(place) &&
      // Its own object missing from a complete list is proof by itself, whatever else is unknown.
      (edges.isGone(known.key) || mayRetire(discovery, known.key)),
  );
  if (gone.length === 0 || !term.isLeading()) return;
  await term.store.transaction((tx) =>
    retireApis(
      tx,
      gone.map(([, { id }]) => id),
      term.clock(),
    ),
  );
  for (const [place, known] of gone) {
    memory.known.set(place, { ...known, isRetired: true, observedDigest: "" });
    memory.live.delete(known.id);
    for (const key of memory.settled.keys()) if (key.startsWith(`${known.id} `)) memory.settled.delete(key);
  }
}

/**
 * One look at the lists: writes what changed, retires what is known to be gone, and calls `onLook` with the id of each API
 * whose revisions may have to be asked or settled. Throws where the database cannot be used; what was written stays written,
 * and the next look goes on from there.
 */
export async function reconcile(term: Term, onLook: (apiId: string) => void): Promise<Discovery> {
  const stopTimer = controllerMetrics.reconcileSeconds.startTimer();
  const discovery = term.edges.discover();
  const changed: Observed[] = [];
  for (const api of discovery.apis) {
    const known = term.memory.known.get(formatObjectKey(api.key));
    const digest = digestsOf(api).stored;
    if (known === undefined || known.isRetired || known.observedDigest !== digest) changed.push({ api, digest });
    else if (remember(term, known.id, { api, digest })) onLook(known.id);
  }
  for (let from = 0; from < changed.length && term.isLeading(); from += batchSize) {
    const batch = changed.slice(from, from + batchSize);
    const ids = await writeBatch(term, batch);
    for (const [index, one] of batch.entries()) {
      const id = ids[index];
      if (id === undefined || id === null || id === "") continue;
      remember(term, id, one);
      onLook(id);
    }
  }
  await retireGone(term, discovery);
  for (const id of term.memory.live.keys()) await forgetGoneRevisions(term, id);
  controllerMetrics.apis.set(discovery.apis.length);
  stopTimer();
  return discovery;
}
