import { modelsAddress } from "./network.ts";

type Manifest = Record<string, unknown> & {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string } & Record<string, unknown>;
};

export const namespace = "team-demo";
export const gatewayPort = 8080;

/** A Service with the facts that a cluster would keep about the pods behind it. */
export type Workload = {
  readonly name: string;
  readonly image: string;
  readonly imageId: string;
  readonly hash: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly serviceName?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly port: number;
};

const labelsOf = (workload: Workload): Record<string, string> => ({
  "app.kubernetes.io/name": workload.name,
  ...workload.labels,
});
const containersOf = (workload: Workload): unknown[] => [
  {
    name: "model",
    image: workload.image,
    args: workload.args,
    env: Object.entries(workload.environment ?? {}).map(([name, value]) => ({ name, value })),
    ports: [{ name: "http", containerPort: workload.port }],
  },
];

export const serviceNameOf = (workload: Workload): string => workload.serviceName ?? workload.name;
export const podNameOf = (workload: Workload): string => `${workload.name}-${workload.hash}-0`;

export function serviceOf(workload: Workload): Manifest {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name: serviceNameOf(workload),
      namespace,
      labels: labelsOf(workload),
      annotations: workload.annotations ?? {},
    },
    spec: {
      selector: { "app.kubernetes.io/name": workload.name },
      ports: [{ name: "http", port: 80, targetPort: "http" }],
    },
  };
}

export function deploymentOf(workload: Workload): Manifest {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: workload.name, namespace, labels: labelsOf(workload) },
    spec: {
      replicas: 1,
      selector: { matchLabels: { "app.kubernetes.io/name": workload.name } },
      template: { metadata: { labels: labelsOf(workload) }, spec: { containers: containersOf(workload) } },
    },
  };
}

export function podOf(workload: Workload): Manifest {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: podNameOf(workload),
      namespace,
      labels: { ...labelsOf(workload), "pod-template-hash": workload.hash },
    },
    spec: { containers: containersOf(workload) },
  };
}

/** What a kubelet would say of a running pod. */
export function podStatusOf(workload: Workload): Record<string, unknown> {
  return {
    phase: "Running",
    podIP: modelsAddress,
    podIPs: [{ ip: modelsAddress }],
    conditions: [{ type: "Ready", status: "True", lastTransitionTime: new Date().toISOString() }],
    containerStatuses: [
      {
        name: "model",
        ready: true,
        restartCount: 0,
        image: workload.image,
        imageID: workload.imageId,
        state: { running: { startedAt: new Date().toISOString() } },
      },
    ],
  };
}

export function endpointSliceOf(workload: Workload): Manifest {
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: {
      name: `${serviceNameOf(workload)}-slice`,
      namespace,
      labels: { "kubernetes.io/service-name": serviceNameOf(workload) },
    },
    addressType: "IPv4",
    ports: [{ name: "http", port: workload.port, protocol: "TCP" }],
    endpoints: [
      {
        addresses: [modelsAddress],
        conditions: { ready: true, serving: true, terminating: false },
        targetRef: { kind: "Pod", namespace, name: podNameOf(workload) },
      },
    ],
  };
}

/** A route from one host of the gateway to a Service, everything below `/`. */
export function routeOf(options: {
  readonly name: string;
  readonly host: string;
  readonly service: string;
  readonly owner?: Record<string, unknown>;
}): Manifest {
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: {
      name: options.name,
      namespace,
      ...(options.owner === undefined ? {} : { ownerReferences: [options.owner] }),
    },
    spec: {
      parentRefs: [{ name: "models" }],
      hostnames: [options.host],
      rules: [
        { matches: [{ path: { type: "PathPrefix", value: "/" } }], backendRefs: [{ name: options.service, port: 80 }] },
      ],
    },
  };
}

export const groundObjects: readonly Manifest[] = [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
  {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "GatewayClass",
    metadata: { name: "traefik" },
    spec: { controllerName: "traefik.io/gateway-controller" },
  },
  {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "Gateway",
    metadata: { name: "models", namespace },
    spec: {
      gatewayClassName: "traefik",
      listeners: [
        { name: "web", port: gatewayPort, protocol: "HTTP", allowedRoutes: { namespaces: { from: "Same" } } },
      ],
    },
  },
];

export const inferenceService: Manifest = {
  apiVersion: "serving.kserve.io/v1beta1",
  kind: "InferenceService",
  metadata: {
    name: "distance",
    namespace,
    annotations: { "serving.kserve.io/deploymentMode": "Standard", "gatebook.dev/title": "Row length" },
  },
  spec: {
    predictor: {
      containers: [
        {
          name: "kserve-container",
          image: "registry.example/demo/distance-kserve:1.0.0",
          args: ["--model_name", "distance"],
        },
      ],
    },
  },
};

export const inferenceServiceStatus: Record<string, unknown> = {
  url: "http://distance-team-demo.models.test",
  address: { url: `http://distance.${namespace}.svc.cluster.local` },
  deploymentMode: "Standard",
  conditions: ["PredictorReady", "IngressReady", "Ready"].map((type) => ({
    type,
    status: "True",
    lastTransitionTime: "2026-11-01T10:00:00Z",
  })),
  modelStatus: {
    states: { activeModelState: "Loaded", targetModelState: "Loaded" },
    transitionStatus: "UpToDate",
    copies: { failedCopies: 0, totalCopies: 1 },
  },
};
