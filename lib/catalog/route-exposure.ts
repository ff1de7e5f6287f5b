import type { DiscoveredEndpoint, ObjectKey, PathMapping, PinnedAddress } from "../model/index.ts";
import type {
  Backend,
  GatewayObservation,
  HttpRouteObservation,
  IngressObservation,
  Listener,
  Observed,
  ParentReference,
  RouteMatch,
  RouteRule,
} from "../sources/index.ts";
import { annotation } from "./annotations.ts";
import type { WorldIndex } from "./world-index.ts";
import { isSelected, nameOf } from "./world-index.ts";

/** What one route gives to its backends: endpoints, and which Services take which share of them. */
export type Exposure = {
  readonly route: HttpRouteObservation | IngressObservation;
  readonly backends: readonly { readonly service: string; readonly sharePercent: number; readonly weight: number }[];
  readonly endpoints: readonly DiscoveredEndpoint[];
  /** What is wrong with the route, by its own status or a missing grant. */
  readonly problem: string | null;
};

const endpointsMax = 64;

export function keyOf(world: WorldIndex, object: Observed): ObjectKey {
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
  if (listener === null || listener === route) return route;
  const matches = (pattern: string, host: string): boolean =>
    pattern.startsWith("*.") && host.endsWith(pattern.slice(1)) && host.length > pattern.length - 1;
  if (matches(listener, route)) return route;
  if (matches(route, listener)) return listener;
  return null;
}

function admits(world: WorldIndex, gateway: GatewayObservation, listener: Listener, namespace: string): boolean {
  switch (listener.from) {
    case "All":
      return true;
    case "Same":
      return gateway.namespace === namespace;
    case "None":
      return false;
    case "Selector": {
      const labels = world.namespaces.get(namespace)?.labels;
      return labels !== undefined && listener.selector !== null && isSelected(labels, listener.selector);
    }
  }
}

function sameParent(left: ParentReference, right: ParentReference): boolean {
  return (
    left.namespace === right.namespace &&
    left.name === right.name &&
    left.sectionName === right.sectionName &&
    left.port === right.port
  );
}

/** Why the parent does not serve the route; null where it does, and "wait" where its status is of an older form. */
function parentProblem(
  world: WorldIndex,
  route: HttpRouteObservation,
  parent: ParentReference,
): { readonly accepted: boolean; readonly problem: string | null } {
  const own = route.statuses.filter((status) => sameParent(status, parent));
  if (own.length === 0) {
    // A manifest has no status; a cluster that has not answered yet has not accepted it either.
    return world.confirming
      ? { accepted: false, problem: `Gateway ${parent.name} has not accepted it yet.` }
      : { accepted: true, problem: null };
  }
  const find = (type: string) =>
    own.flatMap((status) => status.conditions).find((condition) => condition.type === type);
  const accepted = find("Accepted");
  if (accepted === undefined || !accepted.fresh)
    return { accepted: false, problem: `Gateway ${parent.name} has not accepted its present form yet.` };
  if (accepted.status !== "True")
    return {
      accepted: false,
      problem: `Gateway ${parent.name} does not accept it: ${accepted.message || accepted.reason}.`,
    };
  const resolved = find("ResolvedRefs");
  if (resolved?.status === "False")
    return { accepted: true, problem: `A reference of it is broken: ${resolved.message || resolved.reason}.` };
  return { accepted: true, problem: null };
}

function originOf(protocol: string, host: string, port: number): string {
  const scheme = protocol === "HTTPS" ? "https" : "http";
  const literal = host.includes(":") ? `[${host}]` : host;
  return `${scheme}://${literal}${(scheme === "https" ? 443 : 80) === port ? "" : `:${String(port)}`}`;
}

function trimmed(path: string): string {
  return path === "/" ? "" : path.replace(/\/+$/, "");
}

function mappingOf(match: RouteMatch, rewrite: RouteRule["rewrite"]): PathMapping | null {
  // A pattern is a URL only where it takes everything in (KServe's routes).
  if (match.type === "regex" && !["^/.*$", "/.*", ".*", "^.*$"].includes(match.path)) return null;
  const publicPath = match.type === "regex" ? "/" : match.path;
  const exact = match.type === "exact" || rewrite?.kind === "full";
  return {
    match: exact ? "exact" : "prefix",
    publicPath: trimmed(publicPath) === "" ? "/" : trimmed(publicPath),
    backendPath:
      rewrite === null
        ? trimmed(publicPath) === ""
          ? "/"
          : trimmed(publicPath)
        : trimmed(rewrite.path) === ""
          ? "/"
          : rewrite.path,
    methods: match.method === null ? null : [match.method],
  };
}

/** Hosts under which one listener serves the route, each with the address to reach it. */
function placesOf(
  gateway: GatewayObservation,
  listener: Listener,
  route: HttpRouteObservation,
): readonly { readonly origin: string; readonly host: string | null; readonly address: PinnedAddress | null }[] {
  const [address] = gateway.addresses;
  const scheme = listener.protocol === "HTTPS" ? "https" : "http";
  const pin = (host: string | null): PinnedAddress | null =>
    address === undefined ? null : { scheme, host: address, port: listener.port, hostHeader: host };
  const hosts =
    route.hostnames.length === 0
      ? listener.hostname === null
        ? []
        : [listener.hostname]
      : route.hostnames.flatMap((host) => intersectHosts(listener.hostname, host) ?? []);
  const named = hosts
    .filter((host) => !host.startsWith("*."))
    .map((host) => ({ origin: originOf(listener.protocol, host, listener.port), host, address: pin(host) }));
  if (route.hostnames.length > 0 || listener.hostname !== null) return named;
  return gateway.addresses.map((host) => ({
    origin: originOf(listener.protocol, host, listener.port),
    host: null,
    address: pin(null),
  }));
}

function listenersOf(
  world: WorldIndex,
  route: HttpRouteObservation,
  parent: ParentReference,
): readonly { readonly gateway: GatewayObservation; readonly listener: Listener }[] {
  const gateway = world.gateways.get(nameOf(parent.namespace, parent.name));
  if (gateway === undefined) return [];
  return gateway.listeners
    .filter((listener) => listener.protocol === "HTTP" || listener.protocol === "HTTPS")
    .filter((listener) => parent.sectionName === null || listener.name === parent.sectionName)
    .filter((listener) => parent.port === null || listener.port === parent.port)
    .filter((listener) => admits(world, gateway, listener, route.namespace))
    .map((listener) => ({ gateway, listener }));
}

/** True where a Service of another namespace may be referred to (ReferenceGrant). */
function isGranted(world: WorldIndex, route: HttpRouteObservation, backend: Backend): boolean {
  if (backend.namespace === route.namespace) return true;
  return world.grants.some(
    (grant) =>
      grant.namespace === backend.namespace &&
      grant.from.some(
        (from) => from.group === route.group && from.kind === route.kind && from.namespace === route.namespace,
      ) &&
      grant.to.some(
        (to) =>
          to.group === backend.group && to.kind === backend.kind && (to.name === null || to.name === backend.name),
      ),
  );
}

function backendsOf(
  world: WorldIndex,
  route: HttpRouteObservation,
  rule: RouteRule,
): { readonly backends: Exposure["backends"]; readonly problem: string | null } {
  const services = rule.backends.filter((backend) => backend.group === "" && backend.kind === "Service");
  const granted = services.filter((backend) => isGranted(world, route, backend));
  const refused = services.find((backend) => !granted.includes(backend));
  const total = granted.reduce((sum, backend) => sum + backend.weight, 0);
  return {
    backends: granted.map((backend) => ({
      service: nameOf(backend.namespace, backend.name),
      weight: backend.weight,
      sharePercent: total === 0 ? 0 : Math.round((backend.weight / total) * 1000) / 10,
    })),
    problem:
      refused === undefined
        ? null
        : `Service ${nameOf(refused.namespace, refused.name)} lies in another namespace, and no ReferenceGrant there lets this route use it.`,
  };
}

function ruleEndpoints(
  world: WorldIndex,
  route: HttpRouteObservation,
  rule: RouteRule,
): { readonly endpoints: DiscoveredEndpoint[]; readonly problem: string | null } {
  const endpoints: DiscoveredEndpoint[] = [];
  let problem: string | null = null;
  for (const parent of route.parents) {
    const verdict = parentProblem(world, route, parent);
    problem ??= verdict.problem;
    if (!verdict.accepted) continue;
    for (const { gateway, listener } of listenersOf(world, route, parent)) {
      const down = gateway.programmed === false || listener.programmed === false;
      const own = down ? `Gateway ${gateway.name} is not programmed.` : verdict.problem;
      for (const place of placesOf(gateway, listener, route)) {
        for (const match of rule.matches) {
          const mapping = mappingOf(match, rule.rewrite);
          if (mapping === null || endpoints.length >= endpointsMax) continue;
          endpoints.push({
            url: `${place.origin}${trimmed(mapping.publicPath)}`,
            reach: "public",
            paths: [mapping],
            requiredHeaders: match.headers,
            address: place.address,
            via: keyOf(world, route),
            problem: match.narrowed
              ? (own ?? "The route matches on query parameters or patterns of headers as well.")
              : own,
          });
        }
      }
    }
  }
  return { endpoints, problem };
}

function exposeHttpRoute(world: WorldIndex, route: HttpRouteObservation): readonly Exposure[] {
  return route.rules
    .filter((rule) => !rule.redirects && rule.backends.length > 0)
    .map((rule) => {
      const { backends, problem } = backendsOf(world, route, rule);
      const served = ruleEndpoints(world, route, rule);
      return { route, backends, endpoints: served.endpoints, problem: problem ?? served.problem };
    })
    .filter((exposure) => exposure.backends.length > 0);
}

/** ingress-nginx strips a prefix by a pattern and a group: "/churn(/|$)(.*)" with rewrite-target "/$2". */
function ingressMapping(route: IngressObservation, match: RouteMatch): PathMapping | null {
  const target = route.annotations["nginx.ingress.kubernetes.io/rewrite-target"];
  const plain = /^([^()[\]*+?^$|\\]*?)(\(\/\|\$\)\(\.\*\)|\/?\(\.\*\))?$/.exec(match.path);
  if (plain === null) return null;
  const path = plain[1] ?? "/";
  const backend = target === undefined ? path : target.replace(/\$\d+$/, "");
  return mappingOf(
    { ...match, path: path === "" ? "/" : path },
    target === undefined
      ? null
      : { kind: plain[2] === undefined ? "full" : "prefix", path: backend === "" ? "/" : backend },
  );
}

function exposeIngress(world: WorldIndex, route: IngressObservation): readonly Exposure[] {
  const override = annotation(route.annotations, "public-url");
  return route.hosts.flatMap(({ host, paths }) =>
    paths.map(({ match, backend }): Exposure => {
      const mapping = ingressMapping(route, match);
      const secure = host !== null && route.tlsHosts.some((pattern) => intersectHosts(pattern, host) === host);
      const balancer = route.loadBalancer[0];
      const port = secure ? 443 : (balancer?.ports.find((candidate) => candidate !== 443) ?? 80);
      const shown = host ?? balancer?.host ?? null;
      const endpoints: DiscoveredEndpoint[] = [];
      if (mapping !== null && shown !== null && !shown.startsWith("*.")) {
        const address: PinnedAddress | null =
          balancer === undefined
            ? null
            : { scheme: secure ? "https" : "http", host: balancer.host, port, hostHeader: host };
        endpoints.push({
          url: `${originOf(secure ? "HTTPS" : "HTTP", shown, port)}${trimmed(mapping.publicPath)}`,
          reach: "public",
          paths: [mapping],
          requiredHeaders: [],
          address,
          via: keyOf(world, route),
          problem: balancer === undefined && world.confirming ? "No load balancer has taken this Ingress yet." : null,
        });
      }
      return {
        route,
        backends: [{ service: nameOf(backend.namespace, backend.name), weight: 1, sharePercent: 100 }],
        endpoints: override === undefined ? endpoints : endpoints.map((endpoint) => overrideOrigin(endpoint, override)),
        problem: mapping === null ? `The path ${match.path.slice(0, 100)} is a pattern, which is no URL.` : null,
      };
    }),
  );
}

/** `gatebook.dev/public-url` says scheme, host and port as they are from outside; paths stay. The Host header follows it. */
export function overrideOrigin(endpoint: DiscoveredEndpoint, override: string): DiscoveredEndpoint {
  if (!URL.canParse(override)) return endpoint;
  const url = new URL(override);
  if (url.protocol !== "http:" && url.protocol !== "https:") return endpoint;
  const path = endpoint.url.replace(/^[a-z]+:\/\/[^/]+/, "");
  return { ...endpoint, url: `${url.origin}${path}` };
}

/** Everything that HTTPRoutes and Ingresses expose. */
export function exposeRoutes(world: WorldIndex): readonly Exposure[] {
  return [
    ...world.httpRoutes.flatMap((route) => exposeHttpRoute(world, route)),
    ...world.ingresses.flatMap((route) => exposeIngress(world, route)),
  ];
}
