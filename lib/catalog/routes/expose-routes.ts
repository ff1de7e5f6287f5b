import { annotation } from "../annotations.ts";
import type { FoundEndpoint } from "../assemble-api.ts";
import type { Look } from "../look.ts";
import { groupBy } from "../group-by.ts";
import { nameOf } from "../names.ts";
import type { WorldIndex } from "../world-index.ts";
import type { Exposure, Route } from "./exposure.ts";
import { exposeHttpRoute } from "./gateway-routes.ts";
import { exposeHostRoute } from "./host-routes.ts";
import { exposeIngress, isCanary } from "./ingress-routes.ts";
import { overrideUrl } from "./override-url.ts";
import { withEndpoints, withShadows } from "./shadows.ts";

/** HTTPRoutes that an AIGatewayRoute made of itself say what it says already. */
function isMade(route: WorldIndex["httpRoutes"][number], makers: ReadonlySet<string>): boolean {
  return route.owners.some(({ kind, name }) => kind === "AIGatewayRoute" && makers.has(`${route.namespace}/${name}`));
}

/** Everything that routes of every kind expose; what narrower matches take away from wider ones is marked. */
export function exposeRoutes(world: WorldIndex, look: Look): readonly Exposure[] {
  const makers = new Set(
    world.httpRoutes
      .filter(({ kind }) => kind === "AIGatewayRoute")
      .map(({ namespace, name }) => nameOf(namespace, name)),
  );
  const expose = (route: Route, inputs: readonly unknown[], make: () => readonly Exposure[]): readonly Exposure[] =>
    annotation(route.annotations, "ignore") === "true" ? [] : look.recall("route", route, inputs, make);
  const canaries = groupBy(world.ingresses.filter(isCanary), ({ namespace }) => namespace);
  const exposures = [
    ...world.httpRoutes
      .filter((route) => !isMade(route, makers))
      .flatMap((route) => expose(route, [], () => exposeHttpRoute(world, route))),
    ...world.ingresses.flatMap((route) => {
      const beside = canaries.get(route.namespace) ?? [];
      return expose(route, beside, () => exposeIngress(world, route, beside));
    }),
    ...world.hostRoutes.flatMap((route) => expose(route, [], () => exposeHostRoute(world, route))),
  ];
  // What takes paths away from what is decided at the gateway, before anybody in front of it changes their URLs.
  return withShadows(exposures).map((exposure) => withEndpoints(exposure, exposure.endpoints.map(behindFronts)));
}

/** The endpoint as it is from outside of everything that stands in front of its gateway. */
function behindFronts(endpoint: FoundEndpoint): FoundEndpoint {
  if (endpoint.fronts === undefined) return endpoint;
  const known = outside.get(endpoint);
  if (known !== undefined) return known;
  const { fronts, ...inner } = endpoint;
  const made = fronts.reduce<FoundEndpoint>((own, { url, keepsHost }) => overrideUrl(own, url, keepsHost), inner);
  outside.set(endpoint, made);
  return made;
}

const outside = new WeakMap<FoundEndpoint, FoundEndpoint>();
