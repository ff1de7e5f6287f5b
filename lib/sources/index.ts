/**
 * What each kind of Kubernetes object says, one file a kind: a pure function from an object to an observation.
 *
 * Promises: nothing is believed that was not checked: a field of the wrong shape counts as missing, lists are cut at the limits
 * that each source names, and no object makes a source throw. An object's observation depends on that object alone.
 * Does not: join objects, decide what is an API, or ask anything (`lib/catalog` and `lib/acquire` do).
 */
export { deploymentSource } from "./deployment.ts";
export { endpointSliceSource } from "./endpoint-slice.ts";
export { gatewaySource } from "./gateway.ts";
export { httpRouteSource } from "./http-route.ts";
export { inferenceServiceSource } from "./inference-service.ts";
export { ingressSource } from "./ingress.ts";
export { knativeRevisionSource } from "./knative-revision.ts";
export { namespaceSource } from "./namespace.ts";
export type {
  Backend,
  ContainerFact,
  DeploymentObservation,
  EndpointSliceObservation,
  GatewayObservation,
  HttpRouteObservation,
  InferenceServiceObservation,
  IngressObservation,
  KnativeRevisionObservation,
  Listener,
  NamespaceObservation,
  Observed,
  ParentReference,
  ParentStatus,
  PodObservation,
  ReferenceGrantObservation,
  RouteMatch,
  RouteRule,
  ServiceObservation,
  ServicePort,
} from "./observation.ts";
export { podSource } from "./pod.ts";
export { referenceGrantSource } from "./reference-grant.ts";
export { serviceSource } from "./service.ts";
export { watchedKinds } from "./registry.ts";
export type { Source } from "./source.ts";
