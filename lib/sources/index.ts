/**
 * What each kind of Kubernetes object says, one file a kind: a pure function from an object to an observation.
 *
 * Promises: nothing is believed that was not checked: a field of the wrong shape counts as missing, lists are cut at the limits
 * that each source names, and no object makes a source throw. An object's observation depends on that object alone.
 * Does not: join objects, decide what is an API, or ask anything (`lib/catalog` and `lib/acquire` do).
 */
export { apiDescriptionSource } from "./api-description.ts";
export type {
  ApiDescriptionObservation,
  AutoscalerObservation,
  Backend,
  BackendAliasObservation,
  ContainerFact,
  DestinationRuleObservation,
  DomainMappingObservation,
  EndpointSliceObservation,
  ExperimentObservation,
  FunctionEventObservation,
  GatewayObservation,
  HostRouteObservation,
  HostRule,
  HttpRouteObservation,
  InferencePoolObservation,
  IngressObservation,
  IstioGatewayObservation,
  KnativeRevisionObservation,
  Listener,
  ListenerSetObservation,
  MiddlewareObservation,
  NamespaceObservation,
  NetworkPolicyObservation,
  Observed,
  ParentReference,
  ParentStatus,
  PodObservation,
  PooledModelObservation,
  ReferenceGrantObservation,
  ResourceObservation,
  ResourcePart,
  RouteMatch,
  RouteRule,
  ServiceObservation,
  ServicePort,
  WorkloadObservation,
  Rewrite,
  ProjectObservation,
  OwnUrl,
  ModelServerObservation,
  LabelSelector,
  KserveRuntime,
  KongPluginObservation,
  IngressPath,
  IngressAdmission,
  IngressPeer,
  Confirmation,
  Composition,
  BentoObservation,
  ServingRuntimeObservation,
  TraefikServiceObservation,
} from "./observation.ts";
export { aiGatewayRouteSource } from "./ai-gateway-route.ts";
export { aiServiceBackendSource } from "./ai-service-backend.ts";
export { bentoDeploymentSource } from "./bento-deployment.ts";
export { clusterServingRuntimeSource } from "./cluster-serving-runtime.ts";
export { cronJobSource } from "./cron-job.ts";
export { deploymentSource } from "./deployment.ts";
export { destinationRuleSource } from "./destination-rule.ts";
export { domainMappingSource } from "./domain-mapping.ts";
export { endpointSliceSource } from "./endpoint-slice.ts";
export { envoyBackendSource } from "./envoy-backend.ts";
export { experimentalInferencePoolSource } from "./experimental-inference-pool.ts";
export { gatewaySource } from "./gateway.ts";
export { grpcRouteSource } from "./grpc-route.ts";
export { horizontalPodAutoscalerSource } from "./horizontal-pod-autoscaler.ts";
export { httpRouteSource } from "./http-route.ts";
export { inferenceGraphSource } from "./inference-graph.ts";
export { inferenceModelSource } from "./inference-model.ts";
export { inferenceObjectiveSource } from "./inference-objective.ts";
export { inferencePoolSource } from "./inference-pool.ts";
export { inferenceServiceSource } from "./inference-service.ts";
export { ingressSource } from "./ingress.ts";
export { ingressRouteSource } from "./ingress-route.ts";
export { istioGatewaySource } from "./istio-gateway.ts";
export { jobSource } from "./job.ts";
export { kaitoWorkspaceSource } from "./kaito-workspace.ts";
export { knativeRevisionSource } from "./knative-revision.ts";
export { knativeServiceSource } from "./knative-service.ts";
export { listenerSetSource } from "./listener-set.ts";
export { llmInferenceServiceSource } from "./llm-inference-service.ts";
export { namespaceSource } from "./namespace.ts";
export { networkPolicySource } from "./network-policy.ts";
export { nimServiceSource } from "./nim-service.ts";
export { nuclioApiGatewaySource } from "./nuclio-api-gateway.ts";
export { nuclioFunctionSource } from "./nuclio-function.ts";
export { nuclioFunctionEventSource } from "./nuclio-function-event.ts";
export { openshiftRouteSource } from "./openshift-route.ts";
export { podSource } from "./pod.ts";
export { rayServiceSource } from "./ray-service.ts";
export { referenceGrantSource } from "./reference-grant.ts";
export { seldonDeploymentSource } from "./seldon-deployment.ts";
export { seldonExperimentSource } from "./seldon-experiment.ts";
export { seldonModelSource } from "./seldon-model.ts";
export { seldonPipelineSource } from "./seldon-pipeline.ts";
export { serviceSource } from "./service.ts";
export { servingRuntimeSource } from "./serving-runtime.ts";
export { traefikMiddlewareSource } from "./traefik-middleware.ts";
export { traefikServiceSource } from "./traefik-service.ts";
export { trainedModelSource } from "./trained-model.ts";
export { seldonServerSource } from "./seldon-server.ts";
export { bentoSource } from "./bento.ts";
export { nuclioProjectSource } from "./nuclio-project.ts";
export { kongPluginSource } from "./kong-plugin.ts";
export { kongClusterPluginSource } from "./kong-cluster-plugin.ts";
export { statefulSetSource } from "./stateful-set.ts";
export { replicaSetSource } from "./replica-set.ts";
export { llmdInferenceObjectiveSource } from "./llmd-inference-objective.ts";
export { inferenceModelRewriteSource } from "./inference-model-rewrite.ts";
export { llmdInferenceModelRewriteSource } from "./llmd-inference-model-rewrite.ts";
export { virtualServiceSource } from "./virtual-service.ts";
export { sources, watchedKinds } from "./registry.ts";
export { renderClusterRole } from "./render-cluster-role.ts";
export { renderSources } from "./render-sources.ts";
export { fictionProblem, isFiction } from "./kserve-url.ts";
export { isClusterHost } from "./resource-parts.ts";
export { sayCondition } from "./read-fields.ts";
export type { Source } from "./source.ts";
