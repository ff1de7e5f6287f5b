import { sha256Hex } from "../base/index.ts";
import type {
  ApiState,
  DiscoveredApi,
  DiscoveredEndpoint,
  ProbeTarget,
  Protocol,
  ProvenanceStep,
  RequestExample,
  RequiredHeader,
  Revision,
} from "../model/index.ts";
import { mainLine } from "../model/index.ts";

/** An address before it is known which line it belongs to. */
export type FoundEndpoint = Omit<DiscoveredEndpoint, "line">;
export type FoundRevision = Omit<Revision, "line">;

/** A revision with the age that breaks ties between equal shares. */
export type AgedRevision = { readonly revision: FoundRevision; readonly since: string };

/** The ready revision with the largest share, the older of equals; without a ready one the largest share (DESIGN §4). */
export function currentRevisionOf(revisions: readonly AgedRevision[]): string | null {
  const sorted = [...revisions].sort((left, right) => {
    if (left.revision.ready !== right.revision.ready) return left.revision.ready ? -1 : 1;
    if (left.revision.trafficPercent !== right.revision.trafficPercent)
      return right.revision.trafficPercent - left.revision.trafficPercent;
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

/**
 * One endpoint for each URL and object that makes it; their path mappings are put together. Matches are alternatives (SERVING
 * §3.5): a header is required, and a problem stands, only where it holds for all of them.
 */
export function mergeEndpoints(endpoints: readonly FoundEndpoint[]): readonly FoundEndpoint[] {
  const merged = new Map<string, FoundEndpoint>();
  for (const endpoint of endpoints) {
    const key = `${endpoint.url} ${endpoint.via.kind} ${endpoint.via.namespace} ${endpoint.via.name}`;
    const earlier = merged.get(key);
    if (earlier === undefined) {
      merged.set(key, endpoint);
      continue;
    }
    const known = new Set(earlier.paths.map((path) => JSON.stringify(path)));
    merged.set(key, {
      ...earlier,
      requiredHeaders: inBoth(earlier.requiredHeaders, endpoint.requiredHeaders),
      problem: endpoint.problem === null ? null : earlier.problem,
      address: earlier.address ?? endpoint.address,
      paths: [...earlier.paths, ...endpoint.paths.filter((path) => !known.has(JSON.stringify(path)))],
    });
  }
  return [...merged.values()].sort((left, right) =>
    left.reach === right.reach ? (left.url < right.url ? -1 : 1) : left.reach === "public" ? -1 : 1,
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

/** The best of several workloads: one that is ready makes the API ready. */
export function bestState(states: readonly { readonly state: ApiState; readonly reason: string | null }[]): {
  readonly state: ApiState;
  readonly reason: string | null;
} {
  return (
    [...states].sort((left, right) => stateWeight[left.state] - stateWeight[right.state])[0] ?? {
      state: "unknown",
      reason: null,
    }
  );
}

/** The reason of the state with what is wrong with routes behind it. */
export function joinReasons(reason: string | null, problems: readonly (string | null)[]): string | null {
  const parts = [...new Set([reason, ...problems].filter((part): part is string => part !== null))];
  return parts.length === 0 ? null : parts.slice(0, 4).join(" ");
}

/** A revision that may be asked, before what is the same for all revisions of its API is added. */
export type FoundProbe = Omit<ProbeTarget, "line" | "protocol" | "examples" | "headers">;

export type ApiParts = {
  readonly revisions: readonly AgedRevision[];
  readonly probes: readonly FoundProbe[];
  readonly provenance: readonly ProvenanceStep[];
  readonly examples?: readonly RequestExample[];
  readonly headers?: readonly RequiredHeader[];
};

/** Other examples are another description, so they are part of what tells whether to ask again. */
function completeProbe(probe: FoundProbe, protocol: Protocol, { examples = [], headers = [] }: ApiParts): ProbeTarget {
  const probeKey =
    examples.length === 0 ? probe.probeKey : sha256Hex(JSON.stringify([probe.probeKey, examples])).slice(0, 32);
  return { ...probe, line: mainLine, probeKey, protocol, examples, headers };
}

type Unsettled = Omit<
  DiscoveredApi,
  "endpoints" | "framework" | "lines" | "members" | "probes" | "provenance" | "revisions" | "task"
> & { readonly endpoints: readonly FoundEndpoint[] };

/** The same API with its lists in a fixed order, whatever order the objects came in; all of it is one line. */
export function settle(api: Unsettled, parts: ApiParts): DiscoveredApi {
  const seen = new Set<string>();
  return {
    ...api,
    members: [api.key],
    lines: [{ name: mainLine, currentRevision: currentRevisionOf(parts.revisions) }],
    task: null,
    framework: null,
    endpoints: mergeEndpoints(api.endpoints).map((endpoint) => ({ ...endpoint, line: mainLine })),
    revisions: parts.revisions
      .map(({ revision }) => ({ ...revision, line: mainLine }))
      .sort((left, right) => right.trafficPercent - left.trafficPercent || (left.name < right.name ? -1 : 1)),
    probes: parts.probes
      .map((probe) => completeProbe(probe, api.protocol, parts))
      .sort((left, right) => (left.revision < right.revision ? -1 : 1)),
    provenance: parts.provenance.filter((step) => {
      const key = JSON.stringify(step);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    }),
  };
}
