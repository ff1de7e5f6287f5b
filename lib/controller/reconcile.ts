import { sha256Hex } from "../base/index.ts";
import { mayRetire } from "../catalog/index.ts";
import { formatObjectKey } from "../model/index.ts";
import type { DiscoveredApi, Discovery, ObjectKey } from "../model/index.ts";
import { retireApis, saveObservedApis } from "../store/index.ts";
import type { KnownApi, ObservedApi } from "../store/index.ts";
import { findAdoptions } from "./adopt-apis.ts";
import { keepRecords } from "./keep-records.ts";
import { controllerMetrics } from "./metrics.ts";
import type { Term } from "./term.ts";

const batchSize = 100;

/** What is worked out of an API; as long as that is the same one, once. */
type Worked = { readonly place: string; readonly stored: string; readonly asked: string };
const worked = new WeakMap<DiscoveredApi, Worked>();

/** Its key as text, and digests of what the store keeps of it, and of what decides whom to ask. */
function work(api: DiscoveredApi): Worked {
  const known = worked.get(api);
  if (known !== undefined) return known;
  const { probes, lines, ...stored } = api;
  const made = {
    place: formatObjectKey(api.key),
    stored: sha256Hex(JSON.stringify({ ...stored, lines: lines.map(({ name }) => name) })),
    asked: sha256Hex(JSON.stringify({ probes, lines })),
  };
  worked.set(api, made);
  return made;
}

/** Writes a batch, and where that fails, each by itself: one API that cannot be written does not keep the others. */
async function writeBatch(term: Term, batch: readonly ObservedApi[]): Promise<readonly (string | null)[]> {
  const write = (part: readonly ObservedApi[]): Promise<readonly string[]> =>
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

/** Takes one API into memory, and notes where its revisions have to be looked at. */
function remember({ memory }: Term, id: string, { api, digest, adopts }: ObservedApi): void {
  const before = memory.live.get(id);
  if (before?.api === api) return;
  memory.live.set(id, { id, api });
  const place = formatObjectKey(api.key);
  const former = adopts ?? memory.known.get(place);
  const aliases = new Set(former?.aliases);
  if (adopts !== null) {
    const old = formatObjectKey(adopts.key);
    memory.known.delete(old);
    aliases.add(old);
    aliases.delete(place);
  }
  memory.known.set(place, {
    id,
    key: api.key,
    observedDigest: digest,
    isRetired: false,
    members: api.members.map(formatObjectKey),
    aliases: [...aliases],
  });
  if (before === undefined || work(before.api).asked !== work(api).asked) memory.moved.add(id);
}

/** What is known to be gone: its own object missing from a complete list is proof by itself, whatever else is unknown. */
function isGone({ edges }: Term, discovery: Discovery, key: ObjectKey): boolean {
  return edges.isGone(key) || mayRetire(discovery, key);
}

/** `adopted` are those that go on under another name: where that could not be written yet, it will be. */
async function retireGone(term: Term, discovery: Discovery, adopted: ReadonlySet<KnownApi>): Promise<void> {
  const { memory } = term;
  const present = new Set(discovery.apis.map((api) => work(api).place));
  const gone = [...memory.known].filter(
    ([place, known]) =>
      !known.isRetired && !present.has(place) && !adopted.has(known) && isGone(term, discovery, known.key),
  );
  if (gone.length === 0 || !term.isLeading()) return;
  const whole = new Map(
    discovery.apis.flatMap(({ key, members }) => members.map((member) => [formatObjectKey(member), key])),
  );
  await term.store.transaction((tx) =>
    retireApis(
      tx,
      gone.map(([place, { id }]) => {
        const key = whole.get(place);
        const known = key === undefined ? undefined : memory.known.get(formatObjectKey(key));
        return { id, partOf: known === undefined || known.isRetired ? null : { id: known.id, key: known.key } };
      }),
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
  const { memory } = term;
  const discovery = term.edges.discover();
  if (memory.stored.has(discovery.apis) && memory.moved.size === 0) return discovery;
  const changed: ObservedApi[] = [];
  const adoptions = findAdoptions(discovery.apis, memory.known, (key) => isGone(term, discovery, key));
  for (const api of discovery.apis) {
    const { place, stored } = work(api);
    const known = memory.known.get(place);
    const one: ObservedApi = { api, digest: stored, adopts: adoptions.get(api) ?? null };
    if (known === undefined || known.isRetired || known.observedDigest !== one.digest) changed.push(one);
    else remember(term, known.id, one);
  }
  let isWhole = true;
  for (let from = 0; from < changed.length && term.isLeading(); from += batchSize) {
    const batch = changed.slice(from, from + batchSize);
    const ids = await writeBatch(term, batch);
    for (const [index, one] of batch.entries()) {
      const id = ids[index];
      if (id === undefined || id === null || id === "") {
        isWhole = false;
        continue;
      }
      remember(term, id, one);
      memory.moved.add(id);
    }
  }
  await retireGone(term, discovery, new Set(adoptions.values()));
  for (const id of memory.moved) {
    await keepRecords(term, id);
    memory.moved.delete(id);
    onLook(id);
  }
  if (isWhole && term.isLeading()) memory.stored.add(discovery.apis);
  controllerMetrics.apis.set(discovery.apis.length);
  stopTimer();
  return discovery;
}
