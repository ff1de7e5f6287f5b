import type { ModelFact, ObjectKey, PathMapping } from "../../model/index.ts";
import type {
  HostRouteObservation,
  HttpRouteObservation,
  IngressObservation,
  Observed,
  Rewrite,
  RouteMatch,
} from "../../sources/index.ts";
import type { FoundEndpoint } from "../assemble-api.ts";
import type { WorldIndex } from "../world-index.ts";
import { readPattern } from "./path-pattern.ts";

/** A backend of a route: a Service or an InferencePool by `serviceName`. */
export type ExposedBackend = {
  readonly service: string;
  /** The port of the Service that it is for, by number or name; null where the route does not say. */
  readonly port: number | string | null;
  readonly sharePercent: number;
  readonly weight: number;
  readonly subset: string | null;
  /** True for somebody's server outside of the cluster. */
  readonly isOutside: boolean;
  /** True where its namespace does not let the route lead there: it has no part in what the route exposes. */
  readonly isRefused: boolean;
  /** Why nothing arrives there; null where it does. */
  readonly problem: string | null;
};

export type Route = HttpRouteObservation | IngressObservation | HostRouteObservation;

/** What one rule of a route gives to its backends: endpoints, and which Services take which share of them. */
export type Exposure = {
  readonly route: Route;
  /** Which of the route's rules it is. */
  readonly rule: number;
  readonly backends: readonly ExposedBackend[];
  readonly endpoints: readonly FoundEndpoint[];
  /** Addresses at which the gateway answers calls with an error itself, so that no wider match gets them. */
  readonly failing?: readonly FoundEndpoint[];
  /** Where the gateway goes by numbers and not by paths (Traefik): the highest has a call that several match. */
  readonly priority?: number | null;
  /** Why some or all of it does not work, by the route's own status, a missing grant, a missing Service. */
  readonly problem: string | null;
  /** Services that get a copy of the traffic. */
  readonly mirrors: readonly string[];
  /** True for a route that may not lead to the Service that is looked at. */
  readonly isRefused?: boolean;
  /** True where it is for callers inside the cluster alone (a service mesh). */
  readonly isInternal: boolean;
  /** True where a caller speaks gRPC there. */
  readonly isGrpc: boolean;
  /** What callers must bring or keep to there. */
  readonly facts: readonly ModelFact[];
  /** Other objects that make it what it is: a canary Ingress, the VirtualService that a root delegates to. */
  readonly beside: readonly Observed[];
};

/** More addresses of one rule are no use to anybody. */
export const endpointsMax = 64;
const pathMax = 2_000;

/** Keys stand in a catalogue many times over; of one object there is one. */
const keys = new WeakMap<Observed, ObjectKey>();

export function keyOf({ cluster }: Pick<WorldIndex, "cluster">, object: Observed): ObjectKey {
  const known = keys.get(object);
  if (known?.cluster === cluster) return known;
  const { namespace, group, kind, name } = object;
  const key = { cluster, namespace, group, kind, name };
  keys.set(object, key);
  return key;
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

export type Mapped =
  { readonly kind: "mapping"; readonly mapping: PathMapping } | { readonly kind: "none"; readonly reason: string };

/** True for a path that can stand in a URL as it is: no query, no dot segments, nothing that would have to be encoded. */
function isPlainPath(path: string): boolean {
  return /^\/[!-~]{0,2000}$/.test(path) && !/[?#{}<>"\\^`|]|\/\/|\/\.{1,2}(\/|$)|%(?![0-9a-f]{2})/i.test(path);
}

/** A pattern as the prefix that it comes to; null where it is more than a literal beginning with everything behind it. */
function prefixOf(match: RouteMatch): Pick<RouteMatch, "type" | "path"> | null {
  if (match.type !== "regex") return match;
  const pattern = readPattern(match.path);
  if (pattern === null || (pattern.match === "text-prefix" && !/\.\*\)?\$?$/.test(match.path))) return null;
  const literal = pattern.literal === "" ? "/" : pattern.literal;
  return { type: literal === "/" && pattern.match !== "exact" ? "prefix" : pattern.match, path: literal };
}

/** How a match changes a path on its way in; none for patterns, which are no URLs, and for changes that are not followed. */
export function mappingOf(match: RouteMatch, rewrite: Rewrite | null): Mapped {
  const shape = prefixOf(match);
  if (shape === null)
    return { kind: "none", reason: `The path ${match.path.slice(0, 100)} is a pattern, which is no URL.` };
  if (!isPlainPath(shape.path))
    return { kind: "none", reason: `The path ${JSON.stringify(shape.path.slice(0, 100))} cannot stand in a URL.` };
  if (rewrite?.kind === "unknown") return { kind: "none", reason: rewrite.reason };
  if (rewrite !== null && rewrite.path.length > pathMax)
    return { kind: "none", reason: "It changes paths to one that is longer than any server reads." };
  // What a pattern matched is replaced whole: only of a pattern for everything it is known what stays.
  const isWhole = match.type === "regex" && shape.path !== "/" && rewrite !== null;
  const exact = shape.type === "exact" || rewrite?.kind === "full" || isWhole;
  // Only whole segments make a slash at the end meaningless.
  const shown = shape.type === "prefix" ? trimmed(shape.path) : shape.path;
  const publicPath = shown === "" ? "/" : shown;
  const backendPath = rewrite === null ? publicPath : rewrite.path === "" ? "/" : rewrite.path;
  return {
    kind: "mapping",
    mapping: {
      match: exact ? "exact" : shape.type === "text-prefix" ? "text-prefix" : "prefix",
      publicPath,
      backendPath,
      methods: match.methods,
      headers: match.headers,
      except: [],
    },
  };
}
