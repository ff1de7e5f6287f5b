import type { PinnedAddress } from "../../model/index.ts";
import type {
  GatewayObservation,
  HttpRouteObservation,
  Listener,
  ParentReference,
  RouteRule,
} from "../../sources/index.ts";
import { annotation } from "../annotations.ts";
import type { FoundEndpoint } from "../assemble-api.ts";
import type { WorldIndex } from "../world-index.ts";
import { isSelected, nameOf } from "../world-index.ts";
import { endpointsMax, intersectHosts, keyOf, mappingOf, originOf, overrideOrigin, trimmed } from "./exposure.ts";
import type { Exposure } from "./exposure.ts";
import { kongRewrite } from "./kong.ts";
import { resolveBackends } from "./resolve-backends.ts";

/** Whether a listener, or a Gateway's word on ListenerSets, admits a namespace; `home` is where it lies itself. */
function admits(
  world: WorldIndex,
  home: string,
  listener: Pick<Listener, "from" | "selector">,
  namespace: string,
): boolean {
  switch (listener.from) {
    case "All":
      return true;
    case "Same":
      return home === namespace;
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
    left.kind === right.kind &&
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
      ? { accepted: false, problem: `${parent.kind} ${parent.name} has not accepted it yet.` }
      : { accepted: true, problem: null };
  }
  const find = (type: string) =>
    own.flatMap((status) => status.conditions).find((condition) => condition.type === type);
  const accepted = find("Accepted");
  if (accepted === undefined || !accepted.fresh)
    return { accepted: false, problem: `${parent.kind} ${parent.name} has not accepted its present form yet.` };
  if (accepted.status !== "True")
    return {
      accepted: false,
      problem: `${parent.kind} ${parent.name} does not accept it: ${accepted.message || accepted.reason}.`,
    };
  const resolved = find("ResolvedRefs");
  if (resolved?.status === "False")
    return { accepted: false, problem: `A reference of it is broken: ${resolved.message || resolved.reason}.` };
  return { accepted: true, problem: null };
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
    .map((host) => ({ origin: originOf(scheme, host, listener.port), host, address: pin(host) }));
  if (route.hostnames.length > 0 || listener.hostname !== null) return named;
  return gateway.addresses.map((host) => ({
    origin: originOf(scheme, host, listener.port),
    host: null,
    address: pin(null),
  }));
}

type Place = { readonly gateway: GatewayObservation; readonly listener: Listener; readonly down: string | null };

/** Where the listeners of a parent are: its own, or those of a set that its Gateway admits. */
function parentListeners(world: WorldIndex, parent: ParentReference): readonly (Place & { readonly home: string })[] {
  if (parent.kind === "Gateway") {
    const gateway = world.gateways.get(nameOf(parent.namespace, parent.name));
    if (gateway === undefined) return [];
    const isDown = gateway.programmed === false ? `Gateway ${gateway.name} is not programmed.` : null;
    return gateway.listeners.map((listener) => ({ gateway, listener, down: isDown, home: gateway.namespace }));
  }
  const set = world.listenerSets.get(nameOf(parent.namespace, parent.name));
  const gateway = set === undefined ? undefined : world.gateways.get(nameOf(set.gateway.namespace, set.gateway.name));
  if (set === undefined || gateway === undefined) return [];
  if (!admits(world, gateway.namespace, gateway.admitsSets, set.namespace)) return [];
  const down =
    gateway.programmed === false
      ? `Gateway ${gateway.name} is not programmed.`
      : set.programmed === false
        ? `ListenerSet ${set.name} is not programmed.`
        : null;
  return set.listeners.map((listener) => ({ gateway, listener, down, home: set.namespace }));
}

function listenersOf(world: WorldIndex, route: HttpRouteObservation, parent: ParentReference): readonly Place[] {
  return parentListeners(world, parent)
    .filter(({ listener }) => listener.protocol === "HTTP" || listener.protocol === "HTTPS")
    .filter(({ listener }) => parent.sectionName === null || listener.name === parent.sectionName)
    .filter(({ listener }) => parent.port === null || listener.port === parent.port)
    .filter(({ listener, home }) => admits(world, home, listener, route.namespace));
}

/** `gatebook.dev/public-url` on a Gateway: scheme and port as they are from outside; a host that a route names stays. */
function overrideGateway(gateway: GatewayObservation, endpoint: FoundEndpoint, named: boolean): FoundEndpoint {
  const override = annotation(gateway.annotations, "public-url");
  if (override === undefined || !URL.canParse(override)) return endpoint;
  if (!named) return overrideOrigin(endpoint, override);
  const outside = new URL(override);
  outside.hostname = new URL(endpoint.url).hostname;
  return overrideOrigin(endpoint, outside.origin);
}

function ruleEndpoints(
  world: WorldIndex,
  route: HttpRouteObservation,
  rule: RouteRule,
): { readonly endpoints: FoundEndpoint[]; readonly problem: string | null } {
  const endpoints: FoundEndpoint[] = [];
  const own = annotation(route.annotations, "public-url");
  const rewrite = rule.rewrite ?? kongRewrite(route);
  let problem: string | null = null;
  for (const parent of route.parents) {
    const verdict = parentProblem(world, route, parent);
    problem ??= verdict.problem;
    if (!verdict.accepted) continue;
    for (const { gateway, listener, down } of listenersOf(world, route, parent)) {
      const notProgrammed =
        listener.programmed === false ? `Listener ${listener.name} of ${gateway.name} is not programmed.` : down;
      if (notProgrammed !== null) {
        problem ??= notProgrammed;
        continue;
      }
      for (const place of placesOf(gateway, listener, route)) {
        for (const match of rule.matches) {
          const mapping = mappingOf(match, rewrite);
          if (mapping === null || endpoints.length >= endpointsMax) continue;
          const narrowed = match.narrowed
            ? "The route matches on query parameters or patterns of headers as well."
            : null;
          const endpoint: FoundEndpoint = {
            // gRPC has no URL with a path: callers are given the host and the port.
            url: route.protocol === "grpc" ? place.origin : `${place.origin}${trimmed(mapping.publicPath)}`,
            reach: "public",
            paths: [mapping],
            requiredHeaders: match.headers,
            address: place.address,
            via: keyOf(world, route),
            problem: narrowed,
          };
          const outside = overrideGateway(gateway, endpoint, place.host !== null);
          endpoints.push(own === undefined ? outside : overrideOrigin(outside, own));
        }
      }
    }
  }
  return { endpoints, problem };
}

/** What one HTTPRoute, GRPCRoute or AIGatewayRoute exposes, rule by rule. */
export function exposeHttpRoute(world: WorldIndex, route: HttpRouteObservation): readonly Exposure[] {
  return route.rules
    .filter((rule) => !rule.redirects && rule.backends.length > 0)
    .map((rule): Exposure => {
      const { backends, problem } = resolveBackends(world, route, rule.backends);
      const served = ruleEndpoints(world, route, rule);
      return {
        route,
        backends,
        endpoints: served.endpoints,
        problem: problem ?? served.problem,
        mirrors: resolveBackends(world, route, rule.mirrors).backends.map(({ service }) => service),
      };
    })
    .filter((exposure) => exposure.backends.length > 0);
}
