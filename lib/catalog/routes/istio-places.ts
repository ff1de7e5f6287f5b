import type {
  HostRouteObservation,
  HostRule,
  IstioGatewayObservation,
  ServiceObservation,
} from "../../sources/index.ts";
import { publicUrlOf } from "../annotations.ts";
import type { WorldIndex } from "../world-index.ts";
import { nameOf } from "../names.ts";
import type { Place } from "./build-endpoints.ts";
import { intersectHosts } from "./exposure.ts";

/** Callers use the port of the Service in front; a Gateway names that one, or the one of its pods behind it. */
function outsidePort(front: ServiceObservation | null, port: number): number {
  const own =
    front?.ports.find((candidate) => candidate.port === port) ??
    front?.ports.find((candidate) => candidate.targetPort === port);
  return own?.port ?? port;
}

function gatewayPlaces(
  world: WorldIndex,
  route: HostRouteObservation,
  rule: HostRule,
  gateway: IstioGatewayObservation,
  host: string,
): readonly Place[] {
  const front = world.fronts.get(nameOf(gateway.namespace, gateway.name)) ?? null;
  const outside = publicUrlOf(gateway.annotations).url;
  const at = front?.clusterIp ?? front?.loadBalancer[0] ?? null;
  return gateway.servers
    .filter((server) => server.http && !server.redirects)
    .filter((server) => rule.scheme === null || (rule.scheme === "https") === server.tls)
    .flatMap((server) => {
      const scheme = server.tls ? "https" : "http";
      const port = outsidePort(front, server.port);
      const place = (shown: string, header: string | null): Place => ({
        scheme,
        host: shown,
        port,
        address: at === null ? null : { scheme, host: at, port, hostHeader: header },
        outside,
        isNamed: header !== null,
      });
      const met = server.hosts
        .filter(
          ({ namespace }) =>
            namespace === "*" ||
            namespace === route.namespace ||
            (namespace === "." && route.namespace === gateway.namespace),
        )
        .flatMap((pattern) => intersectHosts(pattern.host, host) ?? []);
      return [...new Set(met)].flatMap((shown) =>
        shown === "*" ? (front?.loadBalancer ?? []).map((balancer) => place(balancer, null)) : [place(shown, shown)],
      );
    });
}

/** Names that mean something inside the cluster alone; "name.namespace" is one where there is such a Service. */
function isInside(world: WorldIndex, route: HostRouteObservation, rule: HostRule, host: string): boolean {
  if (host === "*") return false;
  const [name = "", namespace = "", ...more] = host.split(".");
  if (namespace === "") return true;
  if (more[0] === "svc") return true;
  if (more.length > 0) return false;
  return (
    namespace === route.namespace ||
    world.namespaces.has(namespace) ||
    world.services.has(nameOf(namespace, name)) ||
    rule.hosts.includes(`${host}.svc`)
  );
}

/** Where Istio's Gateways serve a rule of a VirtualService, or why nowhere. */
export function istioPlaces(
  world: WorldIndex,
  route: HostRouteObservation,
  rule: HostRule,
): { readonly places: readonly Place[]; readonly problem: string | null } {
  const named = (rule.gateways ?? route.gateways).filter((name) => name !== "mesh");
  // A name that a rule gives without a namespace is one of its own.
  const missing = named.find((name) => !world.istioGateways.has(name));
  const hosts = rule.hosts.filter((host) => !isInside(world, route, rule, host));
  const places = named.flatMap((name) => {
    const gateway = world.istioGateways.get(name);
    return gateway === undefined ? [] : hosts.flatMap((host) => gatewayPlaces(world, route, rule, gateway, host));
  });
  if (places.length > 0 || hosts.length === 0 || named.length === 0) return { places, problem: null };
  return {
    places,
    problem:
      missing !== undefined
        ? world.confirming
          ? `Gateway ${missing} does not exist.`
          : `Gateway ${missing} is not among the manifests, so that its scheme and its port are not known.`
        : `No server of ${named.map((name) => `Gateway ${name}`).join(", ")} takes its hosts, or none has an address yet.`,
  };
}

/** Labels that a selector of a Gateway's pods picks: whose Service is a data plane and no API. */
export function dataPlanes(world: WorldIndex): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [gateway, front] of world.fronts)
    // A Gateway of one namespace does not hide what lies in another.
    if (gateway.startsWith(`${front.namespace}/`)) names.add(nameOf(front.namespace, front.name));
  for (const gateway of world.gateways.values())
    for (const service of world.servicesByLabel.select(gateway.namespace, {
      "gateway.networking.k8s.io/gateway-name": gateway.name,
    }))
      names.add(nameOf(service.namespace, service.name));
  return names;
}
