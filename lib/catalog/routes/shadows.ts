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
    const key = JSON.stringify([mapping.publicPath, mapping.match, mapping.methods, mapping.headers, target]);
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
    if (isNarrower(narrow.mapping, wide.mapping) && leadsElsewhere(narrow, wide))
      found.push({ match: narrow.mapping.match, path: narrow.mapping.publicPath, methods: narrow.mapping.methods });
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
  return other.target === entry.target || !isOpen(entry) ? null : other;
}

function sayWinner(entry: Entry, winner: Entry): string {
  const { route } = winner.exposure;
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

/**
 * Marks on each endpoint what narrower matches of the same host take away from it (SERVING §3.6: what no route leads to it is
 * not shown), and which endpoints an older route has already. Exposures without backends only take away, and end here.
 */
export function withShadows(exposures: readonly Exposure[]): readonly Exposure[] {
  const places = new Map<string, Entry[]>();
  for (const exposure of exposures) {
    const target = exposure.backends.map(({ service, subset }) => `${service} ${subset ?? ""}`).join(",");
    for (const endpoint of exposure.endpoints)
      for (const mapping of endpoint.paths) {
        const place = placeOf(endpoint);
        const entries = places.get(place) ?? [];
        entries.push({ exposure, endpoint, mapping, target });
        places.set(place, entries);
      }
  }
  const changed = new Map<FoundEndpoint, FoundEndpoint>();
  for (const entries of places.values()) {
    if (entries.length < 2) continue;
    const sorted = sortEntries(entries);
    const oldest = oldestByMatch(entries);
    for (const entry of entries) {
      const winner = byAge.has(entry.exposure.route.kind) ? winnerOver(entry, oldest) : null;
      const except = exceptionsOf(entry, sorted);
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
      exposure.endpoints.some((endpoint) => changed.has(endpoint))
        ? { ...exposure, endpoints: exposure.endpoints.map((endpoint) => changed.get(endpoint) ?? endpoint) }
        : exposure,
    );
}
