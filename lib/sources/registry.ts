import type { KindRef } from "../kube/index.ts";
import { apiDescriptionSource } from "./api-description.ts";
import { aiGatewayRouteSource } from "./ai-gateway-route.ts";
import { aiServiceBackendSource } from "./ai-service-backend.ts";
import { bentoDeploymentSource } from "./bento-deployment.ts";
import { clusterServingRuntimeSource } from "./cluster-serving-runtime.ts";
import { cronJobSource } from "./cron-job.ts";
import { deploymentSource } from "./deployment.ts";
import { destinationRuleSource } from "./destination-rule.ts";
import { domainMappingSource } from "./domain-mapping.ts";
import { endpointSliceSource } from "./endpoint-slice.ts";
import { envoyBackendSource } from "./envoy-backend.ts";
import { experimentalInferencePoolSource } from "./experimental-inference-pool.ts";
import { gatewaySource } from "./gateway.ts";
import { grpcRouteSource } from "./grpc-route.ts";
import { horizontalPodAutoscalerSource } from "./horizontal-pod-autoscaler.ts";
import { httpRouteSource } from "./http-route.ts";
import { inferenceGraphSource } from "./inference-graph.ts";
import { inferenceModelSource } from "./inference-model.ts";
import { inferenceObjectiveSource } from "./inference-objective.ts";
import { inferencePoolSource } from "./inference-pool.ts";
import { inferenceServiceSource } from "./inference-service.ts";
import { ingressSource } from "./ingress.ts";
import { ingressRouteSource } from "./ingress-route.ts";
import { istioGatewaySource } from "./istio-gateway.ts";
import { jobSource } from "./job.ts";
import { kaitoWorkspaceSource } from "./kaito-workspace.ts";
import { knativeRevisionSource } from "./knative-revision.ts";
import { knativeServiceSource } from "./knative-service.ts";
import { listenerSetSource } from "./listener-set.ts";
import { llmInferenceServiceSource } from "./llm-inference-service.ts";
import { namespaceSource } from "./namespace.ts";
import { networkPolicySource } from "./network-policy.ts";
import { nimServiceSource } from "./nim-service.ts";
import { nuclioApiGatewaySource } from "./nuclio-api-gateway.ts";
import { nuclioFunctionSource } from "./nuclio-function.ts";
import { nuclioFunctionEventSource } from "./nuclio-function-event.ts";
import { openshiftRouteSource } from "./openshift-route.ts";
import { podSource } from "./pod.ts";
import { rayServiceSource } from "./ray-service.ts";
import { referenceGrantSource } from "./reference-grant.ts";
import { seldonDeploymentSource } from "./seldon-deployment.ts";
import { seldonExperimentSource } from "./seldon-experiment.ts";
import { seldonModelSource } from "./seldon-model.ts";
import { seldonPipelineSource } from "./seldon-pipeline.ts";
import { serviceSource } from "./service.ts";
import { servingRuntimeSource } from "./serving-runtime.ts";
import { traefikMiddlewareSource } from "./traefik-middleware.ts";
import { traefikServiceSource } from "./traefik-service.ts";
import { trainedModelSource } from "./trained-model.ts";
import { seldonServerSource } from "./seldon-server.ts";
import { bentoSource } from "./bento.ts";
import { nuclioProjectSource } from "./nuclio-project.ts";
import { kongPluginSource } from "./kong-plugin.ts";
import { kongClusterPluginSource } from "./kong-cluster-plugin.ts";
import { statefulSetSource } from "./stateful-set.ts";
import { replicaSetSource } from "./replica-set.ts";
import { llmdInferenceObjectiveSource } from "./llmd-inference-objective.ts";
import { inferenceModelRewriteSource } from "./inference-model-rewrite.ts";
import { llmdInferenceModelRewriteSource } from "./llmd-inference-model-rewrite.ts";
import { virtualServiceSource } from "./virtual-service.ts";

/** Every source. A kind that is not here is not watched. */
export const sources = [
  apiDescriptionSource,
  serviceSource,
  ingressSource,
  gatewaySource,
  listenerSetSource,
  httpRouteSource,
  grpcRouteSource,
  referenceGrantSource,
  openshiftRouteSource,
  virtualServiceSource,
  istioGatewaySource,
  destinationRuleSource,
  ingressRouteSource,
  traefikMiddlewareSource,
  traefikServiceSource,
  kongPluginSource,
  kongClusterPluginSource,
  aiGatewayRouteSource,
  aiServiceBackendSource,
  envoyBackendSource,
  inferencePoolSource,
  experimentalInferencePoolSource,
  inferenceModelSource,
  inferenceObjectiveSource,
  inferenceModelRewriteSource,
  llmdInferenceObjectiveSource,
  llmdInferenceModelRewriteSource,
  inferenceServiceSource,
  inferenceGraphSource,
  llmInferenceServiceSource,
  trainedModelSource,
  servingRuntimeSource,
  clusterServingRuntimeSource,
  seldonDeploymentSource,
  seldonModelSource,
  seldonPipelineSource,
  seldonExperimentSource,
  seldonServerSource,
  bentoDeploymentSource,
  bentoSource,
  nuclioFunctionSource,
  nuclioApiGatewaySource,
  nuclioFunctionEventSource,
  nuclioProjectSource,
  rayServiceSource,
  nimServiceSource,
  kaitoWorkspaceSource,
  knativeServiceSource,
  knativeRevisionSource,
  domainMappingSource,
  jobSource,
  cronJobSource,
  deploymentSource,
  statefulSetSource,
  replicaSetSource,
  podSource,
  endpointSliceSource,
  horizontalPodAutoscalerSource,
  networkPolicySource,
  namespaceSource,
] as const;

/** The kinds that a reader must be opened with. */
export const watchedKinds: readonly KindRef[] = sources.map((source) => source.kind);
