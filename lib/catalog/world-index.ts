import type { KindList, KubeObject } from "../kube/index.ts";
import { formatKind } from "../kube/index.ts";
import {
  deploymentSource,
  endpointSliceSource,
  gatewaySource,
  httpRouteSource,
  inferenceServiceSource,
  ingressSource,
  knativeRevisionSource,
  namespaceSource,
  podSource,
  referenceGrantSource,
  serviceSource,
} from "../sources/index.ts";
import type {
  DeploymentObservation,
  EndpointSliceObservation,
  GatewayObservation,
  HttpRouteObservation,
  InferenceServiceObservation,
  IngressObservation,
  KnativeRevisionObservation,
  NamespaceObservation,
  Observed,
  PodObservation,
  ReferenceGrantObservation,
  ServiceObservation,
  Source,
} from "../sources/index.ts";

/** All observations, findable. */
export type WorldIndex = {
  readonly cluster: string;
  readonly confirming: boolean;
  readonly services: ReadonlyMap<string, ServiceObservation>;
  readonly slices: ReadonlyMap<string, readonly EndpointSliceObservation[]>;
  readonly pods: ReadonlyMap<string, PodObservation>;
  readonly deployments: ReadonlyMap<string, DeploymentObservation>;
  /** Deployments and pods by each label of their pods, as `labelKey` says it: what a selector picks is found without a walk. */
  readonly deploymentsByLabel: ReadonlyMap<string, readonly DeploymentObservation[]>;
  readonly podsByLabel: ReadonlyMap<string, readonly PodObservation[]>;
  /** Services by the InferenceService that they name as theirs, by label or owner. */
  readonly servicesByModel: ReadonlyMap<string, readonly ServiceObservation[]>;
  readonly revisions: ReadonlyMap<string, KnativeRevisionObservation>;
  readonly namespaces: ReadonlyMap<string, NamespaceObservation>;
  readonly grants: readonly ReferenceGrantObservation[];
  readonly gateways: ReadonlyMap<string, GatewayObservation>;
  readonly httpRoutes: readonly HttpRouteObservation[];
  readonly ingresses: readonly IngressObservation[];
  readonly inferenceServices: ReadonlyMap<string, InferenceServiceObservation>;
  /** True where EndpointSlices are known to be complete. */
  readonly knowsEndpoints: boolean;
};

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

function modelOf(service: ServiceObservation): string {
  const owner = service.owners.find(({ kind }) => kind === "InferenceService")?.name;
  const name = service.labels["serving.kserve.io/inferenceservice"] ?? owner;
  return name === undefined ? "" : nameOf(service.namespace, name);
}

/** Reads every list once and files what the objects say. */
export function indexWorld(cluster: string, confirming: boolean, lists: readonly KindList[]): WorldIndex {
  const pods = observeAll(lists, podSource);
  const services = observeAll(lists, serviceSource);
  const deployments = observeAll(lists, deploymentSource);
  const slices = lists.find((list) => formatKind(list.ref) === formatKind(endpointSliceSource.kind));
  return {
    cluster,
    confirming,
    services: byName(services),
    slices: groupBy(observeAll(lists, endpointSliceSource), (slice) => nameOf(slice.namespace, slice.service)),
    pods: byName(pods),
    deployments: byName(deployments),
    deploymentsByLabel: groupByLabels(deployments, (deployment) => deployment.podLabels),
    podsByLabel: groupByLabels(pods, (pod) => pod.labels),
    servicesByModel: groupBy(services, modelOf),
    revisions: byName(observeAll(lists, knativeRevisionSource)),
    namespaces: new Map(observeAll(lists, namespaceSource).map((namespace) => [namespace.name, namespace])),
    grants: observeAll(lists, referenceGrantSource),
    gateways: byName(observeAll(lists, gatewaySource)),
    httpRoutes: observeAll(lists, httpRouteSource),
    ingresses: observeAll(lists, ingressSource),
    inferenceServices: byName(observeAll(lists, inferenceServiceSource)),
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
