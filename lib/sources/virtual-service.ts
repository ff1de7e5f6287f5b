import type { KindRef } from "../kube/index.ts";
import type { Backend, HostRouteObservation, HostRule, Rewrite, RouteMatch } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, listOf, numberOf, portNumberOf, textOf, textsOf } from "./read-fields.ts";
import type { Fields } from "./read-fields.ts";
import { requiredHeaders } from "./required-headers.ts";
import { cleanHost, cleanPath } from "./route-text.ts";
import { serviceOfHost } from "./service-host.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "networking.istio.io",
  kind: "VirtualService",
  plural: "virtualservices",
  versions: ["v1", "v1beta1", "v1alpha3"],
  namespaced: true,
};

const mesh = "mesh";
const matchesMax = 64;

/** A match, and what of it decides where it counts at all. */
type Narrowed = {
  readonly match: RouteMatch;
  readonly host: string | null;
  readonly scheme: "http" | "https" | null;
  readonly gateways: readonly string[] | null;
};

function methodsOf(method: Fields): { readonly methods: readonly string[] | null; readonly narrowedBy: string | null } {
  const exact = textOf(method["exact"]);
  if (exact !== null) return { methods: [exact], narrowedBy: null };
  const pattern = textOf(method["regex"]) ?? textOf(method["prefix"]);
  if (pattern === null) return { methods: null, narrowedBy: null };
  return /^\^?\(?[A-Z]+(\|[A-Z]+)*\)?\$?$/.test(pattern)
    ? { methods: pattern.replaceAll(/[^A-Z|]/g, "").split("|"), narrowedBy: null }
    : { methods: null, narrowedBy: `It is for the methods ${pattern.slice(0, 100)}.` };
}

function pathOf(uri: Fields): Pick<RouteMatch, "type" | "path"> {
  const exact = textOf(uri["exact"]);
  if (exact !== null) return { type: "exact", path: cleanPath(exact) };
  if (uri["regex"] !== undefined) return { type: "regex", path: textOf(uri["regex"]) ?? "" };
  // A prefix is text: "/rank" takes "/ranking" in.
  const prefix = cleanPath(uri["prefix"]);
  return { type: prefix === "/" ? "prefix" : "text-prefix", path: prefix };
}

/** An authority that names a host, with or without a port behind it (Knative writes it as a prefix). */
function authorityOf(authority: Fields): { readonly host: string | null; readonly narrowedBy: string | null } {
  const text = textOf(authority["exact"]) ?? textOf(authority["prefix"]);
  const host = cleanHost(text?.replace(/:\d*$/, ""));
  if (host !== null) return { host, narrowedBy: null };
  return {
    host: null,
    narrowedBy: authority["regex"] === undefined && text === null ? null : "It is for some of its hosts alone.",
  };
}

function fullName(name: string, namespace: string): string {
  return name === mesh || name.includes("/") ? name : `${namespace}/${name}`;
}

function matchOf(raw: unknown, namespace: string): Narrowed | null {
  const match = fieldsOf(raw);
  const headers = Object.entries(fieldsOf(match["headers"])).slice(0, 16);
  // Knative asks its own gateways by this header whether they know the route yet.
  if (headers.some(([name]) => name.toLowerCase() === "k-network-hash")) return null;
  const { methods, narrowedBy: byMethod } = methodsOf(fieldsOf(match["method"]));
  const { host, narrowedBy: byHost } = authorityOf(fieldsOf(match["authority"]));
  const scheme = textOf(fieldsOf(match["scheme"])["exact"]);
  const parameters = Object.keys(fieldsOf(match["queryParams"]));
  const gateways = textsOf(match["gateways"], 32).map((name) => fullName(name, namespace));
  const bySource = match["sourceLabels"] !== undefined || match["sourceNamespace"] !== undefined;
  return {
    host,
    scheme: scheme === "http" || scheme === "https" ? scheme : null,
    gateways: gateways.length === 0 ? null : gateways,
    match: {
      ...pathOf(fieldsOf(match["uri"])),
      methods,
      headers: requiredHeaders(headers.map(([name, value]) => ({ name, value: textOf(fieldsOf(value)["exact"]) }))),
      narrowedBy:
        byMethod ??
        byHost ??
        (parameters.length > 0
          ? `It is for calls with the query parameter ${parameters.join(", ").slice(0, 200)}.`
          : bySource
            ? "It is for some callers of the mesh alone."
            : null),
    },
  };
}

function backendOf(raw: unknown, namespace: string): Backend {
  const route = fieldsOf(raw);
  const destination = fieldsOf(route["destination"] ?? raw);
  const host = textOf(destination["host"]);
  const service = serviceOfHost(host, namespace);
  return {
    group: service === null ? kind.group : "",
    // A host that is no Service stays what it is: a name that leads nowhere here.
    kind: service === null ? "Host" : "Service",
    ...(service ?? { namespace, name: host ?? "" }),
    port: portNumberOf(fieldsOf(destination["port"])["number"]),
    weight: Math.max(0, numberOf(route["weight"]) ?? 0),
    subset: textOf(destination["subset"]),
  };
}

/** A single destination has everything, whatever its weight says; without any weight all have as much (Istio's Destination). */
function backendsOf(raw: unknown, namespace: string): readonly Backend[] {
  const backends = listOf(raw, 16).map((route) => backendOf(route, namespace));
  const isUnweighed = backends.every(({ weight }) => weight === 0);
  return backends.map((backend) => ({ ...backend, weight: isUnweighed ? 1 : backend.weight }));
}

function rewriteOf(rule: Fields): Rewrite | null {
  const rewrite = fieldsOf(rule["rewrite"]);
  const uri = textOf(rewrite["uri"]);
  if (uri !== null) return { kind: "prefix", path: cleanPath(uri) };
  const pattern = textOf(fieldsOf(rewrite["uriRegexRewrite"])["match"]);
  return pattern === null
    ? null
    : { kind: "unknown", reason: `It changes paths by the pattern ${pattern.slice(0, 100)}.` };
}

/** Matches that count at the same place make one rule. */
function groupMatches(matches: readonly Narrowed[]): readonly (Omit<Narrowed, "match"> & { matches: RouteMatch[] })[] {
  const groups = new Map<string, Omit<Narrowed, "match"> & { matches: RouteMatch[] }>();
  for (const { match, host, scheme, gateways } of matches) {
    const key = JSON.stringify([host, scheme, gateways]);
    const group = groups.get(key) ?? { host, scheme, gateways, matches: [] };
    group.matches.push(match);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function rulesOf(raw: unknown, hosts: readonly string[], namespace: string): readonly HostRule[] {
  const rule = fieldsOf(raw);
  const written = listOf(rule["match"], matchesMax);
  const matches = (written.length === 0 ? [{}] : written).flatMap((match) => matchOf(match, namespace) ?? []);
  const mirrors = [
    ...(rule["mirror"] === undefined ? [] : [backendOf(rule["mirror"], namespace)]),
    ...listOf(rule["mirrors"], 8).map((mirror) => backendOf(mirror, namespace)),
  ];
  const backends = backendsOf(rule["route"], namespace);
  const stranger = backends.find((backend) => backend.kind === "Host" && backend.name.split(".").length === 2);
  const delegate = fieldsOf(rule["delegate"]);
  const delegated = textOf(delegate["name"]);
  return groupMatches(matches).map(({ host, scheme, gateways, matches: own }) => ({
    hosts: host === null ? hosts : [host],
    scheme,
    port: null,
    entryPoint: null,
    gateways,
    matches: own,
    backends,
    rewrite: rewriteOf(rule),
    redirects: rule["redirect"] !== undefined || rule["directResponse"] !== undefined,
    mirrors: mirrors.map((mirror) => ({ ...mirror, weight: 0 })),
    middlewares: [],
    delegate: delegated === null ? null : `${textOf(delegate["namespace"]) ?? namespace}/${delegated}`,
    problem:
      stranger === undefined
        ? null
        : `Istio does not complete its destination ${stranger.name}: write ${stranger.name}.svc and the cluster's domain behind it.`,
  }));
}

/**
 * @source virtual-service
 * @kind networking.istio.io/v1, v1beta1, v1alpha3 VirtualService
 */
export const virtualServiceSource: Source<HostRouteObservation> = {
  kind,
  reads:
    "hosts, gateways, http routes with matches (uri, method, headers, authority, scheme, gateways), rewrite, destinations, weights, mirrors and delegates",
  limits: "64 hosts, 64 routes of 64 matches. It has no reliable status; TLS and TCP routes are no APIs.",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const namespace = object.metadata.namespace ?? "";
    const named = textsOf(spec["gateways"], 32).map((name) => fullName(name, namespace));
    const gateways = named.filter((name) => name !== mesh);
    const hosts = textsOf(spec["hosts"], 64).flatMap((host) => cleanHost(host) ?? []);
    return {
      ...observedOf(kind, object),
      gateways,
      internal: gateways.length === 0,
      problem: null,
      isAdmitted: null,
      rules: listOf(spec["http"], 64).flatMap((raw) => rulesOf(raw, hosts, namespace)),
    };
  },
};
