import type { KindRef } from "../kube/index.ts";
import { matchOf, routeOf } from "./gateway-route.ts";
import type { HttpRouteObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "gateway.networking.k8s.io",
  kind: "HTTPRoute",
  plural: "httproutes",
  versions: ["v1", "v1beta1"],
  namespaced: true,
};

/**
 * @source http-route
 * @kind gateway.networking.k8s.io/v1, v1beta1 HTTPRoute
 */
export const httpRouteSource: Source<HttpRouteObservation> = {
  kind,
  reads: "parentRefs, hostnames, rules with matches, filters and backendRefs; status.parents",
  limits: "32 parents, 64 host names, 64 rules of 64 matches. A mirror is told, never followed.",
  observe: (object) => ({ ...observedOf(kind, object), protocol: "http", ...routeOf(object, matchOf) }),
};
