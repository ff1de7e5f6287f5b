import { sha256Hex } from "../base/index.ts";
import type {
  ApiState,
  DiscoveredApi,
  DiscoveredEndpoint,
  ObjectKey,
  ProbeTarget,
  Protocol,
  ProvenanceStep,
  RequestExample,
  RequiredHeader,
  Revision,
} from "../model/index.ts";
import { formatObjectKey, mainLine } from "../model/index.ts";
import { labelOf } from "./model-facts.ts";

/** An address before it is known which line it belongs to. */
export type FoundEndpoint = Omit<DiscoveredEndpoint, "line"> & {
  /** True where its host is a pattern: no URL, unless an owner says which one callers use. */
  readonly isPattern: boolean;
  /** What stands in front of its gateway, from the inside out, before its URL is what callers use. */
  readonly fronts?: readonly { readonly url: URL; readonly keepsHost: boolean }[];
};
export type FoundRevision = Omit<Revision, "line">;

/** A revision with what decides which one is current. */
export type AgedRevision = {
  readonly revision: FoundRevision;
  readonly since: string;
  /** Its weight in that decision: its share, or that of all templates that one workload rolls out of the other. */
  readonly weight: number;
  /** True where it would answer a call: ready, or scaled to zero and started by the next one. */
  readonly answers: boolean;
};

/** The revision with the largest share among those that answer, the older of equals; else the largest share (DESIGN §4). */
export function currentRevisionOf(revisions: readonly AgedRevision[]): string | null {
  const sorted = [...revisions].sort((left, right) => {
    if (left.answers !== right.answers) return left.answers ? -1 : 1;
    if (left.weight !== right.weight) return right.weight - left.weight;
    if (left.since !== right.since) return left.since < right.since ? -1 : 1;
    return left.revision.name < right.revision.name ? -1 : 1;
  });
  return sorted[0]?.revision.name ?? null;
}

/** What two ways to one address have in common. */
function inBoth(left: readonly RequiredHeader[], right: readonly RequiredHeader[]): readonly RequiredHeader[] {
  return left.filter(({ name, value }) =>
    right.some((other) => other.name.toLowerCase() === name.toLowerCase() && other.value === value),
  );
}

/** More addresses of one API are no use to anybody, and cost the store a row each. */
const endpointsMax = 200;
const mappingsMax = 2_000;
/** Longer ones no browser takes, nor an index of the store. */
const urlBytesMax = 2_000;
const sentenceMax = 4_000;

/** What objects say may hold anything; a URL that is none, or holds what none holds, is not shown. */
function isShowable(url: string): boolean {
  return URL.canParse(url) && Buffer.byteLength(url) <= urlBytesMax && !/[\p{Cc}\p{Cs}]/u.test(url);
}

/** One line without what no text for people has. */
function sayPlainly(text: string | null): string | null {
  return text === null
    ? null
    : text
        .replaceAll(/\p{Cc}+/gu, " ")
        .slice(0, sentenceMax)
        .toWellFormed();
}

/**
 * One endpoint for each URL and object that makes it; their path mappings are put together. Matches are alternatives (SERVING
 * §3.5): a header is required, and a problem stands, only where it holds for all of them.
 */
export function mergeEndpoints(endpoints: readonly FoundEndpoint[]): readonly FoundEndpoint[] {
  const merged = new Map<
    string,
    { endpoint: FoundEndpoint; known: Set<string>; paths: FoundEndpoint["paths"][number][] }
  >();
  for (const endpoint of endpoints) {
    const key = `${endpoint.url} ${endpoint.via.kind} ${endpoint.via.namespace} ${endpoint.via.name}`;
    const earlier = merged.get(key);
    if (earlier === undefined) {
      const known = new Set(endpoint.paths.map((path) => JSON.stringify(path)));
      merged.set(key, { endpoint, known, paths: [...endpoint.paths] });
      continue;
    }
    earlier.endpoint = {
      ...earlier.endpoint,
      requiredHeaders: inBoth(earlier.endpoint.requiredHeaders, endpoint.requiredHeaders),
      problem: endpoint.problem === null ? null : earlier.endpoint.problem,
      address: earlier.endpoint.address ?? endpoint.address,
    };
    for (const path of endpoint.paths) {
      const text = JSON.stringify(path);
      if (earlier.known.has(text) || earlier.paths.length >= mappingsMax) continue;
      earlier.known.add(text);
      earlier.paths.push(path);
    }
  }
  return [...merged.values()]
    .map(({ endpoint, paths }) => ({ ...endpoint, paths }))
    .sort((left, right) =>
      left.reach === right.reach
        ? left.url < right.url
          ? -1
          : left.url > right.url
            ? 1
            : 0
        : left.reach === "public"
          ? -1
          : 1,
    );
}

const stateWeight: Readonly<Record<ApiState, number>> = {
  ready: 0,
  unready: 1,
  "scaled-to-zero": 2,
  stopped: 3,
  broken: 4,
  unknown: 5,
};

export type SaidState = { readonly state: ApiState; readonly reason: string | null };

/** The best of several workloads: one that is ready makes the API ready. */
export function bestState(states: readonly SaidState[]): SaidState {
  return (
    [...states].sort((left, right) => stateWeight[left.state] - stateWeight[right.state])[0] ?? {
      state: "unknown",
      reason: null,
    }
  );
}

const reasonsMax = 4;

/** The reason of the state with what is wrong with routes behind it, as sentences. */
export function joinReasons(reason: string | null, problems: readonly (string | null)[]): string | null {
  const parts = [...new Set([reason, ...problems].filter((part): part is string => part !== null && part !== ""))];
  const more = parts.length - reasonsMax;
  const shown = parts.slice(0, reasonsMax).map((part) => (/[.!?…]$/.test(part) ? part : `${part}.`));
  return parts.length === 0 ? null : [...shown, ...(more > 0 ? [`And ${String(more)} more.`] : [])].join(" ");
}

/** A revision that may be asked, before what is the same for all revisions of its API is added. */
export type FoundProbe = Omit<ProbeTarget, "line" | "protocol" | "examples" | "headers" | "prefixes" | "composed"> & {
  /** Where it is asked with others than its API. */
  readonly headers?: readonly RequiredHeader[];
};

export type ApiParts = {
  readonly revisions: readonly AgedRevision[];
  readonly probes: readonly FoundProbe[];
  readonly provenance: readonly ProvenanceStep[];
  readonly examples?: readonly RequestExample[];
  readonly headers?: readonly RequiredHeader[];
  readonly prefixes?: readonly string[];
  readonly composed?: ProbeTarget["composed"];
};

/** Other examples and other steps are another description, so they are part of what tells whether to ask again. */
function completeProbe(
  probe: FoundProbe,
  protocol: Protocol,
  { examples = [], headers = [], prefixes = [], composed = null }: ApiParts,
): ProbeTarget {
  const more = { examples, composed, protocol };
  const probeKey = sha256Hex(JSON.stringify([probe.probeKey, more])).slice(0, 32);
  return {
    ...probe,
    line: mainLine,
    probeKey,
    protocol,
    examples,
    headers: probe.headers ?? headers,
    prefixes,
    composed,
  };
}

/** What all kinds of APIs are made of, before lists are settled and what follows from them is worked out. */
export type Unsettled = Omit<
  DiscoveredApi,
  "endpoints" | "framework" | "lines" | "members" | "probes" | "provenance" | "revisions" | "task"
> & {
  readonly endpoints: readonly FoundEndpoint[];
  /** Why routes do not lead here, as far as it is known; part of the reason of the state. */
  readonly problems: readonly (string | null)[];
};

const stepsMax = 60;

function uniqueSteps(steps: readonly ProvenanceStep[]): readonly ProvenanceStep[] {
  const unique = new Map(steps.map((step) => [JSON.stringify(step), step]));
  return [...unique.values()].slice(0, stepsMax);
}

/** The addresses that are shown, and why others are not. */
function showEndpoints(endpoints: readonly FoundEndpoint[]): {
  readonly shown: readonly DiscoveredEndpoint[];
  readonly problems: readonly (string | null)[];
} {
  const merged = mergeEndpoints(endpoints);
  const patterns = merged.filter(({ isPattern }) => isPattern);
  const found = merged.filter(({ isPattern }) => !isPattern);
  const fit = found.filter(({ url }) => isShowable(url));
  const unfit = found.length - fit.length;
  return {
    shown: fit.slice(0, endpointsMax).map(({ isPattern: _, ...endpoint }) => ({
      ...endpoint,
      problem: sayPlainly(endpoint.problem),
      line: mainLine,
    })),
    problems: [
      ...patterns.map(({ problem }) => problem),
      unfit === 0 ? null : `${String(unfit)} of its addresses are no URLs, or too long, and are not shown.`,
      fit.length > endpointsMax
        ? `It has ${String(fit.length)} addresses; the first ${String(endpointsMax)} are shown.`
        : null,
    ],
  };
}

/** More revisions of one API than this nobody rolls out; each of them would be asked. */
const revisionsMax = 100;

/** The revisions that are shown, the current one among them, and why others are not. */
function showRevisions(
  revisions: readonly AgedRevision[],
  current: string | null,
): { readonly shown: readonly FoundRevision[]; readonly problem: string | null } {
  const sorted = revisions
    .map(({ revision }) => revision)
    .sort((left, right) => right.trafficPercent - left.trafficPercent || (left.name < right.name ? -1 : 1));
  if (sorted.length <= revisionsMax) return { shown: sorted, problem: null };
  const others = sorted.filter(({ name }) => name !== current).slice(0, revisionsMax - 1);
  return {
    shown: sorted.filter((own) => own.name === current || others.includes(own)),
    problem: `It has ${String(sorted.length)} revisions; ${String(revisionsMax)} with the most calls are shown.`,
  };
}

/**
 * The same API with its lists in a fixed order, whatever order the objects came in; all of it is one line. `members` are the
 * objects that it is: under another name it is known again by them.
 */
export function settle(api: Unsettled, members: readonly ObjectKey[], parts: ApiParts): DiscoveredApi {
  const { endpoints, problems, ...rest } = api;
  const addresses = showEndpoints(endpoints);
  const current = currentRevisionOf(parts.revisions);
  const revisions = showRevisions(parts.revisions, current);
  const names = new Set(revisions.shown.map(({ name }) => name));
  return {
    ...rest,
    stateReason: sayPlainly(joinReasons(api.stateReason, [...problems, ...addresses.problems, revisions.problem])),
    internalUrl: api.internalUrl !== null && isShowable(api.internalUrl) ? api.internalUrl : null,
    members: [...new Map(members.map((own) => [formatObjectKey(own), own])).values()],
    lines: [{ name: mainLine, currentRevision: current }],
    task: labelOf(api.facts, "Task"),
    framework: labelOf(api.facts, "Framework"),
    endpoints: addresses.shown,
    revisions: revisions.shown.map((revision) => ({ ...revision, line: mainLine })),
    probes: parts.probes
      .filter(({ revision }) => names.has(revision))
      .map((probe) => completeProbe(probe, api.protocol, parts))
      .sort((left, right) => (left.revision < right.revision ? -1 : 1)),
    provenance: uniqueSteps(parts.provenance),
  };
}
