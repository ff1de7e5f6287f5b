import type { PathException, PathMapping } from "../../model/index.ts";
import type { FoundEndpoint } from "../assemble-api.ts";
import { compareAge } from "../names.ts";
import { trimmed } from "./exposure.ts";
import type { Exposure } from "./exposure.ts";

/** More of them say nothing more to a reader; beyond that a wide route is shown a little too wide. */
const exceptionsMax = 256;
/** So that a host with hundreds of thousands of matches costs no more than a large one. */
const stepsMax = 4_000;

/** One match at one place. */
type Entry = {
  readonly exposure: Exposure;
  readonly endpoint: FoundEndpoint;
  readonly mapping: PathMapping;
  /** What answers there. */
  readonly target: string;
};

function placeOf({ url, address }: FoundEndpoint): string {
  return `${/^[a-z]+:\/\/[^/]+/.exec(url)?.[0] ?? url} ${address?.host ?? ""}`;
}

/** True where the match takes calls by their path and method alone: what asks for more leaves the others be. */
function isOpen({ mapping, endpoint }: Entry): boolean {
  return mapping.headers.length === 0 && endpoint.problem === null;
}

function isUnder(path: string, wide: PathMapping): boolean {
  if (wide.match === "exact") return path === wide.publicPath;
  if (wide.match === "text-prefix") return path.startsWith(wide.publicPath);
  const from = trimmed(wide.publicPath);
  return path === wide.publicPath || path === from || path.startsWith(`${from}/`);
}

/** What the workload sees of a path by the wide mapping. */
function seenBy(path: string, { publicPath, backendPath }: PathMapping): string {
  return `${trimmed(backendPath)}${path.slice(trimmed(publicPath).length)}`;
}

function isNarrower(narrow: PathMapping, wide: PathMapping): boolean {
  const [left, right] = [trimmed(narrow.publicPath), trimmed(wide.publicPath)];
  if (left.length !== right.length) return left.length > right.length;
  if (narrow.match === "exact" && wide.match !== "exact") return true;
  return narrow.match === wide.match && narrow.methods !== null && wide.methods === null;
}

/** Whether the gateway's own numbers put the one before the other; null where they do not tell them apart. */
function goesFirst({ exposure: { priority: left } }: Entry, { exposure: { priority: right } }: Entry): boolean | null {
  if (typeof left !== "number" || typeof right !== "number" || left === right) return null;
  return left > right;
}

/** True where every path of the one is a path of the other, by whatever method. */
function takesAllPaths({ mapping: wide }: Entry, { mapping: own }: Entry): boolean {
  if (!isUnder(own.publicPath, wide)) return false;
  if (wide.match === "exact") return own.match === "exact";
  // Whole segments are not all that begins with the text of the last one.
  const isSamePath = trimmed(own.publicPath) === trimmed(wide.publicPath);
  return wide.match !== "prefix" || own.match !== "text-prefix" || !isSamePath || trimmed(wide.publicPath) === "";
}

function takesAllMethods({ mapping: { methods: wide } }: Entry, { mapping: { methods: own } }: Entry): boolean {
  return wide === null || (own !== null && own.every((method) => wide.includes(method)));
}

/** The open entries that have a number: by their paths, and how long those are. */
type Numbered = { readonly byPath: ReadonlyMap<string, readonly Entry[]>; readonly lengths: readonly number[] };

/** What has all paths of an entry and goes first by the gateway's numbers. */
function overtakersOf(entry: Entry, { byPath, lengths }: Numbered): readonly Entry[] {
  if (typeof entry.exposure.priority !== "number") return [];
  const { publicPath } = entry.mapping;
  return lengths
    .filter((length) => length <= publicPath.length)
    .flatMap((length) => byPath.get(publicPath.slice(0, length)) ?? [])
    .filter((other) => goesFirst(other, entry) === true && takesAllPaths(other, entry) && leadsElsewhere(entry, other))
    .slice(0, exceptionsMax);
}

function numberedOf(entries: readonly Entry[]): Numbered {
  const byPath = new Map<string, Entry[]>();
  for (const entry of entries) {
    if (typeof entry.exposure.priority !== "number" || !isOpen(entry)) continue;
    const known = byPath.get(entry.mapping.publicPath);
    if (known === undefined) byPath.set(entry.mapping.publicPath, [entry]);
    else known.push(entry);
  }
  // The first of them are enough, so that a path that thousands share costs no more than one of hundreds.
  for (const [path, known] of byPath)
    byPath.set(
      path,
      known
        .sort(({ exposure: left }, { exposure: right }) => (right.priority ?? 0) - (left.priority ?? 0))
        .slice(0, exceptionsMax),
    );
  return { byPath, lengths: [...new Set([...byPath.keys()].map((path) => path.length))] };
}

function leadsElsewhere(narrow: Entry, wide: Entry): boolean {
  return (
    narrow.target !== wide.target ||
    trimmed(narrow.mapping.backendPath) !== trimmed(seenBy(narrow.mapping.publicPath, wide.mapping))
  );
}

/** Entries sorted by path, each kind of answer once: those under a path stand behind one another. */
function sortEntries(entries: readonly Entry[]): readonly Entry[] {
  const unique = new Map<string, Entry>();
  for (const entry of entries) {
    const { mapping, target } = entry;
    const key = JSON.stringify([
      mapping.publicPath,
      mapping.match,
      mapping.methods,
      mapping.headers,
      target,
      entry.exposure.priority,
    ]);
    if (!unique.has(key)) unique.set(key, entry);
  }
  return [...unique.values()].sort((left, right) =>
    left.mapping.publicPath < right.mapping.publicPath
      ? -1
      : left.mapping.publicPath > right.mapping.publicPath
        ? 1
        : 0,
  );
}

/**
 * How an entry takes from others. A prefix of an Ingress is text to Traefik, unless a setting (strictPrefixMatching) that nobody
 * can see from the cluster makes it go by segments: what may go there is not shown as somebody else's.
 */
function takenMatch({ exposure: { route, priority }, mapping: { match } }: Entry): PathMapping["match"] {
  return route.kind === "Ingress" && typeof priority === "number" && match === "prefix" ? "text-prefix" : match;
}

function exceptionsOf(wide: Entry, sorted: readonly Entry[]): readonly PathException[] {
  const from = wide.mapping.match !== "prefix" ? wide.mapping.publicPath : trimmed(wide.mapping.publicPath);
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.mapping.publicPath ?? "") < from) low = middle + 1;
    else high = middle;
  }
  const found: PathException[] = [];
  for (let at = low; at < sorted.length && at < low + stepsMax && found.length < exceptionsMax; at += 1) {
    const narrow = sorted[at];
    if (narrow === undefined || !narrow.mapping.publicPath.startsWith(from)) break;
    if (!isOpen(narrow) || !isUnder(narrow.mapping.publicPath, wide.mapping)) continue;
    if ((goesFirst(narrow, wide) ?? isNarrower(narrow.mapping, wide.mapping)) && leadsElsewhere(narrow, wide))
      found.push({ match: takenMatch(narrow), path: narrow.mapping.publicPath, methods: narrow.mapping.methods });
  }
  return found;
}

/**
 * The older of two routes, and of two rules the earlier, has what both ask for (Gateway API, "conflict resolution"); ingress-nginx
 * does the same.
 */
function compareClaims({ exposure: left }: Entry, { exposure: right }: Entry): number {
  return left.route === right.route ? left.rule - right.rule : compareAge(left.route, right.route);
}

function winnerOver(entry: Entry, oldest: ReadonlyMap<string, Entry>): Entry | null {
  const other = oldest.get(sameKey(entry.mapping));
  if (other === undefined || other.exposure === entry.exposure) return null;
  return other.target === entry.target || !isOpen(entry) || goesFirst(entry, other) === true ? null : other;
}

function sayWinner(entry: Entry, winner: Entry): string {
  const { route } = winner.exposure;
  if (goesFirst(winner, entry) === true)
    return route === entry.exposure.route
      ? "Calls there go to another rule of the same route, which goes first by its priority."
      : `Calls there go to ${route.kind} ${route.namespace}/${route.name}, which goes first by its priority.`;
  return route === entry.exposure.route
    ? "Calls there go to an earlier rule of the same route, which matches the same."
    : `Calls there go to ${route.kind} ${route.namespace}/${route.name}, which matches the same and is older.`;
}

function sameKey({ publicPath, match, methods }: PathMapping): string {
  return JSON.stringify([trimmed(publicPath), match, methods]);
}

function oldestByMatch(entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  const oldest = new Map<string, Entry>();
  for (const entry of entries) {
    if (!isOpen(entry)) continue;
    const key = sameKey(entry.mapping);
    const known = oldest.get(key);
    if (known === undefined || compareClaims(entry, known) < 0) oldest.set(key, entry);
  }
  return oldest;
}

const byAge = new Set(["HTTPRoute", "GRPCRoute", "Ingress"]);

type Placed = { readonly place: string; readonly entry: Entry };

/** The matches of each exposure; of the same one they are the same. */
const placed = new WeakMap<Exposure, readonly Placed[]>();

function entriesOf(exposure: Exposure): readonly Placed[] {
  const known = placed.get(exposure);
  if (known !== undefined) return known;
  const leading = exposure.backends.map(({ service, subset }) => `${service} ${subset ?? ""}`).join(",");
  const failing = exposure.failing ?? [];
  const made = [...exposure.endpoints, ...failing].flatMap((endpoint) => {
    const place = placeOf(endpoint);
    // An error is no answer of the Service that it stands for.
    const target = failing.includes(endpoint) ? `failing ${leading}` : leading;
    return endpoint.paths.map((mapping): Placed => ({ place, entry: { exposure, endpoint, mapping, target } }));
  });
  placed.set(exposure, made);
  return made;
}

/**
 * Marks on each endpoint what narrower matches of the same host take away from it (SERVING §3.6: what no route leads to it is
 * not shown), and which endpoints an older route has already; where a gateway goes by numbers, those decide. Exposures without
 * backends, and addresses that fail, only take away, and end here.
 */
export function withShadows(exposures: readonly Exposure[]): readonly Exposure[] {
  const places = new Map<string, Entry | Entry[]>();
  for (const exposure of exposures)
    for (const { place, entry } of entriesOf(exposure)) {
      const others = places.get(place);
      if (others === undefined) places.set(place, entry);
      else if (Array.isArray(others)) others.push(entry);
      else places.set(place, [others, entry]);
    }
  const changed = new Map<FoundEndpoint, FoundEndpoint>();
  for (const entries of places.values()) {
    // Most places have one match, from which nobody takes anything.
    if (!Array.isArray(entries)) continue;
    const sorted = sortEntries(entries);
    const oldest = oldestByMatch(entries);
    const numbered = numberedOf(entries);
    for (const entry of entries) {
      const overtakers = overtakersOf(entry, numbered);
      const winner =
        overtakers.find((other) => takesAllMethods(other, entry)) ??
        (byAge.has(entry.exposure.route.kind) ? winnerOver(entry, oldest) : null);
      const { match, publicPath } = entry.mapping;
      const except = [
        // Those of the very path are found with the narrower ones.
        ...overtakers
          .filter(({ mapping }) => mapping.publicPath !== publicPath)
          .map(({ mapping: { methods } }): PathException => ({ match, path: publicPath, methods })),
        ...exceptionsOf(entry, sorted),
      ];
      if (winner === null && except.length === 0) continue;
      const { endpoint } = entry;
      const before = changed.get(endpoint) ?? endpoint;
      changed.set(endpoint, {
        ...before,
        paths: before.paths.map((mapping, index) =>
          endpoint.paths[index] === entry.mapping ? { ...mapping, except } : mapping,
        ),
        problem: winner === null ? before.problem : sayWinner(entry, winner),
      });
    }
  }
  return exposures
    .filter(({ backends }) => backends.length > 0)
    .map((exposure) =>
      withEndpoints(
        exposure,
        exposure.endpoints.map((endpoint) => {
          const now = changed.get(endpoint);
          return now === undefined ? endpoint : asBefore(endpoint, now);
        }),
      ),
    );
}

/** What was made last of each, as long as what it is made of is the same one. */
const shadowed = new WeakMap<FoundEndpoint, FoundEndpoint>();
const exposed = new WeakMap<Exposure, Exposure>();

/** The endpoint that was made of this one before, where it says the same. */
function asBefore(from: FoundEndpoint, now: FoundEndpoint): FoundEndpoint {
  const last = shadowed.get(from);
  const says = ({ paths, problem }: FoundEndpoint): string => JSON.stringify([problem, paths]);
  if (last !== undefined && says(last) === says(now)) return last;
  shadowed.set(from, now);
  return now;
}

/** The exposure with other endpoints; from the same ones it is the same one as before. */
export function withEndpoints(exposure: Exposure, endpoints: readonly FoundEndpoint[]): Exposure {
  const last = [exposure, exposed.get(exposure)].find(
    (own) => own?.endpoints.length === endpoints.length && endpoints.every((one, at) => one === own.endpoints[at]),
  );
  if (last !== undefined) return last;
  const made = { ...exposure, endpoints };
  exposed.set(exposure, made);
  return made;
}
