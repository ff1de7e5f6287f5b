import type { ModelFact, PinnedAddress } from "../../model/index.ts";
import type { HttpRouteObservation, RouteMatch, RouteRule } from "../../sources/index.ts";
import { isClusterHost } from "../../sources/index.ts";
import { publicUrlOf } from "../annotations.ts";
import type { WorldIndex } from "../world-index.ts";
import { buildEndpoints } from "./build-endpoints.ts";
import type { Built, Place } from "./build-endpoints.ts";
import { intersectHosts } from "./exposure.ts";
import type { Exposure } from "./exposure.ts";
import { judgeParent, listenersOf } from "./gateway-parents.ts";
import type { ListenerPlace } from "./gateway-parents.ts";
import { kongMatch, kongPlugins, kongRewrite } from "./kong.ts";
import { judgeBackends, resolveBackends } from "./resolve-backends.ts";
import { applyMiddlewares, judgeMiddlewares } from "./traefik-middlewares.ts";

/** True for a name of the cluster, and for the short form of one that stands beside it, as Knative writes them. */
function isOfCluster(host: string, names: ReadonlySet<string>): boolean {
  return isClusterHost(host) || names.has(`${host}.svc`) || names.has(`${host}.svc.cluster.local`);
}

/** Hosts under which one listener serves the route, each with the address to reach it; or why there is none. */
function placesOf(
  { gateway, listener }: ListenerPlace,
  route: HttpRouteObservation,
): { readonly places: readonly Place[]; readonly problem: string | null } {
  const [address] = gateway.addresses;
  const scheme = listener.protocol === "HTTPS" ? "https" : "http";
  const outside = publicUrlOf(gateway.annotations).url;
  const at = (host: string, header: string | null, isNamed: boolean): Place => {
    const pinned: PinnedAddress | null =
      address === undefined ? null : { scheme, host: address, port: listener.port, hostHeader: header };
    return { scheme, host, port: listener.port, address: pinned, outside, isNamed };
  };
  if (route.hostnames.length > 0 || listener.hostname !== null) {
    const met =
      route.hostnames.length === 0
        ? [listener.hostname ?? ""]
        : route.hostnames.flatMap((host) => intersectHosts(listener.hostname, host) ?? []);
    if (met.length === 0)
      return {
        places: [],
        problem: `None of its host names meets those of listener ${listener.name} of Gateway ${gateway.name}.`,
      };
    // Names of the cluster are for callers inside of it, who have the internal address.
    const names = new Set(route.hostnames);
    return {
      places: met.filter((host) => !isOfCluster(host, names)).map((host) => at(host, host, true)),
      problem: null,
    };
  }
  if (gateway.addresses.length > 0)
    return { places: gateway.addresses.map((host) => at(host, null, false)), problem: null };
  if (outside !== null) return { places: [at(outside.hostname, null, false)], problem: null };
  return {
    places: [],
    problem: `Neither it nor Gateway ${gateway.name} names a host, and the Gateway has no address yet.`,
  };
}

/** All places where parents serve the route, and the first reason why one does not. */
function allPlaces(
  world: WorldIndex,
  route: HttpRouteObservation,
): { readonly places: readonly Place[]; readonly problem: string | null; readonly broken: string | null } {
  const places: Place[] = [];
  let problem = route.parents.length === 0 ? "It names no Gateway and no ListenerSet as its parent." : null;
  let broken: string | null = null;
  for (const parent of route.parents) {
    const verdict = judgeParent(world, route, parent);
    if (verdict.kind === "refused") {
      problem ??= verdict.problem;
      continue;
    }
    broken ??= verdict.broken;
    const served = listenersOf(world, route, parent);
    problem ??= served.problem;
    for (const place of served.places) {
      const found = placesOf(place, route);
      problem ??= found.problem;
      places.push(...found.places);
    }
  }
  // What one parent refuses does not matter where another one serves it at the same place; it is told where nobody does.
  return { places, problem: places.length > 0 ? null : problem, broken };
}

function servicesOf(route: HttpRouteObservation, rule: RouteRule): readonly ModelFact[] {
  if (route.protocol !== "grpc") return [];
  const names = rule.matches.flatMap(({ path }) => {
    const name = /^\/([\w.]+)/.exec(path)?.[1];
    return name === undefined ? [] : [name];
  });
  return [...new Set(names)].map((value) => ({ name: "gRPC services", value }));
}

function exposeRule(
  world: WorldIndex,
  route: HttpRouteObservation,
  rule: RouteRule,
  index: number,
  served: ReturnType<typeof allPlaces>,
  isWholeElsewhere: boolean,
): Exposure {
  // A redirect answers by itself: all that counts of it is what it takes away from wider matches.
  const backends = rule.redirects ? [] : resolveBackends(world, route, rule.backends);
  const { problem, isDead } = judgeBackends(backends);
  const [first] = backends;
  const service = first === undefined ? undefined : world.services.get(first.service);
  const plugins = kongPlugins(world, [route, service]);
  const middlewares = judgeMiddlewares(world, rule.middlewares, "https");
  // What such a rule matches is answered with an error (HTTPRouteRule.backendRefs), not by a wider rule.
  const isFailing = isDead || middlewares.isMissing;
  // A broken reference is of some rule: where it is seen which one, the others are whole.
  const broken = served.broken !== null && problem === null && !isWholeElsewhere ? served.broken : null;
  const built: Built =
    broken !== null
      ? { endpoints: [], problem: null }
      : buildEndpoints(world, route, served.places, {
          matches: rule.matches.map((match) => kongMatch(route, match)),
          rewriteOf: (match: RouteMatch) =>
            rule.rewrite ?? applyMiddlewares(world, rule.middlewares, match.path) ?? kongRewrite(route, service, match),
          isGrpc: route.protocol === "grpc",
          problem: isFailing ? null : (problem ?? plugins.problem ?? middlewares.problem),
        });
  return {
    route,
    rule: index,
    backends,
    endpoints: isFailing ? [] : built.endpoints,
    failing: isFailing ? built.endpoints : [],
    problem: problem ?? broken ?? built.problem ?? served.problem ?? plugins.problem ?? middlewares.problem,
    mirrors: resolveBackends(world, route, rule.mirrors)
      .filter((mirror) => mirror.problem === null)
      .map((mirror) => mirror.service),
    isInternal: false,
    isGrpc: route.protocol === "grpc",
    facts: [...servicesOf(route, rule), ...plugins.facts],
    beside: [],
  };
}

/** What one HTTPRoute, GRPCRoute or AIGatewayRoute exposes, rule by rule. */
export function exposeHttpRoute(world: WorldIndex, route: HttpRouteObservation): readonly Exposure[] {
  const rules = route.rules.map((rule, index) => ({ rule, index }));
  // One without backends answers by itself too, with an error.
  if (rules.every(({ rule }) => rule.redirects || rule.backends.length === 0)) return [];
  const served = allPlaces(world, route);
  const problems = rules.map(({ rule }) => judgeBackends(resolveBackends(world, route, rule.backends)).problem);
  const isSeen = problems.some((problem) => problem !== null);
  return rules.map(({ rule, index }) => exposeRule(world, route, rule, index, served, isSeen));
}
