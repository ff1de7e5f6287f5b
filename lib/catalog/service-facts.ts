import { sha256Hex } from "../base/index.ts";
import type { ApiState, DeclaredPlace, PinnedAddress, ProbeTarget, ServerKind } from "../model/index.ts";
import type { FoundProbe, FoundRevision } from "./assemble-api.ts";
import type {
  ContainerFact,
  DeploymentObservation,
  PodObservation,
  ServiceObservation,
  ServicePort,
} from "../sources/index.ts";
import { isTlsPort } from "./choose-port.ts";
import type { WorldIndex } from "./world-index.ts";
import { isSelected, nameOf, selectFrom, serviceName } from "./world-index.ts";

/** Pods of one template behind a Service: one revision of it. */
export type PodGroup = {
  readonly hash: string;
  readonly pods: readonly PodObservation[];
  readonly addresses: readonly { readonly host: string; readonly port: number }[];
  readonly ready: boolean;
  readonly images: readonly string[];
  readonly since: string;
};

/** What is known of the workload behind one Service. */
export type ServiceFacts = {
  readonly service: ServiceObservation;
  readonly port: ServicePort;
  readonly containers: readonly ContainerFact[];
  readonly deployments: readonly DeploymentObservation[];
  /** The oldest first: it is what the Service is, until its pods are gone. */
  readonly groups: readonly PodGroup[];
  readonly state: ApiState;
  readonly stateReason: string | null;
};

/** How the port's number is found in a slice: by name, or the only one there is. */
function targetPort(
  port: ServicePort,
  override: number | null,
): (slicePorts: readonly { readonly name: string; readonly port: number }[]) => number | null {
  if (override !== null) return () => override;
  return (slicePorts) =>
    slicePorts.find((candidate) => candidate.name === port.name)?.port ??
    (slicePorts.length === 1 ? (slicePorts[0]?.port ?? null) : null);
}

function groupPods(
  world: WorldIndex,
  service: ServiceObservation,
  port: ServicePort,
  override: number | null,
  podLabels: Readonly<Record<string, string>> | null,
): readonly PodGroup[] {
  const portOf = targetPort(port, override);
  const groups = new Map<
    string,
    { pods: PodObservation[]; addresses: { host: string; port: number }[]; ready: boolean }
  >();
  const add = (
    pod: PodObservation | undefined,
    ready: boolean,
    address: { readonly host: string; readonly port: number } | null,
  ): void => {
    if (podLabels !== null && (pod === undefined || !isSelected(pod.labels, podLabels))) return;
    const hash =
      pod === undefined
        ? ""
        : (pod.labels["pod-template-hash"] ?? pod.labels["controller-revision-hash"] ?? pod.imageIds.join(" "));
    const group = groups.get(hash) ?? { pods: [], addresses: [], ready: false };
    if (pod !== undefined && !group.pods.includes(pod)) group.pods.push(pod);
    if (ready) {
      group.ready = true;
      if (address !== null) group.addresses.push(address);
    }
    groups.set(hash, group);
  };
  // A pool has no EndpointSlices: its selector picks its pods.
  if (service.kind === "InferencePool") {
    for (const pod of selectFrom(world.podsByLabel, service.namespace, service.selector, (own) => own.labels))
      if (!pod.terminating) add(pod, pod.ready, pod.ip === null ? null : { host: pod.ip, port: override ?? port.port });
  }
  const slices =
    service.kind === "InferencePool" ? [] : (world.slices.get(nameOf(service.namespace, service.name)) ?? []);
  for (const slice of slices) {
    const number = portOf(slice.ports);
    for (const endpoint of slice.endpoints) {
      const pod = endpoint.pod === null ? undefined : world.pods.get(nameOf(service.namespace, endpoint.pod));
      add(pod, endpoint.ready, number === null ? null : { host: endpoint.address, port: number });
    }
  }
  return [...groups]
    .map(([hash, group]): PodGroup => ({
      hash,
      pods: group.pods,
      addresses: group.addresses.sort((left, right) => (left.host < right.host ? -1 : 1)).slice(0, 3),
      ready: group.ready,
      images: [
        ...new Set(
          group.pods.flatMap((pod) =>
            pod.imageIds.length > 0 ? pod.imageIds : pod.containers.map((container) => container.image),
          ),
        ),
      ].sort(),
      since: group.pods.map((pod) => pod.createdAt).sort()[0] ?? "",
    }))
    .sort((left, right) =>
      left.since === right.since ? (left.hash < right.hash ? -1 : 1) : left.since < right.since ? -1 : 1,
    );
}

function stateOf(
  world: WorldIndex,
  groups: readonly PodGroup[],
  deployments: readonly DeploymentObservation[],
  selector: ServiceObservation["selector"],
): { readonly state: ApiState; readonly reason: string | null } {
  if (groups.some((group) => group.ready)) return { state: "ready", reason: null };
  const [first] = deployments;
  if (first !== undefined && deployments.every((deployment) => deployment.replicas === 0)) {
    return { state: "scaled-to-zero", reason: `Deployment ${first.name} is scaled to zero replicas.` };
  }
  if (groups.length > 0) return { state: "unready", reason: "None of its pods is ready." };
  if (!world.knowsEndpoints) return { state: "unknown", reason: "Its endpoints are not known at present." };
  if (first !== undefined) return { state: "unready", reason: `Deployment ${first.name} has no ready pod.` };
  return Object.keys(selector).length === 0
    ? { state: "unknown", reason: "It selects no pods, and no endpoints are listed for it." }
    : { state: "unready", reason: "No pod is behind it." };
}

/**
 * Gathers what stands behind a Service; `override` is the owner's word on the port of the description, `podLabels` narrow it to
 * a part of its pods (a subset of Istio's).
 */
export function gatherServiceFacts(
  world: WorldIndex,
  service: ServiceObservation,
  port: ServicePort,
  override: number | null = null,
  podLabels: Readonly<Record<string, string>> | null = null,
): ServiceFacts {
  const deployments = selectFrom(
    world.deploymentsByLabel,
    service.namespace,
    service.selector,
    (deployment) => deployment.podLabels,
  ).filter((deployment) => podLabels === null || isSelected(deployment.podLabels, podLabels));
  const groups = groupPods(world, service, port, override, podLabels);
  const pods = groups.flatMap((group) => group.pods);
  const found =
    pods.length > 0 || deployments.length > 0
      ? []
      : selectFrom(world.podsByLabel, service.namespace, service.selector, (pod) => pod.labels);
  const { state, reason } = stateOf(world, groups, deployments, service.selector);
  return {
    service,
    port,
    containers: [...pods, ...deployments, ...found].flatMap((holder) => holder.containers),
    deployments,
    groups,
    state,
    stateReason: reason,
  };
}

function holdOf(state: ApiState, ready: boolean): ProbeTarget["hold"] {
  switch (state) {
    case "scaled-to-zero":
      return "scaled-to-zero";
    case "stopped":
      return "stopped";
    case "ready":
    case "unready":
    case "broken":
    case "unknown":
      return ready ? null : "not-ready";
  }
}

/** The Service's own address, for callers in the cluster; null where it has none. */
export function serviceAddress(facts: ServiceFacts): PinnedAddress | null {
  const { service, port } = facts;
  return service.clusterIp === null
    ? null
    : {
        scheme: isTlsPort(port) ? "https" : "http",
        host: service.clusterIp,
        port: port.port,
        hostHeader: `${service.name}.${service.namespace}.svc`,
      };
}

/** Revisions and probes of the pods behind one Service; `share` is what of the traffic reaches the Service. */
export function revisionsOfService(
  facts: ServiceFacts,
  options: {
    readonly share: number;
    readonly server: ServerKind;
    readonly modelName: string | null;
    readonly declared: DeclaredPlace | null;
    readonly revisionName?: string;
    /** True where only a part of the Service's pods is meant: its own address answers for others too. */
    readonly isPart?: boolean;
    /** A last resort: how the workload is reached where neither pods nor the Service can be. */
    readonly fallback: readonly PinnedAddress[];
  },
): { readonly revisions: readonly FoundRevision[]; readonly probes: readonly FoundProbe[]; readonly since: string } {
  const { service, groups, state } = facts;
  const base = options.revisionName ?? service.name;
  const scheme = isTlsPort(facts.port) ? "https" : "http";
  const host = `${service.name}.${service.namespace}.svc`;
  const known: readonly PodGroup[] =
    groups.length > 0
      ? groups
      : [
          {
            hash: "",
            pods: [],
            addresses: [],
            ready: false,
            images: [...new Set(facts.containers.map((container) => container.image))],
            since: "",
          },
        ];
  const readyPods = known.map((group) => (group.ready ? Math.max(1, group.pods.length) : 0));
  const total = readyPods.reduce((sum, count) => sum + count, 0);
  const named = known.map((group, index) => ({
    group,
    name: index === 0 ? base : `${base}-${group.hash.slice(0, 10)}`,
    share:
      total === 0
        ? index === 0
          ? options.share
          : 0
        : Math.round(((options.share * (readyPods[index] ?? 0)) / total) * 10) / 10,
  }));
  const own = serviceAddress(facts);
  return {
    since: service.createdAt,
    revisions: named.map(({ group, name, share }) => ({
      name,
      trafficPercent: share,
      ready: group.ready,
      images: group.images,
    })),
    probes: named.map(({ group, name }) => ({
      revision: name,
      probeKey: sha256Hex(
        JSON.stringify([
          service.namespace,
          serviceName(service),
          ...(options.isPart === true ? [options.revisionName] : []),
          service.createdAt,
          group.hash,
          group.images,
          options.declared,
          options.server,
          options.modelName,
        ]),
      ).slice(0, 32),
      server: options.server,
      modelName: options.modelName,
      declared: options.declared,
      addresses: [
        ...group.addresses.map((address): PinnedAddress => ({
          scheme,
          host: address.host,
          port: address.port,
          hostHeader: host,
        })),
        // The Service's own address answers with either template's document while two are behind it.
        ...(named.length === 1 && options.isPart !== true ? [...(own === null ? [] : [own]), ...options.fallback] : []),
      ],
      basePath: "",
      // What is declared in a ConfigMap or at a URL needs no pod.
      hold:
        options.declared !== null && options.declared.kind !== "path"
          ? null
          : holdOf(state, group.ready || (groups.length === 0 && options.fallback.length > 0)),
    })),
  };
}
