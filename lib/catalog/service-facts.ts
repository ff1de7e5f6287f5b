import { sha256Hex } from "../base/index.ts";
import type { Admission, DeclaredPlace, PinnedAddress, ProbeTarget, ServerKind } from "../model/index.ts";
import type {
  ContainerFact,
  PodObservation,
  ServiceObservation,
  ServicePort,
  WorkloadObservation,
} from "../sources/index.ts";
import type { AgedRevision, FoundProbe, SaidState } from "./assemble-api.ts";
import { isTlsPort } from "./choose-port.ts";
import { admissionOf } from "./network-admission.ts";
import type { PortalPlace } from "./network-admission.ts";
import type { Workload } from "./recognition/recognise-server.ts";
import { isSelected } from "./select-by-labels.ts";
import type { WorldIndex } from "./world-index.ts";
import { nameOf, serviceName } from "./names.ts";

/** Pods of one template behind a Service: one revision of it. */
export type PodGroup = {
  readonly hash: string;
  readonly pods: readonly PodObservation[];
  readonly addresses: readonly { readonly host: string; readonly port: number }[];
  readonly readyCount: number;
  readonly images: readonly string[];
  readonly since: string;
  /** What rolls the pods out; templates of one of these follow one another. Null where nothing is known that does. */
  readonly workload: WorkloadObservation | null;
};

/** What is known of the workload behind one Service. */
export type ServiceFacts = {
  readonly service: ServiceObservation;
  readonly port: ServicePort;
  readonly containers: readonly ContainerFact[];
  readonly workloads: readonly WorkloadObservation[];
  /** The oldest first: it is what the Service is, until its pods are gone. */
  readonly groups: readonly PodGroup[];
  readonly state: SaidState;
  /** Where the Service's own address may be asked although nobody is known to stand behind it. */
  readonly isBlind: boolean;
  readonly isMeshed: boolean;
  readonly admission: Admission | null;
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

type Gathering = {
  pods: Set<PodObservation>;
  ready: Set<string>;
  addresses: Map<string, number>;
  workload: WorkloadObservation | null;
};

/** The image that a pod runs by digest, or by name as long as it runs none. */
function imagesOf(pods: Iterable<PodObservation>): readonly string[] {
  const images = [...pods].flatMap((pod) =>
    pod.imageIds.length > 0 ? pod.imageIds : pod.containers.map((container) => container.image),
  );
  return [...new Set(images)].sort();
}

function groupPods(
  world: WorldIndex,
  service: ServiceObservation,
  workloads: readonly WorkloadObservation[],
  portOf: ReturnType<typeof targetPort>,
  poolPort: number,
  podLabels: Readonly<Record<string, string>> | null,
): readonly PodGroup[] {
  const groups = new Map<string, Gathering>();
  const add = (pod: PodObservation | undefined, ready: boolean, host: string | null, port: number | null): void => {
    if (podLabels !== null && (pod === undefined || !isSelected(pod.labels, podLabels))) return;
    const hash =
      pod === undefined
        ? ""
        : (pod.labels["pod-template-hash"] ?? pod.labels["controller-revision-hash"] ?? pod.imageIds.join(" "));
    const workload =
      pod === undefined ? null : (workloads.find(({ podLabels: own }) => isSelected(pod.labels, own)) ?? null);
    const group = groups.get(hash) ?? { pods: new Set(), ready: new Set(), addresses: new Map(), workload };
    if (pod !== undefined) group.pods.add(pod);
    if (ready) {
      // A pod with an address of each family is one pod.
      group.ready.add(pod?.name ?? host ?? "");
      if (host !== null && port !== null) group.addresses.set(host, port);
    }
    groups.set(hash, group);
  };
  // A pool has no EndpointSlices: its selector picks its pods.
  if (service.kind === "InferencePool") {
    for (const pod of world.podsByLabel.select(service.namespace, service.selector))
      if (!pod.terminating) add(pod, pod.ready, pod.ip, poolPort);
  } else
    for (const slice of world.slices.get(nameOf(service.namespace, service.name)) ?? []) {
      const number = portOf(slice.ports);
      for (const endpoint of slice.endpoints) {
        const pod = endpoint.pod === null ? undefined : world.pods.get(nameOf(service.namespace, endpoint.pod));
        add(pod, endpoint.ready, endpoint.address, number);
      }
    }
  return [...groups]
    .map(([hash, group]): PodGroup => ({
      hash,
      pods: [...group.pods],
      addresses: [...group.addresses]
        .map(([host, port]) => ({ host, port }))
        .sort((left, right) => (left.host < right.host ? -1 : 1))
        .slice(0, 3),
      readyCount: group.ready.size,
      images: imagesOf(group.pods),
      since: [...group.pods].map((pod) => pod.createdAt).sort()[0] ?? "",
      workload: group.workload,
    }))
    .sort((left, right) =>
      left.since === right.since ? (left.hash < right.hash ? -1 : 1) : left.since < right.since ? -1 : 1,
    );
}

/** Whether it is known who stands behind a Service; of manifests, only where they have its endpoints themselves. */
function knowsEndpoints(world: WorldIndex, service: ServiceObservation): boolean {
  if (service.kind === "InferencePool") return world.confirming;
  return world.knowsEndpoints && (world.confirming || world.slices.has(nameOf(service.namespace, service.name)));
}

function stateOf(
  world: WorldIndex,
  service: ServiceObservation,
  groups: readonly PodGroup[],
  workloads: readonly WorkloadObservation[],
): SaidState {
  if (groups.some((group) => group.readyCount > 0)) return { state: "ready", reason: null };
  const [first] = workloads;
  if (first !== undefined && workloads.every((workload) => workload.replicas === 0))
    return { state: "scaled-to-zero", reason: `${first.kind} ${first.name} is scaled to zero replicas.` };
  const failed = workloads.find(({ failure }) => failure !== null);
  if (failed !== undefined)
    return { state: "broken", reason: `${failed.kind} ${failed.name} has failed: ${failed.failure ?? ""}.` };
  // A pod that never came up has no address, and so no place among the endpoints.
  const waiting = world.podsByLabel.select(service.namespace, service.selector).find(({ failure }) => failure !== null);
  if (waiting !== undefined)
    return { state: "unready", reason: `Pod ${waiting.name} does not start: ${waiting.failure ?? ""}.` };
  if (groups.length > 0) return { state: "unready", reason: "None of its pods is ready." };
  if (!world.confirming && !knowsEndpoints(world, service))
    return { state: "unknown", reason: "A manifest says nothing about its state." };
  if (!knowsEndpoints(world, service)) return { state: "unknown", reason: "Its endpoints are not known at present." };
  if (first !== undefined) return { state: "unready", reason: `${first.kind} ${first.name} has no ready pod.` };
  return Object.keys(service.selector).length === 0
    ? { state: "unknown", reason: "It selects no pods, and no endpoints are listed for it." }
    : { state: "unready", reason: "No pod is behind it." };
}

/** Pods with a proxy of a mesh in them: what comes without the mesh's own encryption may be refused. */
export function isMeshed(pods: readonly PodObservation[]): boolean {
  return pods.some(
    (pod) =>
      pod.labels["security.istio.io/tlsMode"] === "istio" ||
      pod.annotations["sidecar.istio.io/status"] !== undefined ||
      pod.annotations["linkerd.io/proxy-version"] !== undefined ||
      pod.containers.some(({ name }) => name === "istio-proxy" || name === "linkerd-proxy"),
  );
}

/**
 * Gathers what stands behind a Service at one of its ports; `override` is the owner's word on the port of the description,
 * `podLabels` narrow it to a part of its pods (a subset of Istio's).
 */
export function gatherServiceFacts(
  world: WorldIndex,
  portal: PortalPlace | null,
  service: ServiceObservation,
  port: ServicePort,
  override: number | null = null,
  podLabels: Readonly<Record<string, string>> | null = null,
): ServiceFacts {
  const workloads = world.workloadsByLabel
    .select(service.namespace, service.selector)
    .filter((workload) => podLabels === null || isSelected(workload.podLabels, podLabels));
  const groups = groupPods(world, service, workloads, targetPort(port, override), override ?? port.port, podLabels);
  const pods = groups.flatMap((group) => group.pods);
  const found =
    pods.length > 0 || workloads.length > 0 ? [] : world.podsByLabel.select(service.namespace, service.selector);
  const inside =
    groups.flatMap(({ addresses }) => addresses)[0]?.port ??
    (typeof port.targetPort === "number" ? port.targetPort : port.port);
  return {
    service,
    port,
    containers: [...pods, ...workloads, ...found].flatMap((holder) => holder.containers),
    workloads,
    groups,
    state: stateOf(world, service, groups, workloads),
    isBlind: !knowsEndpoints(world, service),
    isMeshed: isMeshed(pods),
    admission: admissionOf(world, portal, pods, service.selector, inside),
  };
}

/** What recognition looks at behind a Service. */
export function workloadOf(facts: ServiceFacts): Workload {
  const labels = facts.groups.flatMap((group) => group.pods)[0]?.labels ?? facts.workloads[0]?.podLabels ?? {};
  const { targetPort: own, port } = facts.port;
  // The name of a port of the pod is looked up there; a Service without one leads to its own number.
  return {
    containers: facts.containers,
    labels: { ...facts.service.labels, ...labels },
    targetPort: own === "" ? port : own,
  };
}

export function holdOf(state: SaidState["state"], ready: boolean): ProbeTarget["hold"] {
  if (state === "scaled-to-zero" || state === "stopped") return state;
  return ready ? null : "not-ready";
}

/** The Service's own address, for callers in the cluster; null where it has none. */
export function serviceAddress({ service, port }: Pick<ServiceFacts, "service" | "port">): PinnedAddress | null {
  return service.clusterIp === null
    ? null
    : {
        scheme: isTlsPort(port) ? "https" : "http",
        host: service.clusterIp,
        port: port.port,
        hostHeader: `${service.name}.${service.namespace}.svc`,
      };
}

export type RevisionOptions = {
  readonly share: number;
  readonly server: ServerKind;
  readonly modelName: string | null;
  readonly declared: DeclaredPlace | null;
  readonly mayWake: boolean;
  readonly revisionName?: string;
  /** True where only a part of the Service's pods is meant: its own address answers for others too. */
  readonly isPart?: boolean;
  /** A last resort: how the workload is reached where neither pods nor the Service can be. */
  readonly fallback: readonly PinnedAddress[];
};

type Named = { readonly group: PodGroup; readonly name: string; readonly share: number; readonly weight: number };

/** Shares by ready pods. Of templates that one workload rolls out the oldest with ready pods has the weight of them all. */
function nameGroups(groups: readonly PodGroup[], base: string, share: number): readonly Named[] {
  const total = groups.reduce((sum, { readyCount }) => sum + readyCount, 0);
  const shares = groups.map(({ readyCount }, index) =>
    total === 0 ? (index === 0 ? share : 0) : Math.round(((share * readyCount) / total) * 10) / 10,
  );
  return groups.map((group, index) => {
    const together = groups.flatMap((other, at) =>
      other === group || (other.workload !== null && other.workload === group.workload) ? [at] : [],
    );
    const leads = together.find((at) => (groups[at]?.readyCount ?? 0) > 0) ?? together[0];
    return {
      group,
      name: index === 0 ? base : `${base}-${group.hash.slice(0, 10)}`,
      share: shares[index] ?? 0,
      weight: leads === index ? together.reduce((sum, at) => sum + (shares[at] ?? 0), 0) : 0,
    };
  });
}

/** Revisions and probes of the pods behind one Service; `share` is what of the traffic reaches the Service. */
export function revisionsOfService(
  facts: ServiceFacts,
  options: RevisionOptions,
): { readonly revisions: readonly AgedRevision[]; readonly probes: readonly FoundProbe[] } {
  const { service, groups, state, isBlind } = facts;
  const scheme = isTlsPort(facts.port) ? "https" : "http";
  const host = `${service.name}.${service.namespace}.svc`;
  const nobody: PodGroup = {
    hash: "",
    pods: [],
    addresses: [],
    readyCount: 0,
    images: [...new Set(facts.containers.map((container) => container.image))],
    since: "",
    workload: null,
  };
  const named = nameGroups(groups.length > 0 ? groups : [nobody], options.revisionName ?? service.name, options.share);
  const own = serviceAddress(facts);
  const isWhole = named.length === 1 && options.isPart !== true;
  // Where it is known that nobody is there, asking would only wake somebody.
  const more = isWhole ? [...(own === null ? [] : [own]), ...(isBlind ? options.fallback : [])] : [];
  const isFixed = options.declared !== null && options.declared.kind !== "path";
  return {
    revisions: named.map(({ group, name, share, weight }) => ({
      since: service.createdAt,
      weight,
      answers: group.readyCount > 0 || (state.state === "scaled-to-zero" && groups.length === 0),
      revision: { name, trafficPercent: share, ready: group.readyCount > 0, images: group.images },
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
          facts.port.port,
        ]),
      ).slice(0, 32),
      server: options.server,
      modelName: options.modelName,
      declared: options.declared,
      mayWake: options.mayWake,
      isMeshed: facts.isMeshed,
      admission: facts.admission,
      addresses: [
        ...group.addresses.map((address): PinnedAddress => ({
          scheme,
          host: address.host,
          port: address.port,
          hostHeader: host,
        })),
        ...more,
      ],
      basePath: "",
      // What is declared in a ConfigMap or at a URL needs no pod.
      hold: isFixed ? null : holdOf(state.state, group.readyCount > 0 || (isBlind && more.length > 0)),
    })),
  };
}
