import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stringify } from "yaml";

/** One workload behind a Service: the template's hash changes when it is rolled out anew. */
export type Workload = {
  readonly service: string;
  readonly port: number;
  readonly hash: string;
  readonly replicas?: number;
  /** Newer pods of another template beside them, as during a rolling update. */
  readonly beside?: { readonly port: number; readonly hash: string };
};

const namespace = "team";

function containerOf(service: string, hash: string): object {
  return { name: "model", image: `registry.example/${service}:${hash}`, args: ["uvicorn", "model:app"] };
}

/** A ready pod on loopback with its slice. */
function podObjects(service: string, port: number, hash: string, createdAt: string): readonly object[] {
  const name = `${service}-${hash}`;
  return [
    {
      apiVersion: "v1",
      kind: "Pod",
      metadata: {
        name,
        namespace,
        creationTimestamp: createdAt,
        labels: { app: service, "pod-template-hash": hash },
      },
      spec: { containers: [containerOf(service, hash)] },
      status: {
        phase: "Running",
        podIP: "127.0.0.1",
        conditions: [{ type: "Ready", status: "True" }],
        containerStatuses: [{ name: "model", ready: true, imageID: `registry.example/${service}@sha256:${hash}` }],
      },
    },
    {
      apiVersion: "discovery.k8s.io/v1",
      kind: "EndpointSlice",
      metadata: { name, namespace, labels: { "kubernetes.io/service-name": service } },
      addressType: "IPv4",
      ports: [{ name: "http", port, protocol: "TCP" }],
      endpoints: [
        { addresses: ["127.0.0.1"], conditions: { ready: true }, targetRef: { kind: "Pod", name, namespace } },
      ],
    },
  ];
}

/** The objects of a Service with a FastAPI pod behind it on loopback, as a cluster would hold them. */
function workloadObjects({ service, port, hash, replicas = 1, beside }: Workload): readonly object[] {
  const container = containerOf(service, hash);
  return [
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: service, namespace, annotations: { "gatebook.dev/owner": "fraud" } },
      spec: { selector: { app: service }, ports: [{ name: "http", port: 80 }] },
    },
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: service, namespace },
      spec: {
        replicas,
        selector: { matchLabels: { app: service } },
        template: { metadata: { labels: { app: service } }, spec: { containers: [container] } },
      },
      status: { readyReplicas: replicas },
    },
    // Manifests without a single slice know nothing of endpoints; with one, none of a Service is its being down.
    ...(replicas > 0 ? podObjects(service, port, hash, "2026-01-01T00:00:00Z") : [emptySlice(service)]),
    ...(beside === undefined ? [] : podObjects(service, beside.port, beside.hash, "2026-02-01T00:00:00Z")),
  ];
}

function emptySlice(service: string): object {
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name: service, namespace, labels: { "kubernetes.io/service-name": service } },
    addressType: "IPv4",
    ports: [],
    endpoints: [],
  };
}

/** A route that weighs Services, on a gateway that takes every host. */
function weighedRoute(name: string, weights: Readonly<Record<string, number>>): readonly object[] {
  const gateway = { name: "models", namespace };
  return [
    {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "Gateway",
      metadata: gateway,
      spec: {
        gatewayClassName: "example",
        listeners: [{ name: "http", port: 8080, protocol: "HTTP", hostname: "models.example.com" }],
      },
      status: { addresses: [{ type: "IPAddress", value: "127.0.0.1" }] },
    },
    {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "HTTPRoute",
      metadata: { name, namespace },
      spec: {
        parentRefs: [{ name: "models" }],
        hostnames: ["models.example.com"],
        rules: [
          {
            matches: [{ path: { type: "PathPrefix", value: `/${name}` } }],
            backendRefs: Object.entries(weights).map(([service, weight]) => ({ name: service, port: 80, weight })),
          },
        ],
      },
    },
  ];
}

export type ModelManifests = {
  readonly folder: string;
  putWorkload(workload: Workload): void;
  putRoute(name: string, weights: Readonly<Record<string, number>>): void;
  putText(file: string, text: string): void;
  remove(name: string): void;
  drop(): void;
};

/** A folder of manifests that a test changes as `kubectl apply` would; each file is replaced at once. */
export function createModelManifests(): ModelManifests {
  const folder = mkdtempSync(path.join(tmpdir(), "gatebook-manifests-"));
  const put = (name: string, objects: readonly object[]): void => {
    putText(`${name}.yaml`, objects.map((object) => stringify(object)).join("---\n"));
  };
  const putText = (file: string, text: string): void => {
    const partial = path.join(folder, `.${file}`);
    writeFileSync(partial, text);
    renameSync(partial, path.join(folder, file));
  };
  return {
    folder,
    putText,
    putWorkload: (workload) => {
      put(workload.service, workloadObjects(workload));
    },
    putRoute: (name, weights) => {
      put(`route-${name}`, weighedRoute(name, weights));
    },
    remove: (name) => {
      rmSync(path.join(folder, `${name}.yaml`));
    },
    drop: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
