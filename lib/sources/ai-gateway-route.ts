import type { KindRef } from "../kube/index.ts";
import { matchOf, routeOf } from "./gateway-route.ts";
import type { Backend, HttpRouteObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf } from "./read-fields.ts";
import type { Condition } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "aigateway.envoyproxy.io",
  kind: "AIGatewayRoute",
  plural: "aigatewayroutes",
  versions: ["v1beta1", "v1alpha1"],
  namespaced: true,
};

/** It says whether it is accepted and no more; that its references are broken would be said in the same place. */
function statusOf(conditions: readonly Condition[]): readonly Condition[] {
  return conditions.flatMap((condition) =>
    condition.type === "Accepted" ? [condition, { ...condition, type: "ResolvedRefs" }] : [condition],
  );
}

/**
 * @source ai-gateway-route
 * @kind aigateway.envoyproxy.io/v1beta1, v1alpha1 AIGatewayRoute
 */
export const aiGatewayRouteSource: Source<HttpRouteObservation> = {
  kind,
  reads: "parentRefs, rules with header matches (x-ai-eg-model) and backendRefs; the condition Accepted",
  limits: "as HTTPRoute. Backends outside the cluster are not followed; the HTTPRoute that it makes folds into it.",
  observe(object) {
    const route = routeOf(object, matchOf);
    const conditions = conditionsOf(fieldsOf(object["status"])["conditions"], object.metadata.generation);
    const aliased = (backend: Backend): Backend =>
      backend.group === "" && backend.kind === "Service"
        ? { ...backend, group: kind.group, kind: "AIServiceBackend" }
        : backend;
    return {
      ...observedOf(kind, object),
      protocol: "http",
      ...route,
      rules: route.rules.map((rule) => ({ ...rule, backends: rule.backends.map(aliased) })),
      // Its status speaks of the whole route, which holds for each of its parents.
      statuses:
        conditions.length === 0
          ? []
          : route.parents.map((parent) => ({ ...parent, controller: kind.group, conditions: statusOf(conditions) })),
    };
  },
};
