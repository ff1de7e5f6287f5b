import type { KindList, KubeObject } from "../kube/index.ts";
import { formatKind } from "../kube/index.ts";
import * as kinds from "../sources/index.ts";
import type {
  ApiDescriptionObservation,
  AutoscalerObservation,
  BackendAliasObservation,
  DeploymentObservation,
  DestinationRuleObservation,
  DomainMappingObservation,
  EndpointSliceObservation,
  ExperimentObservation,
  FunctionEventObservation,
  GatewayObservation,
  HostRouteObservation,
  HttpRouteObservation,
  InferencePoolObservation,
  InferenceServiceObservation,
  IngressObservation,
  IstioGatewayObservation,
  KnativeRevisionObservation,
  ListenerSetObservation,
  MiddlewareObservation,
  NamespaceObservation,
  NetworkPolicyObservation,
  Observed,
  PodObservation,
  PooledModelObservation,
  ReferenceGrantObservation,
  ResourceObservation,
  ServiceObservation,
  ServingRuntimeObservation,
  Source,
  TraefikServiceObservation,
} from "../sources/index.ts";

/** All observations, findable. Names are as `nameOf` writes them. */
export type WorldIndex = {
  readonly cluster: string;
  readonly confirming: boolean;
  /** Services by `serviceName`, and InferencePools in the shape of one: what routes lead to. */
  readonly services: ReadonlyMap<string, ServiceObservation>;
  readonly slices: ReadonlyMap<string, readonly EndpointSliceObservation[]>;
  readonly pods: ReadonlyMap<string, PodObservation>;
  readonly deployments: ReadonlyMap<string, DeploymentObservation>;
  /** Deployments and pods by each label of their pods, as `labelKey` says it: what a selector picks is found without a walk. */
  readonly deploymentsByLabel: ReadonlyMap<string, readonly DeploymentObservation[]>;
  readonly podsByLabel: ReadonlyMap<string, readonly PodObservation[]>;
  readonly servicesByLabel: ReadonlyMap<string, readonly ServiceObservation[]>;
  readonly revisions: ReadonlyMap<string, KnativeRevisionObservation>;
  readonly namespaces: ReadonlyMap<string, NamespaceObservation>;
  readonly grants: readonly ReferenceGrantObservation[];
  readonly gateways: ReadonlyMap<string, GatewayObservation>;
  readonly listenerSets: ReadonlyMap<string, ListenerSetObservation>;
  /** What hangs on Gateways: HTTPRoutes, GRPCRoutes, AIGatewayRoutes. */
  readonly httpRoutes: readonly HttpRouteObservation[];
  readonly ingresses: readonly IngressObservation[];
  readonly hostRoutes: readonly HostRouteObservation[];
  readonly istioGateways: ReadonlyMap<string, IstioGatewayObservation>;
  /** By the Service, "namespace/name", that they speak of. */
  readonly destinationRules: ReadonlyMap<string, readonly DestinationRuleObservation[]>;
  readonly middlewares: ReadonlyMap<string, MiddlewareObservation>;
  readonly traefikServices: ReadonlyMap<string, TraefikServiceObservation>;
  /** By "Kind namespace/name". */
  readonly aliases: ReadonlyMap<string, BackendAliasObservation>;
  readonly domainMappings: readonly DomainMappingObservation[];
  readonly inferenceServices: ReadonlyMap<string, InferenceServiceObservation>;
  /** By "namespace/name"; those of the cluster have an empty namespace. */
  readonly runtimes: ReadonlyMap<string, ServingRuntimeObservation>;
  readonly pools: ReadonlyMap<string, InferencePoolObservation>;
  readonly pooledModels: readonly PooledModelObservation[];
  /** Model resources other than InferenceServices, by `resourceName`. */
  readonly resources: ReadonlyMap<string, ResourceObservation>;
  readonly experiments: readonly ExperimentObservation[];
  readonly functionEvents: ReadonlyMap<string, readonly FunctionEventObservation[]>;
  readonly autoscalers: ReadonlyMap<string, readonly AutoscalerObservation[]>;
  readonly networkPolicies: ReadonlyMap<string, readonly NetworkPolicyObservation[]>;
  readonly apiDescriptions: readonly ApiDescriptionObservation[];
  /** True where EndpointSlices are known to be complete. */
  readonly knowsEndpoints: boolean;
};

/** "namespace/name" of a Service; an InferencePool of the same name is another thing. */
export function serviceName(service: Pick<ServiceObservation, "kind" | "namespace" | "name">): string {
  return `${nameOf(service.namespace, service.name)}${service.kind === "InferencePool" ? "#pool" : ""}`;
}

/** What tells one model resource from every other: kind, namespace, name. */
export function resourceName(resource: Pick<Observed, "kind" | "namespace" | "name">): string {
  return `${resource.kind} ${nameOf(resource.namespace, resource.name)}`;
}

export function nameOf(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

/** What each object said, as long as the object is the same one; shared by all sources, since an object has one kind. */
const memory = new WeakMap<KubeObject, { readonly observation: unknown }>();

function observeAll<Observation extends Observed>(
  lists: readonly KindList[],
  source: Source<Observation>,
): readonly Observation[] {
  const list = lists.find((candidate) => formatKind(candidate.ref) === formatKind(source.kind));
  if (list === undefined) return [];
  const result: Observation[] = [];
  for (const object of list.objects()) {
    let known = memory.get(object);
    if (known === undefined) {
      known = { observation: source.observe(object) };
      memory.set(object, known);
    }
    // Proved by the key: an object belongs to one list, and a list to one source.
    const observation = known.observation as Observation | null;
    if (observation !== null) result.push(observation);
  }
  // The order of a list means nothing; ours is by name.
  return result.sort((left, right) =>
    nameOf(left.namespace, left.name) < nameOf(right.namespace, right.name) ? -1 : 1,
  );
}

function byName<Observation extends Observed>(observations: readonly Observation[]): ReadonlyMap<string, Observation> {
  return new Map(observations.map((observation) => [nameOf(observation.namespace, observation.name), observation]));
}

function groupBy<Observation>(
  observations: readonly Observation[],
  keyOf: (observation: Observation) => string,
): ReadonlyMap<string, readonly Observation[]> {
  const groups = new Map<string, Observation[]>();
  for (const observation of observations) {
    const key = keyOf(observation);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [observation]);
    else group.push(observation);
  }
  return groups;
}

function labelKey(namespace: string, name: string, value: string): string {
  return `${namespace}/${name}=${value}`;
}

function groupByLabels<Observation extends Observed>(
  observations: readonly Observation[],
  labelsOf: (observation: Observation) => Readonly<Record<string, string>>,
): ReadonlyMap<string, readonly Observation[]> {
  const groups = new Map<string, Observation[]>();
  for (const observation of observations) {
    for (const [name, value] of Object.entries(labelsOf(observation))) {
      const key = labelKey(observation.namespace, name, value);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [observation]);
      else group.push(observation);
    }
  }
  return groups;
}

/** What a selector picks in a namespace, from an index by labels; an empty selector picks nothing. */
export function selectFrom<Observation extends Observed>(
  index: ReadonlyMap<string, readonly Observation[]>,
  namespace: string,
  selector: Readonly<Record<string, string>>,
  labelsOf: (observation: Observation) => Readonly<Record<string, string>>,
): readonly Observation[] {
  let fewest: readonly Observation[] | null = null;
  for (const [name, value] of Object.entries(selector)) {
    const group: readonly Observation[] = index.get(labelKey(namespace, name, value)) ?? [];
    if (fewest === null || group.length < fewest.length) fewest = group;
  }
  return (fewest ?? []).filter((observation) => isSelected(labelsOf(observation), selector));
}

/** A pool in the shape of a Service without an address of its own: its pods are known by its selector. */
function asService(pool: InferencePoolObservation): ServiceObservation {
  return {
    ...pool,
    type: "InferencePool",
    selector: pool.selector,
    clusterIp: null,
    headless: false,
    loadBalancer: [],
    ports: pool.ports.map((port) => ({ name: "http", port, targetPort: port, appProtocol: "http", protocol: "TCP" })),
  };
}

/** Reads every list once and files what the objects say. */
export function indexWorld(cluster: string, confirming: boolean, lists: readonly KindList[]): WorldIndex {
  const read = <Observation extends Observed>(source: Source<Observation>): readonly Observation[] =>
    observeAll(lists, source);
  const pods = read(kinds.podSource);
  const deployments = read(kinds.deploymentSource);
  const slices = lists.find((list) => formatKind(list.ref) === formatKind(kinds.endpointSliceSource.kind));
  const pools = [...read(kinds.experimentalInferencePoolSource), ...read(kinds.inferencePoolSource)];
  const services = [...read(kinds.serviceSource), ...[...byName(pools).values()].map(asService)];
  const resources: readonly ResourceObservation[] = [
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
  ].flatMap((source) => read(source));
  return {
    cluster,
    confirming,
    services: new Map(services.map((service) => [serviceName(service), service])),
    slices: groupBy(read(kinds.endpointSliceSource), (slice) => nameOf(slice.namespace, slice.service)),
    pods: byName(pods),
    deployments: byName(deployments),
    deploymentsByLabel: groupByLabels(deployments, (deployment) => deployment.podLabels),
    podsByLabel: groupByLabels(pods, (pod) => pod.labels),
    servicesByLabel: groupByLabels(services, (service) => service.labels),
    revisions: byName(read(kinds.knativeRevisionSource)),
    namespaces: new Map(read(kinds.namespaceSource).map((namespace) => [namespace.name, namespace])),
    grants: read(kinds.referenceGrantSource),
    gateways: byName(read(kinds.gatewaySource)),
    listenerSets: byName(read(kinds.listenerSetSource)),
    httpRoutes: [...read(kinds.httpRouteSource), ...read(kinds.grpcRouteSource), ...read(kinds.aiGatewayRouteSource)],
    ingresses: read(kinds.ingressSource),
    hostRoutes: [
      ...read(kinds.openshiftRouteSource),
      ...read(kinds.virtualServiceSource),
      ...read(kinds.ingressRouteSource),
      ...read(kinds.nuclioApiGatewaySource),
    ],
    istioGateways: byName(read(kinds.istioGatewaySource)),
    destinationRules: groupBy(read(kinds.destinationRuleSource), (rule) => rule.host),
    middlewares: byName(read(kinds.traefikMiddlewareSource)),
    traefikServices: byName(read(kinds.traefikServiceSource)),
    aliases: new Map(
      [...read(kinds.aiServiceBackendSource), ...read(kinds.envoyBackendSource)].map((alias) => [
        resourceName(alias),
        alias,
      ]),
    ),
    domainMappings: read(kinds.domainMappingSource),
    inferenceServices: byName(read(kinds.inferenceServiceSource)),
    runtimes: byName([...read(kinds.servingRuntimeSource), ...read(kinds.clusterServingRuntimeSource)]),
    pools: byName(pools),
    pooledModels: [...read(kinds.inferenceModelSource), ...read(kinds.inferenceObjectiveSource)],
    resources: new Map(resources.map((resource) => [resourceName(resource), resource])),
    experiments: read(kinds.seldonExperimentSource),
    functionEvents: groupBy(read(kinds.nuclioFunctionEventSource), (event) =>
      nameOf(event.namespace, event.functionName),
    ),
    autoscalers: groupBy(read(kinds.horizontalPodAutoscalerSource), (scaler) =>
      nameOf(scaler.namespace, scaler.target),
    ),
    networkPolicies: groupBy(read(kinds.networkPolicySource), (policy) => policy.namespace),
    apiDescriptions: read(kinds.apiDescriptionSource),
    knowsEndpoints: slices?.state().kind === "synced",
  };
}

/** True where every label of the selector is there; an empty selector selects nothing. */
export function isSelected(
  labels: Readonly<Record<string, string>>,
  selector: Readonly<Record<string, string>>,
): boolean {
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([name, value]) => labels[name] === value);
}
