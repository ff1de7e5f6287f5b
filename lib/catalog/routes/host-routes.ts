import type { PinnedAddress } from "../../model/index.ts";
import type {
  HostRouteObservation,
  HostRule,
  IstioGatewayObservation,
  ServiceObservation,
} from "../../sources/index.ts";
import { annotation } from "../annotations.ts";
import type { FoundEndpoint } from "../assemble-api.ts";
import type { WorldIndex } from "../world-index.ts";
import { isSelected, nameOf } from "../world-index.ts";
import { endpointsMax, intersectHosts, keyOf, mappingOf, originOf, overrideOrigin, trimmed } from "./exposure.ts";
import type { Exposure } from "./exposure.ts";
import { resolveBackends } from "./resolve-backends.ts";
import { applyMiddlewares } from "./traefik-middlewares.ts";

/** A place from which a host of the route is served. */
type Place = {
  readonly scheme: "http" | "https";
  readonly host: string;
  readonly port: number;
  readonly address: PinnedAddress | null;
};

/** Names that mean something inside the cluster alone. */
function isClusterName(host: string): boolean {
  return !host.includes(".") || /\.svc(\.|$)/.test(host);
}

function addressOf(
  service: ServiceObservation | undefined,
  place: Pick<Place, "scheme" | "port">,
  host: string | null,
): PinnedAddress | null {
  const at = service?.clusterIp ?? service?.loadBalancer[0];
  return at === undefined ? null : { scheme: place.scheme, host: at, port: place.port, hostHeader: host };
}

/** Who stands in front, looked for once in each world. */
const fronts = new WeakMap<WorldIndex, Map<object, ServiceObservation | undefined>>();
const traefiks = new WeakMap<WorldIndex, ServiceObservation | null>();

/** The Service in front of an Istio Gateway: the one that selects the same pods, with an address outside where there is one. */
function frontOf(world: WorldIndex, gateway: IstioGatewayObservation): ServiceObservation | undefined {
  const known = fronts.get(world) ?? new Map<object, ServiceObservation | undefined>();
  fronts.set(world, known);
  if (known.has(gateway)) return known.get(gateway);
  const found = [...world.services.values()].filter((service) => isSelected(service.selector, gateway.selector));
  const front = found.find((service) => service.loadBalancer.length > 0) ?? found[0];
  known.set(gateway, front);
  return front;
}

function istioPlaces(world: WorldIndex, route: HostRouteObservation, host: string): readonly Place[] {
  return route.gateways.flatMap((name) => {
    const gateway = world.istioGateways.get(name);
    if (gateway === undefined) return [];
    const front = frontOf(world, gateway);
    return gateway.servers
      .filter((server) => server.http)
      .flatMap((server) => {
        const met = server.hosts.map((pattern) => intersectHosts(pattern, host)).find((both) => both !== null);
        if (met === undefined || met === null) return [];
        const scheme = server.tls ? "https" : "http";
        // A Gateway names the port of its pods; callers use the one that its Service has for it.
        const outside =
          front?.ports.find((port) => port.targetPort === server.port) ??
          front?.ports.find((port) => port.port === server.port);
        const port = outside?.port ?? server.port;
        if (met !== "*")
          return [{ scheme, host: met, port, address: addressOf(front, { scheme, port }, met) } as const];
        return (front?.loadBalancer ?? []).map(
          (balancer) => ({ scheme, host: balancer, port, address: addressOf(front, { scheme, port }, null) }) as const,
        );
      });
  });
}

/** The scheme of a host that an Ingress serves too (Nuclio makes one for its API gateway). */
function schemeOfHost(world: WorldIndex, host: string): "http" | "https" {
  return world.ingresses.some((ingress) => ingress.tlsHosts.includes(host)) ? "https" : "http";
}

function traefikFront(world: WorldIndex): ServiceObservation | undefined {
  const known = traefiks.get(world);
  if (known !== undefined) return known ?? undefined;
  const front = [...world.services.values()].find(
    (service) => service.labels["app.kubernetes.io/name"] === "traefik" && !service.headless,
  );
  traefiks.set(world, front ?? null);
  return front;
}

function placesOf(world: WorldIndex, route: HostRouteObservation, rule: HostRule, host: string): readonly Place[] {
  if (route.kind === "VirtualService") return istioPlaces(world, route, host);
  const scheme = rule.scheme ?? schemeOfHost(world, host);
  const port = rule.port ?? (scheme === "https" ? 443 : 80);
  const front = route.kind === "IngressRoute" ? traefikFront(world) : undefined;
  return [{ scheme, host, port, address: addressOf(front, { scheme, port }, host) }];
}

function endpointsOf(world: WorldIndex, route: HostRouteObservation, rule: HostRule): readonly FoundEndpoint[] {
  const endpoints: FoundEndpoint[] = [];
  const override = annotation(route.annotations, "public-url");
  for (const host of rule.hosts) {
    if (isClusterName(host) && host !== "*") continue;
    for (const place of placesOf(world, route, rule, host)) {
      if (place.host.startsWith("*")) continue;
      for (const match of rule.matches) {
        const mapping = mappingOf(match, applyMiddlewares(world, rule.middlewares, match.path) ?? rule.rewrite);
        if (mapping === null || endpoints.length >= endpointsMax) continue;
        const endpoint: FoundEndpoint = {
          url: `${originOf(place.scheme, place.host, place.port)}${trimmed(mapping.publicPath)}`,
          reach: "public",
          paths: [mapping],
          requiredHeaders: match.headers,
          address: place.address,
          via: keyOf(world, route),
          problem: match.narrowed ? "The route matches on query parameters or patterns of headers as well." : null,
        };
        endpoints.push(override === undefined ? endpoint : overrideOrigin(endpoint, override));
      }
    }
  }
  return endpoints;
}

function missingGateway(world: WorldIndex, route: HostRouteObservation): string | null {
  const missing = route.gateways.find((name) => !world.istioGateways.has(name));
  return missing === undefined ? null : `Gateway ${missing} does not exist.`;
}

/** Traefik refuses Services of another namespace unless its command line allows them, which nobody can see from here. */
function crossing(route: HostRouteObservation, rule: HostRule): string | null {
  if (route.kind !== "IngressRoute") return null;
  const other = rule.backends.find((backend) => backend.namespace !== route.namespace);
  return other === undefined
    ? null
    : `${other.kind} ${nameOf(other.namespace, other.name)} lies in another namespace: Traefik serves it only where allowCrossNamespace is set.`;
}

/** What one route with hosts of its own exposes, rule by rule. */
export function exposeHostRoute(world: WorldIndex, route: HostRouteObservation): readonly Exposure[] {
  return route.rules
    .filter((rule) => !rule.redirects && rule.backends.length > 0)
    .map((rule): Exposure => {
      const { backends, problem } = resolveBackends(world, route, rule.backends);
      return {
        route,
        backends,
        endpoints: route.internal || route.problem !== null ? [] : endpointsOf(world, route, rule),
        problem: route.problem ?? missingGateway(world, route) ?? problem ?? crossing(route, rule),
        mirrors: resolveBackends(world, route, rule.mirrors).backends.map(({ service }) => service),
      };
    })
    .filter((exposure) => exposure.backends.length > 0);
}
