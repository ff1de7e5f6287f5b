import type { KindRef } from "../kube/index.ts";
import { headerMatchesOf, routeOf } from "./gateway-route.ts";
import type { HttpRouteObservation, RouteMatch } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, textOf } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "gateway.networking.k8s.io",
  kind: "GRPCRoute",
  plural: "grpcroutes",
  versions: ["v1"],
  namespaced: true,
};

/** A gRPC method is a path, "/package.Service/Method"; a service alone is a prefix, a pattern is none. */
function grpcMatchOf(raw: unknown): RouteMatch {
  const match = fieldsOf(raw);
  const method = fieldsOf(match["method"]);
  const service = textOf(method["service"]);
  const name = textOf(method["method"]);
  const isPattern = method["type"] === "RegularExpression";
  return {
    type: isPattern ? "regex" : service !== null && name !== null ? "exact" : "prefix",
    path: isPattern
      ? `/${service ?? ".*"}/${name ?? ".*"}`
      : service === null
        ? "/"
        : name === null
          ? `/${service}`
          : `/${service}/${name}`,
    methods: ["POST"],
    headers: headerMatchesOf(match["headers"]),
    narrowedBy: service === null && name !== null ? `It is for the method ${name} of any service.` : null,
  };
}

/**
 * @source grpc-route
 * @kind gateway.networking.k8s.io/v1 GRPCRoute
 */
export const grpcRouteSource: Source<HttpRouteObservation> = {
  kind,
  reads: "parentRefs, hostnames, rules with service, method and header matches, backendRefs; status.parents",
  limits: "as HTTPRoute. There is no OpenAPI of gRPC: the services that it names are told.",
  observe: (object) => ({ ...observedOf(kind, object), protocol: "grpc", ...routeOf(object, grpcMatchOf) }),
};
