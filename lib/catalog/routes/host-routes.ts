import type { HostRouteObservation, HostRule, RouteMatch } from "../../sources/index.ts";
import { isClusterHost } from "../../sources/index.ts";
import type { WorldIndex } from "../world-index.ts";
import { nameOf } from "../names.ts";
import { buildEndpoints } from "./build-endpoints.ts";
import type { Built, Place } from "./build-endpoints.ts";
import { trimmed } from "./exposure.ts";
import type { Exposure } from "./exposure.ts";
import { istioPlaces } from "./istio-places.ts";
import { judgeBackends, resolveBackends } from "./resolve-backends.ts";
import { applyMiddlewares, judgeMiddlewares } from "./traefik-middlewares.ts";

type Places = { readonly places: readonly Place[]; readonly problem: string | null };

/** Traefik's own entry points, where its Service does not say another port. */
const standardPorts: ReadonlyMap<string, number> = new Map([
  ["web", 80],
  ["websecure", 443],
]);

function traefikPlaces(world: WorldIndex, rule: HostRule): Places {
  const front = world.traefik;
  const name = rule.entryPoint ?? "web";
  const port = front?.ports.find((candidate) => candidate.name === name)?.port ?? standardPorts.get(name);
  if (port === undefined)
    return {
      places: [],
      problem: `Traefik's entry point ${name} is not known, so that the port is not either: say the URL with gatebook.dev/public-url.`,
    };
  const scheme = rule.scheme ?? "http";
  const at = front?.clusterIp ?? front?.loadBalancer[0] ?? null;
  const place = (host: string, header: string | null): Place => ({
    scheme,
    host,
    port,
    address: at === null ? null : { scheme, host: at, port, hostHeader: header },
    outside: null,
    isNamed: header !== null,
  });
  const places = rule.hosts.flatMap((host) =>
    host === "*" ? (front?.loadBalancer ?? []).map((balancer) => place(balancer, null)) : [place(host, host)],
  );
  return {
    places,
    problem: places.length > 0 ? null : "Its rule names no host, and Traefik's own address is not known.",
  };
}

/** The scheme of a host that an Ingress serves too (Nuclio makes one for its API gateway). */
function schemeOfHost(world: WorldIndex, host: string): "http" | "https" {
  return world.tlsHosts.has(host) ? "https" : "http";
}

function placesOf(world: WorldIndex, route: HostRouteObservation, rule: HostRule): Places {
  if (route.kind === "VirtualService") return istioPlaces(world, route, rule);
  if (route.kind === "IngressRoute") return traefikPlaces(world, rule);
  if (route.kind === "Route" && world.confirming && route.isAdmitted === null)
    return { places: [], problem: "No router has admitted it yet." };
  return {
    places: rule.hosts
      .filter((host) => !isClusterHost(host))
      .map((host) => {
        const scheme = rule.scheme ?? schemeOfHost(world, host);
        const port = rule.port ?? (scheme === "https" ? 443 : 80);
        return { scheme, host, port, address: null, outside: null, isNamed: true };
      }),
    problem: rule.hosts.length === 0 && route.problem === null ? "It names no host." : null,
  };
}

/** Traefik refuses Services and Middlewares of another namespace unless its command line allows them, which nobody can see from here. */
function crossing(route: HostRouteObservation, rule: HostRule): string | null {
  if (route.kind !== "IngressRoute") return null;
  const backend = rule.backends.find(({ namespace }) => namespace !== route.namespace);
  const middleware = rule.middlewares.find((name) => !name.startsWith(`${route.namespace}/`));
  const other =
    backend === undefined
      ? middleware === undefined
        ? null
        : `Middleware ${middleware}`
      : `${backend.kind} ${nameOf(backend.namespace, backend.name)}`;
  return other === null
    ? null
    : `${other} lies in another namespace: Traefik serves it only where allowCrossNamespace is set.`;
}

/** Of a root with its delegates: rules and matches of both multiply. */
const rulesMax = 256;
const matchesMax = 64;

/** Matches of a delegate within those of its root: the narrower path counts, as Istio merges them. */
function joinMatches(root: readonly RouteMatch[], own: readonly RouteMatch[]): readonly RouteMatch[] {
  const joined: RouteMatch[] = [];
  for (const outer of root) {
    const from = trimmed(outer.path);
    for (const inner of own) {
      const isOpen = inner.type === "prefix" && inner.path === "/";
      if (!isOpen && !inner.path.startsWith(from)) continue;
      joined.push({
        ...(isOpen ? outer : inner),
        methods: inner.methods ?? outer.methods,
        headers: [...outer.headers, ...inner.headers],
        narrowedBy: inner.narrowedBy ?? outer.narrowedBy,
      });
      if (joined.length >= matchesMax) return joined;
    }
  }
  return joined;
}

type Rule = { readonly rule: HostRule; readonly from: HostRouteObservation | null };

/** The rules of a route, those of the VirtualServices that it delegates to in the place of its own (one level, as Istio has it). */
function rulesOf(world: WorldIndex, route: HostRouteObservation): readonly Rule[] {
  const rules: Rule[] = [];
  for (const rule of route.rules) {
    const delegate = rule.delegate === null ? undefined : world.virtualServices.get(rule.delegate);
    if (rule.delegate === null) rules.push({ rule, from: null });
    else if (delegate === undefined)
      rules.push({ rule: { ...rule, problem: `VirtualService ${rule.delegate} does not exist.` }, from: null });
    else
      for (const own of delegate.rules) {
        if (own.delegate !== null || rules.length >= rulesMax) continue;
        const { hosts, scheme, gateways } = rule;
        const matches = joinMatches(rule.matches, own.matches);
        if (matches.length > 0) rules.push({ rule: { ...own, hosts, scheme, gateways, matches }, from: delegate });
      }
  }
  return rules;
}

/** Paths of gRPC's are of a service with its package, "/package.Service/Method" (gRPC over HTTP/2). */
const grpcPath = /^\/[a-z_]\w*(\.\w+)*\.([A-Z]\w*(\/.*)?)?$/;

function takesGrpc({ matches }: HostRule): boolean {
  return matches.length > 0 && matches.every(({ path }) => grpcPath.test(path));
}

function exposeRule(
  world: WorldIndex,
  route: HostRouteObservation,
  { rule, from }: Rule,
  index: number,
): Exposure | null {
  if (rule.backends.length === 0 && !rule.redirects) return null;
  const middlewares = judgeMiddlewares(world, rule.middlewares, rule.scheme ?? "http");
  // A redirect answers by itself: all that counts of it is what it takes away from wider matches.
  const redirects = rule.redirects || middlewares.redirects;
  const backends = redirects ? [] : resolveBackends(world, from ?? route, rule.backends);
  const { problem, isDead } = judgeBackends(backends);
  const isInternal = route.internal || rule.gateways?.every((name) => name === "mesh") === true;
  const refused = route.problem ?? rule.problem;
  const served: Places = isInternal || refused !== null ? { places: [], problem: null } : placesOf(world, route, rule);
  const built: Built =
    isDead || middlewares.isMissing
      ? { endpoints: [], problem: null }
      : buildEndpoints(world, route, served.places, {
          matches: rule.matches,
          rewriteOf: (match) => applyMiddlewares(world, rule.middlewares, match.path) ?? rule.rewrite,
          isGrpc: takesGrpc(rule),
          problem: problem ?? crossing(route, rule) ?? middlewares.problem,
        });
  return {
    route,
    rule: index,
    backends,
    endpoints: built.endpoints,
    priority: rule.priority ?? null,
    problem: refused ?? problem ?? served.problem ?? built.problem ?? middlewares.problem ?? crossing(route, rule),
    mirrors: [
      ...resolveBackends(world, route, rule.mirrors),
      ...rule.backends.flatMap((backend) =>
        backend.kind === "TraefikService"
          ? resolveBackends(
              world,
              route,
              world.traefikServices.get(nameOf(backend.namespace, backend.name))?.mirrors ?? [],
            )
          : [],
      ),
    ]
      .filter((mirror) => mirror.problem === null)
      .map((mirror) => mirror.service),
    isInternal,
    isGrpc: takesGrpc(rule),
    facts: [],
    beside: from === null ? [] : [from],
  };
}

/** What a route with hosts of its own exposes, rule by rule. */
export function exposeHostRoute(world: WorldIndex, route: HostRouteObservation): readonly Exposure[] {
  return rulesOf(world, route).flatMap((rule, index) => exposeRule(world, route, rule, index) ?? []);
}
