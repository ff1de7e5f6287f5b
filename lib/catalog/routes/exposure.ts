import type { ObjectKey, PathMapping } from "../../model/index.ts";
import type {
  HostRouteObservation,
  HttpRouteObservation,
  IngressObservation,
  Observed,
  RouteMatch,
  RouteRule,
} from "../../sources/index.ts";
import type { FoundEndpoint } from "../assemble-api.ts";
import type { WorldIndex } from "../world-index.ts";

/** A backend of a route that exists for it: a Service or an InferencePool by `serviceName`. */
export type ExposedBackend = {
  readonly service: string;
  readonly sharePercent: number;
  readonly weight: number;
  readonly subset: string | null;
};

/** What one route gives to its backends: endpoints, and which Services take which share of them. */
export type Exposure = {
  readonly route: HttpRouteObservation | IngressObservation | HostRouteObservation;
  readonly backends: readonly ExposedBackend[];
  readonly endpoints: readonly FoundEndpoint[];
  /** What is wrong with the route, by its own status or a missing grant. */
  readonly problem: string | null;
  /** Services that get a copy of the traffic. */
  readonly mirrors: readonly string[];
};

export const endpointsMax = 64;

export function keyOf(world: Pick<WorldIndex, "cluster">, object: Observed): ObjectKey {
  return {
    cluster: world.cluster,
    namespace: object.namespace,
    group: object.group,
    kind: object.kind,
    name: object.name,
  };
}

/** The listener's and the route's host names, where both agree (SERVING §3.3); null where they do not. */
export function intersectHosts(listener: string | null, route: string): string | null {
  if (listener === null || listener === route || listener === "*") return route;
  if (route === "*") return listener;
  const matches = (pattern: string, host: string): boolean =>
    pattern.startsWith("*.") && host.endsWith(pattern.slice(1)) && host.length > pattern.length - 1;
  if (matches(listener, route)) return route;
  if (matches(route, listener)) return listener;
  return null;
}

/** Scheme, host and port; the port is left out where it is the scheme's own. */
export function originOf(scheme: "http" | "https", host: string, port: number): string {
  const literal = host.includes(":") ? `[${host}]` : host;
  return `${scheme}://${literal}${(scheme === "https" ? 443 : 80) === port ? "" : `:${String(port)}`}`;
}

/** A path without a slash at its end; the root is empty. */
export function trimmed(path: string): string {
  return path === "/" ? "" : path.replace(/\/+$/, "");
}

/** Patterns that take everything in, as KServe's routes write them. */
const everything = new Set(["^/.*$", "/.*", ".*", "^.*$", "^/.*", "/"]);

/** How a match changes a path on its way in; null for patterns, which are no URLs. */
export function mappingOf(match: RouteMatch, rewrite: RouteRule["rewrite"]): PathMapping | null {
  if (match.type === "regex" && !everything.has(match.path)) return null;
  const exact = match.type === "exact" || rewrite?.kind === "full";
  // Only whole segments make a slash at the end meaningless.
  const shown = match.type === "regex" ? "/" : match.type === "prefix" ? trimmed(match.path) : match.path;
  const publicPath = shown === "" ? "/" : shown;
  const backendPath = rewrite === null ? publicPath : rewrite.path === "" ? "/" : rewrite.path;
  return {
    match: exact ? "exact" : match.type === "text-prefix" ? "text-prefix" : "prefix",
    publicPath,
    backendPath,
    methods: match.method === null ? null : [match.method],
    headers: match.headers,
  };
}

/** `gatebook.dev/public-url` says scheme, host and port as they are from outside; paths stay. The Host header follows it. */
export function overrideOrigin(endpoint: FoundEndpoint, override: string): FoundEndpoint {
  if (!URL.canParse(override)) return endpoint;
  const url = new URL(override);
  if (url.protocol !== "http:" && url.protocol !== "https:") return endpoint;
  const path = endpoint.url.replace(/^[a-z]+:\/\/[^/]+/, "");
  return { ...endpoint, url: `${url.origin}${path}` };
}
