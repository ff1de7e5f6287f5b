import type { WorldIndex } from "../world-index.ts";
import type { Exposure } from "./exposure.ts";
import { exposeHttpRoute } from "./gateway-routes.ts";
import { exposeHostRoute } from "./host-routes.ts";
import { exposeIngresses } from "./ingress-routes.ts";

/** Everything that routes of every kind expose. */
export function exposeRoutes(world: WorldIndex): readonly Exposure[] {
  return [
    ...world.httpRoutes.flatMap((route) => exposeHttpRoute(world, route)),
    ...exposeIngresses(world),
    ...world.hostRoutes.flatMap((route) => exposeHostRoute(world, route)),
  ];
}
