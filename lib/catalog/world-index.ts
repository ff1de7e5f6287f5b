import type { KindList } from "../kube/index.ts";
import { formatKind } from "../kube/index.ts";
import * as kinds from "../sources/index.ts";
import type {
  ApiDescriptionObservation,
  AutoscalerObservation,
  BackendAliasObservation,
  BentoObservation,
  DestinationRuleObservation,
  DomainMappingObservation,
  EndpointSliceObservation,
  ExperimentObservation,
  FunctionEventObservation,
  GatewayObservation,
  HostRouteObservation,
  HttpRouteObservation,
  InferencePoolObservation,
  IngressObservation,
  IstioGatewayObservation,
  KnativeRevisionObservation,
  KongPluginObservation,
  ListenerSetObservation,
  MiddlewareObservation,
  ModelServerObservation,
  NamespaceObservation,
  NetworkPolicyObservation,
  Observed,
  PodObservation,
  PooledModelObservation,
  ProjectObservation,
  ReferenceGrantObservation,
  ResourceObservation,
  ServiceObservation,
  ServingRuntimeObservation,
  Source,
  TraefikServiceObservation,
  WorkloadObservation,
} from "../sources/index.ts";
import { describeObject, emptyPlan, planDescriptions } from "./describe-objects.ts";
import type { DescriptionPlan } from "./describe-objects.ts";
import { findFronts, findTraefik } from "./gateway-fronts.ts";
import { nameOf, resourceName, serviceName } from "./names.ts";
import { observeList } from "./observe-list.ts";
import { indexByLabels } from "./select-by-labels.ts";
import type { LabelIndex } from "./select-by-labels.ts";

type ByName<Observation> = ReadonlyMap<string, Observation>;

/** All observations, findable. Names are as `nameOf` writes them. */
export type WorldIndex = {
  readonly cluster: string;
  readonly confirming: boolean;
  /** Services by `serviceName`, and InferencePools in the shape of one: what routes lead to. */
  readonly services: ByName<ServiceObservation>;
  readonly servicesByLabel: LabelIndex<ServiceObservation>;
  readonly slices: ByName<readonly EndpointSliceObservation[]>;
  readonly pods: ByName<PodObservation>;
  readonly podsByLabel: LabelIndex<PodObservation>;
  /** Deployments, StatefulSets and lone ReplicaSets, by `resourceName`. */
  readonly workloads: ByName<WorkloadObservation>;
  /** By the labels of their pods. */
  readonly workloadsByLabel: LabelIndex<WorkloadObservation>;
  readonly revisions: ByName<KnativeRevisionObservation>;
  readonly namespaces: ByName<NamespaceObservation>;
  /** By the namespace that they lie in. */
  readonly grants: ByName<readonly ReferenceGrantObservation[]>;
  readonly gateways: ByName<GatewayObservation>;
  readonly listenerSets: ByName<ListenerSetObservation>;
  /** What hangs on Gateways: HTTPRoutes, GRPCRoutes, AIGatewayRoutes. */
  readonly httpRoutes: readonly HttpRouteObservation[];
  readonly ingresses: readonly IngressObservation[];
  /** Hosts for which an Ingress ends TLS, with one that does. */
  readonly tlsHosts: ByName<IngressObservation>;
  readonly hostRoutes: readonly HostRouteObservation[];
  /** Those of them that may delegate to each other. */
  readonly virtualServices: ByName<HostRouteObservation>;
  readonly istioGateways: ByName<IstioGatewayObservation>;
  /** The Service in front of each of them, where there is one. */
  readonly fronts: ByName<ServiceObservation>;
  /** Traefik's own Service. */
  readonly traefik: ServiceObservation | null;
  /** By the Service, "namespace/name", that they speak of. */
  readonly destinationRules: ByName<readonly DestinationRuleObservation[]>;
  readonly middlewares: ByName<MiddlewareObservation>;
  readonly traefikServices: ByName<TraefikServiceObservation>;
  /** Kong's plugins; those of the cluster have an empty namespace. */
  readonly plugins: ByName<KongPluginObservation>;
  /** By `resourceName`. */
  readonly aliases: ByName<BackendAliasObservation>;
  readonly domainMappings: readonly DomainMappingObservation[];
  /** By "namespace/name"; those of the cluster have an empty namespace. */
  readonly runtimes: ByName<ServingRuntimeObservation>;
  readonly pools: ByName<InferencePoolObservation>;
  readonly pooledModels: readonly PooledModelObservation[];
  /** Model resources of every kind, by `resourceName`. */
  readonly resources: ByName<ResourceObservation>;
  readonly experiments: readonly ExperimentObservation[];
  readonly modelServers: ByName<ModelServerObservation>;
  /** By the tag that BentoDeployments name, with ":" and with "-". */
  readonly bentos: ByName<BentoObservation>;
  readonly projects: ByName<ProjectObservation>;
  readonly functionEvents: ByName<readonly FunctionEventObservation[]>;
  /** By the `resourceName` of what they scale. */
  readonly autoscalers: ByName<readonly AutoscalerObservation[]>;
  readonly networkPolicies: ByName<readonly NetworkPolicyObservation[]>;
  readonly apiDescriptions: readonly ApiDescriptionObservation[];
  /** What of them is laid over the objects already. */
  readonly plan: DescriptionPlan;
  /** True where EndpointSlices are known to be complete; manifests have none to tell. */
  readonly knowsEndpoints: boolean;
};

function byName<Observation extends Observed>(observations: readonly Observation[]): ByName<Observation> {
  return new Map(observations.map((observation) => [nameOf(observation.namespace, observation.name), observation]));
}

function byResourceName<Observation extends Observed>(observations: readonly Observation[]): ByName<Observation> {
  return new Map(observations.map((observation) => [resourceName(observation), observation]));
}

/** Observations by a key, in their order. */
export function groupBy<Observation>(
  observations: readonly Observation[],
  keyOf: (observation: Observation) => string,
): ByName<readonly Observation[]> {
  const groups = new Map<string, Observation[]>();
  for (const observation of observations) {
    const key = keyOf(observation);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [observation]);
    else group.push(observation);
  }
  return groups;
}

const poolServices = new WeakMap<InferencePoolObservation, ServiceObservation>();

/** A pool in the shape of a Service without an address of its own: its pods are known by its selector. */
function asService(pool: InferencePoolObservation): ServiceObservation {
  const known = poolServices.get(pool);
  if (known !== undefined) return known;
  const service: ServiceObservation = {
    ...pool,
    type: "InferencePool",
    selector: pool.selector,
    clusterIp: null,
    headless: false,
    loadBalancer: [],
    ports: pool.ports.map((port) => ({ name: "http", port, targetPort: port, appProtocol: "http", protocol: "TCP" })),
  };
  poolServices.set(pool, service);
  return service;
}

function bentosByTag(bentos: readonly BentoObservation[]): ByName<BentoObservation> {
  return new Map(
    bentos.flatMap((bento) => [
      [nameOf(bento.namespace, bento.name), bento],
      [nameOf(bento.namespace, bento.tag), bento],
      [nameOf(bento.namespace, bento.tag.replace(":", "-")), bento],
    ]),
  );
}

const resourceSources = [
  kinds.inferenceServiceSource,
  kinds.llmInferenceServiceSource,
  kinds.inferenceGraphSource,
  kinds.trainedModelSource,
  kinds.seldonDeploymentSource,
  kinds.seldonModelSource,
  kinds.seldonPipelineSource,
  kinds.bentoDeploymentSource,
  kinds.nuclioFunctionSource,
  kinds.rayServiceSource,
  kinds.nimServiceSource,
  kinds.kaitoWorkspaceSource,
  kinds.knativeServiceSource,
  kinds.cronJobSource,
  kinds.jobSource,
];
const workloadSources = [kinds.deploymentSource, kinds.statefulSetSource, kinds.replicaSetSource];
const routeSources = [kinds.httpRouteSource, kinds.grpcRouteSource, kinds.aiGatewayRouteSource];
const hostRouteSources = [
  kinds.openshiftRouteSource,
  kinds.virtualServiceSource,
  kinds.ingressRouteSource,
  kinds.nuclioApiGatewaySource,
];

/** Reads every list once and files what the objects say, and what ApiDescriptions say of them. */
export function indexWorld(cluster: string, confirming: boolean, lists: readonly KindList[]): WorldIndex {
  const readBare = <Observation extends Observed>(source: Source<Observation>): readonly Observation[] =>
    observeList(lists, source);
  const apiDescriptions = readBare(kinds.apiDescriptionSource);
  const plan =
    apiDescriptions.length === 0
      ? emptyPlan
      : planDescriptions(
          apiDescriptions,
          [
            ...readBare(kinds.serviceSource),
            ...workloadSources.flatMap(readBare),
            ...resourceSources.flatMap(readBare),
            ...routeSources.flatMap(readBare),
            ...hostRouteSources.flatMap(readBare),
            ...readBare(kinds.ingressSource),
          ],
          readBare(kinds.referenceGrantSource),
        );
  const read = <Observation extends Observed>(source: Source<Observation>): readonly Observation[] => {
    const bare = readBare(source);
    return plan.byTarget.size === 0 ? bare : bare.map((observation) => describeObject(plan, observation));
  };
  const pods = read(kinds.podSource);
  const workloads = workloadSources.flatMap(read);
  const sliceList = lists.find((list) => formatKind(list.ref) === formatKind(kinds.endpointSliceSource.kind));
  const slices = read(kinds.endpointSliceSource);
  const pools = [...read(kinds.experimentalInferencePoolSource), ...read(kinds.inferencePoolSource)];
  const services = [...read(kinds.serviceSource), ...[...byName(pools).values()].map(asService)];
  const resources = resourceSources.flatMap(read);
  const ingresses = read(kinds.ingressSource);
  const hostRoutes = hostRouteSources.flatMap(read);
  const istioGateways = read(kinds.istioGatewaySource);
  return {
    cluster,
    confirming,
    services: new Map(services.map((service) => [serviceName(service), service])),
    servicesByLabel: indexByLabels(services, (service) => service.labels),
    slices: groupBy(slices, (slice) => nameOf(slice.namespace, slice.service)),
    pods: byName(pods),
    podsByLabel: indexByLabels(pods, (pod) => pod.labels),
    workloads: byResourceName(workloads),
    workloadsByLabel: indexByLabels(workloads, (workload) => workload.podLabels),
    revisions: byName(read(kinds.knativeRevisionSource)),
    namespaces: new Map(read(kinds.namespaceSource).map((namespace) => [namespace.name, namespace])),
    grants: groupBy(read(kinds.referenceGrantSource), (grant) => grant.namespace),
    gateways: byName(read(kinds.gatewaySource)),
    listenerSets: byName(read(kinds.listenerSetSource)),
    httpRoutes: routeSources.flatMap(read),
    ingresses,
    tlsHosts: new Map(ingresses.flatMap((ingress) => ingress.tlsHosts.map((host) => [host, ingress]))),
    hostRoutes,
    virtualServices: byName(hostRoutes.filter(({ kind }) => kind === "VirtualService")),
    istioGateways: byName(istioGateways),
    fronts: findFronts(istioGateways, services),
    traefik: findTraefik(services),
    destinationRules: groupBy(read(kinds.destinationRuleSource), (rule) => rule.host),
    middlewares: byName(read(kinds.traefikMiddlewareSource)),
    traefikServices: byName(read(kinds.traefikServiceSource)),
    plugins: byName([...read(kinds.kongClusterPluginSource), ...read(kinds.kongPluginSource)]),
    aliases: byResourceName([...read(kinds.aiServiceBackendSource), ...read(kinds.envoyBackendSource)]),
    domainMappings: read(kinds.domainMappingSource),
    runtimes: byName([...read(kinds.servingRuntimeSource), ...read(kinds.clusterServingRuntimeSource)]),
    pools: byName(pools),
    pooledModels: [
      ...read(kinds.inferenceModelSource),
      ...read(kinds.inferenceObjectiveSource),
      ...read(kinds.inferenceModelRewriteSource),
      ...read(kinds.llmdInferenceObjectiveSource),
      ...read(kinds.llmdInferenceModelRewriteSource),
    ],
    resources: byResourceName(resources),
    experiments: read(kinds.seldonExperimentSource),
    modelServers: byName(read(kinds.seldonServerSource)),
    bentos: bentosByTag(read(kinds.bentoSource)),
    projects: byName(read(kinds.nuclioProjectSource)),
    functionEvents: groupBy(read(kinds.nuclioFunctionEventSource), (event) =>
      nameOf(event.namespace, event.functionName),
    ),
    autoscalers: groupBy(read(kinds.horizontalPodAutoscalerSource), ({ targetKind, namespace, target }) =>
      resourceName({ kind: targetKind, namespace, name: target }),
    ),
    networkPolicies: groupBy(read(kinds.networkPolicySource), (policy) => policy.namespace),
    apiDescriptions,
    plan,
    knowsEndpoints: sliceList?.state().kind === "synced" && (confirming || slices.length > 0),
  };
}
