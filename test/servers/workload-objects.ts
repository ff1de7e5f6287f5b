import type { TestObject } from "../integration/cluster-client.ts";
import type { Place, PlannedObject } from "./server-case.ts";

/** A container as its owner writes it. */
export type Container = {
  readonly name?: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports: Readonly<Record<string, number>>;
};

export type Workload = {
  readonly name: string;
  readonly container: Container;
  /** Of the pods and the Service's selector. */
  readonly labels: Readonly<Record<string, string>>;
  readonly serviceName?: string;
  readonly serviceLabels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Of the Service, by the names of the pod's ports; each leads to the pod's port of that name. */
  readonly servicePorts?: Readonly<Record<string, number>>;
  /** What made the Deployment and the Service, where an operator did. */
  readonly owner?: TestObject;
};

const startedAt = "2026-11-01T10:00:00Z";

function condition(type: string, reason?: string): Record<string, unknown> {
  return { type, status: "True", lastTransitionTime: startedAt, ...(reason === undefined ? {} : { reason }) };
}

function containerOf(container: Container): Record<string, unknown> {
  const { name = "model", image, command, args, environment = {}, ports } = container;
  return {
    name,
    image,
    ...(command === undefined ? {} : { command }),
    ...(args === undefined ? {} : { args }),
    env: Object.entries(environment).map(([variable, value]) => ({ name: variable, value })),
    ports: Object.entries(ports).map(([port, number]) => ({ name: port, containerPort: number, protocol: "TCP" })),
  };
}

function podOf(workload: Workload, { namespace, address, digest }: Place, labels: Record<string, string>): TestObject {
  const { container, name } = workload;
  const repository = container.image.replace(/:[^/:]*$/, "");
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: `${name}-${labels["pod-template-hash"] ?? ""}-x7k2p`, namespace, labels },
    spec: { containers: [containerOf(container)] },
    status: {
      phase: "Running",
      podIP: address,
      podIPs: [{ ip: address }],
      startTime: startedAt,
      conditions: ["PodScheduled", "Initialized", "ContainersReady", "Ready"].map((type) => condition(type)),
      containerStatuses: [
        {
          name: container.name ?? "model",
          ready: true,
          started: true,
          restartCount: 0,
          image: container.image,
          imageID: `${repository}@sha256:${digest}`,
          containerID: `containerd://${digest}`,
          state: { running: { startedAt } },
        },
      ],
    },
  };
}

function serviceObjects(workload: Workload, { namespace, address }: Place, pod: TestObject): readonly PlannedObject[] {
  const { labels, container, owner, annotations = {} } = workload;
  const name = workload.serviceName ?? workload.name;
  const [first = ["http", 80] as const] = Object.entries(container.ports);
  const ports = Object.entries(workload.servicePorts ?? { [first[0]]: 80 });
  const service: TestObject = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace, labels: workload.serviceLabels ?? labels, annotations },
    spec: {
      selector: labels,
      ports: ports.map(([port, number]) => ({ name: port, port: number, targetPort: port, protocol: "TCP" })),
    },
  };
  const slice: TestObject = {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: {
      name: `${name}-q8w4z`,
      namespace,
      labels: {
        "kubernetes.io/service-name": name,
        "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
      },
    },
    addressType: "IPv4",
    ports: ports.map(([port]) => ({ name: port, port: container.ports[port] ?? 0, protocol: "TCP" })),
    endpoints: [
      {
        addresses: [address],
        conditions: { ready: true, serving: true, terminating: false },
        targetRef: { kind: "Pod", namespace, name: pod.metadata.name },
      },
    ],
  };
  return [
    { object: service, ...(owner === undefined ? {} : { controller: owner }) },
    { object: slice, controller: service },
  ];
}

/** A pod behind a Service, without anything that rolls it out; for operators that make pods themselves. */
export function podObjects(workload: Workload, place: Place): readonly PlannedObject[] {
  const pod = podOf(workload, place, { ...workload.labels });
  const { owner } = workload;
  return [
    { object: pod, ...(owner === undefined ? {} : { controller: owner }) },
    ...serviceObjects(workload, place, pod),
  ];
}

/** What a cluster holds of one Deployment with a ready pod behind a Service, each object with its controller. */
export function workloadObjects(workload: Workload, place: Place): readonly PlannedObject[] {
  const { name, labels, container, owner } = workload;
  const { namespace, digest } = place;
  const hash = digest.slice(0, 10);
  const podLabels = { ...labels, "pod-template-hash": hash };
  const spec = (own: Readonly<Record<string, string>>): Record<string, unknown> => ({
    replicas: 1,
    selector: { matchLabels: own },
    template: { metadata: { labels: own }, spec: { containers: [containerOf(container)] } },
  });
  const counts = { replicas: 1, readyReplicas: 1, availableReplicas: 1, observedGeneration: 1 };
  const deployment: TestObject = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace, labels, annotations: { "deployment.kubernetes.io/revision": "1" } },
    spec: spec(labels),
    status: {
      ...counts,
      updatedReplicas: 1,
      conditions: [
        condition("Available", "MinimumReplicasAvailable"),
        condition("Progressing", "NewReplicaSetAvailable"),
      ],
    },
  };
  const replicaSet: TestObject = {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: {
      name: `${name}-${hash}`,
      namespace,
      labels: podLabels,
      annotations: { "deployment.kubernetes.io/revision": "1" },
    },
    spec: spec(podLabels),
    status: { ...counts, fullyLabeledReplicas: 1 },
  };
  const pod = podOf(workload, place, podLabels);
  return [
    { object: deployment, ...(owner === undefined ? {} : { controller: owner }) },
    { object: replicaSet, controller: deployment },
    { object: pod, controller: replicaSet },
    ...serviceObjects(workload, place, pod),
  ];
}
