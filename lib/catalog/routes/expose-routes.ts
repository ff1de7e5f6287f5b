import { annotation } from "../annotations.ts";
import type { FoundEndpoint } from "../assemble-api.ts";
import type { WorldIndex } from "../world-index.ts";
import type { Exposure } from "./exposure.ts";
import { exposeHttpRoute } from "./gateway-routes.ts";
import { exposeHostRoutes } from "./host-routes.ts";
import { exposeIngresses } from "./ingress-routes.ts";
import { overrideUrl } from "./override-url.ts";
import { withShadows } from "./shadows.ts";

/** HTTPRoutes that an AIGatewayRoute made of itself say what it says already. */
function isMade(route: WorldIndex["httpRoutes"][number], makers: ReadonlySet<string>): boolean {
  return route.owners.some(({ kind, name }) => kind === "AIGatewayRoute" && makers.has(`${route.namespace}/${name}`));
}

/** Everything that routes of every kind expose; what narrower matches take away from wider ones is marked. */
export function exposeRoutes(world: WorldIndex): readonly Exposure[] {
  const makers = new Set(
    world.httpRoutes
      .filter(({ kind }) => kind === "AIGatewayRoute")
      .map(({ namespace, name }) => `${namespace}/${name}`),
  );
  const exposures = [
    ...world.httpRoutes.filter((route) => !isMade(route, makers)).flatMap((route) => exposeHttpRoute(world, route)),
    ...exposeIngresses(world),
    ...exposeHostRoutes(world),
  ];
  // What takes paths away from what is decided at the gateway, before anybody in front of it changes their URLs.
  return withShadows(exposures.filter(({ route }) => annotation(route.annotations, "ignore") !== "true")).map(
    (exposure) => ({ ...exposure, endpoints: exposure.endpoints.map(behindFronts) }),
  );
}

/** The endpoint as it is from outside of everything that stands in front of its gateway. */
function behindFronts({ fronts = [], ...endpoint }: FoundEndpoint): FoundEndpoint {
  return fronts.reduce<FoundEndpoint>((own, { url, keepsHost }) => overrideUrl(own, url, keepsHost), endpoint);
}
