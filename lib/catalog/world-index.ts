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
import { describeObjects, emptyPlan, passWords, planDescriptions } from "./describe-objects.ts";
import type { DescriptionPlan } from "./describe-objects.ts";
import { findFronts, findTraefik } from "./gateway-fronts.ts";
import { groupBy } from "./group-by.ts";
import type { Look } from "./look.ts";
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
  passWords(pool, service);
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

const all = {};

/**
 * Reads every list once and files what the objects say, and what ApiDescriptions say of them. What nothing changed in since the
 * last look is what it was.
 */
export function indexWorld(cluster: string, confirming: boolean, lists: readonly KindList[], look: Look): WorldIndex {
  const keep = <Value>(role: string, inputs: readonly unknown[], make: () => Value): Value =>
    look.recall(`index ${role}`, all, inputs, make);
  const readBare = <Observation extends Observed>(source: Source<Observation>): readonly Observation[] =>
    observeList(lists, source);
  const apiDescriptions = readBare(kinds.apiDescriptionSource);
  const plan =
    apiDescriptions.length === 0
      ? emptyPlan
      : planDescriptions(
          apiDescriptions,
          [
            kinds.serviceSource,
            ...workloadSources,
            ...resourceSources,
            ...routeSources,
            ...hostRouteSources,
            kinds.ingressSource,
          ].map((source): readonly Observed[] => readBare<Observed>(source)),
          readBare(kinds.referenceGrantSource),
        );
  const read = <Observation extends Observed>(source: Source<Observation>): readonly Observation[] => {
    const bare = readBare(source);
    return keep(formatKind(source.kind), [bare, plan], () => describeObjects(plan, bare));
  };
  const join = <Observation extends Observed>(
    role: string,
    ...joined: readonly Source<Observation>[]
  ): readonly Observation[] => {
    const parts = joined.map((source) => read(source));
    return keep(role, parts, () => parts.flat());
  };
  const file = <Observation extends Observed, Filed>(
    role: string,
    observations: readonly Observation[],
    how: (observations: readonly Observation[]) => Filed,
  ): Filed => keep(role, [observations], () => how(observations));
  const named = <Observation extends Observed>(source: Source<Observation>): ByName<Observation> =>
    file(`named ${formatKind(source.kind)}`, read(source), byName);
  const pods = read(kinds.podSource);
  const workloads = join<WorkloadObservation>("workloads", ...workloadSources);
  const sliceList = lists.find((list) => formatKind(list.ref) === formatKind(kinds.endpointSliceSource.kind));
  const slices = read(kinds.endpointSliceSource);
  const pools = file(
    "pools",
    join("all pools", kinds.experimentalInferencePoolSource, kinds.inferencePoolSource),
    byName,
  );
  const bareServices = read(kinds.serviceSource);
  const services = keep("services", [bareServices, pools], () => [
    ...bareServices,
    ...[...pools.values()].map(asService),
  ]);
  const ingresses = read(kinds.ingressSource);
  const hostRoutes = join<HostRouteObservation>("host routes", ...hostRouteSources);
  const istioGateways = read(kinds.istioGatewaySource);
  return {
    cluster,
    confirming,
    services: file(
      "services by name",
      services,
      (own) => new Map(own.map((service) => [serviceName(service), service])),
    ),
    servicesByLabel: file("services by label", services, (own) => indexByLabels(own, ({ labels }) => labels)),
    slices: file("slices", slices, (own) => groupBy(own, ({ namespace, service }) => nameOf(namespace, service))),
    pods: named(kinds.podSource),
    podsByLabel: file("pods by label", pods, (own) => indexByLabels(own, ({ labels }) => labels)),
    workloads: file("workloads by name", workloads, byResourceName),
    workloadsByLabel: file("workloads by label", workloads, (own) => indexByLabels(own, ({ podLabels }) => podLabels)),
    revisions: named(kinds.knativeRevisionSource),
    namespaces: file(
      "namespaces",
      read(kinds.namespaceSource),
      (own) => new Map(own.map((namespace) => [namespace.name, namespace])),
    ),
    grants: file("grants", read(kinds.referenceGrantSource), (own) => groupBy(own, ({ namespace }) => namespace)),
    gateways: named(kinds.gatewaySource),
    listenerSets: named(kinds.listenerSetSource),
    httpRoutes: join<HttpRouteObservation>("http routes", ...routeSources),
    ingresses,
    tlsHosts: file(
      "hosts of TLS",
      ingresses,
      (own) => new Map(own.flatMap((ingress) => ingress.tlsHosts.map((host) => [host, ingress]))),
    ),
    hostRoutes,
    virtualServices: file("virtual services", hostRoutes, (own) =>
      byName(own.filter(({ kind }) => kind === "VirtualService")),
    ),
    istioGateways: named(kinds.istioGatewaySource),
    fronts: keep("fronts", [istioGateways, services], () => findFronts(istioGateways, services)),
    traefik: keep("traefik", [services], () => findTraefik(services)),
    destinationRules: file("rules", read(kinds.destinationRuleSource), (own) => groupBy(own, ({ host }) => host)),
    middlewares: named(kinds.traefikMiddlewareSource),
    traefikServices: named(kinds.traefikServiceSource),
    plugins: file("plugins", join("all plugins", kinds.kongClusterPluginSource, kinds.kongPluginSource), byName),
    aliases: file(
      "aliases",
      join<BackendAliasObservation>("all aliases", kinds.aiServiceBackendSource, kinds.envoyBackendSource),
      byResourceName,
    ),
    domainMappings: read(kinds.domainMappingSource),
    runtimes: file(
      "runtimes",
      join("all runtimes", kinds.servingRuntimeSource, kinds.clusterServingRuntimeSource),
      byName,
    ),
    pools,
    pooledModels: join<PooledModelObservation>(
      "pooled models",
      kinds.inferenceModelSource,
      kinds.inferenceObjectiveSource,
      kinds.inferenceModelRewriteSource,
      kinds.llmdInferenceObjectiveSource,
      kinds.llmdInferenceModelRewriteSource,
    ),
    resources: file("resources", join<ResourceObservation>("all resources", ...resourceSources), byResourceName),
    experiments: read(kinds.seldonExperimentSource),
    modelServers: named(kinds.seldonServerSource),
    bentos: file("bentos", read(kinds.bentoSource), bentosByTag),
    projects: named(kinds.nuclioProjectSource),
    functionEvents: file("events", read(kinds.nuclioFunctionEventSource), (own) =>
      groupBy(own, ({ namespace, functionName }) => nameOf(namespace, functionName)),
    ),
    autoscalers: file("autoscalers", read(kinds.horizontalPodAutoscalerSource), (own) =>
      groupBy(own, ({ targetKind, namespace, target }) => resourceName({ kind: targetKind, namespace, name: target })),
    ),
    networkPolicies: file("policies", read(kinds.networkPolicySource), (own) =>
      groupBy(own, ({ namespace }) => namespace),
    ),
    apiDescriptions,
    plan,
    knowsEndpoints: sliceList?.state().kind === "synced" && (confirming || slices.length > 0),
  };
}
