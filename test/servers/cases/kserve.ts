import type { TestObject } from "../../integration/cluster-client.ts";
import type { Place, PlannedObject, ServerCase } from "../server-case.ts";
import type { Container } from "../workload-objects.ts";
import { workloadObjects } from "../workload-objects.ts";
import { uvicornLog } from "./web-frameworks.ts";

const rows = {
  inputs: [{ name: "rows", datatype: "FP64", shape: [2, 4], data: [5.1, 3.5, 1.4, 0.2, 6.7, 3, 5.2, 2.3] }],
};
const predicts = /(:|%3A)(predict|explain)$|\/(infer|explain|generate|generate_stream|load|unload)$/i;

function readyStatus(name: string, { namespace }: Place, runtime: string | null): Record<string, unknown> {
  return {
    url: `http://${name}-${namespace}.models.test`,
    address: { url: `http://${name}.${namespace}.svc.cluster.local` },
    deploymentMode: "Standard",
    ...(runtime === null ? {} : { clusterServingRuntimeName: runtime }),
    conditions: ["PredictorReady", "IngressReady", "Ready"].map((type) => ({
      type,
      status: "True",
      lastTransitionTime: "2026-11-01T10:00:00Z",
    })),
    components: { predictor: { url: `http://${name}-predictor-${namespace}.models.test` } },
    modelStatus: {
      states: { activeModelState: "Loaded", targetModelState: "Loaded" },
      transitionStatus: "UpToDate",
      copies: { failedCopies: 0, totalCopies: 1 },
    },
  };
}

/** What KServe's controller makes in its Standard mode of an InferenceService. */
function inferenceObjects(
  name: string,
  predictor: Record<string, unknown>,
  container: Container,
  runtime: TestObject | null,
): (place: Place) => readonly PlannedObject[] {
  return (place) => {
    const service: TestObject = {
      apiVersion: "serving.kserve.io/v1beta1",
      kind: "InferenceService",
      metadata: {
        name,
        namespace: place.namespace,
        annotations: { "serving.kserve.io/deploymentMode": "Standard" },
      },
      spec: { predictor },
      status: readyStatus(name, place, runtime?.metadata.name ?? null),
    };
    const labels = {
      app: `isvc.${name}-predictor`,
      component: "predictor",
      "serving.kserve.io/inferenceservice": name,
    };
    const workload = {
      name: `${name}-predictor`,
      container: { ...container, name: "kserve-container" },
      labels,
      servicePorts: { [Object.keys(container.ports)[0] ?? "http"]: 80 },
      owner: service,
    };
    return [
      ...(runtime === null ? [] : [{ object: runtime }]),
      { object: service },
      ...workloadObjects(workload, place),
    ];
  };
}

function servingRuntime(
  name: string,
  protocolVersions: readonly string[],
  container: Record<string, unknown>,
): TestObject {
  return {
    apiVersion: "serving.kserve.io/v1alpha1",
    kind: "ClusterServingRuntime",
    metadata: { name },
    spec: {
      supportedModelFormats: [{ name: "sklearn", version: "1", autoSelect: true, priority: 1 }],
      protocolVersions,
      containers: [{ name: "kserve-container", ...container }],
    },
  };
}

const kserve = { name: "kserve-0.21.0", packages: ["kserve==0.21.0"] };
const log = { line: /uvicorn\.access INFO: .* - "(?<method>[A-Z]+) (?<path>\S+) HTTP\/[\d.]+" (?<status>\d+)/ };
const runKserve = (model: string): readonly string[] => [
  "{bin}/python",
  "iris_kserve.py",
  `--model_name=${model}`,
  "--http_port=8080",
];

const protocolV1: ServerCase = {
  name: "kserve-v1",
  title: "KServe's Python server, protocol v1",
  environment: kserve,
  package: "kserve",
  command: { words: runKserve("flower") },
  port: 8080,
  ready: "/v2/health/ready",
  accessLog: log,
  predicts,
  calls: [{ operation: "POST /v1/models/flower:predict", body: { instances: [[5.1, 3.5, 1.4, 0.2]] } }],
  api: { kind: "InferenceService", name: "flower" },
  objects: inferenceObjects(
    "flower",
    { model: { modelFormat: { name: "sklearn" }, storageUri: "pvc://models/flower" } },
    {
      image: "docker.io/kserve/sklearnserver:v0.21.0",
      args: ["--model_name=flower", "--model_dir=/mnt/models", "--http_port=8080"],
      ports: { http1: 8080 },
    },
    servingRuntime("kserve-sklearnserver", ["v1", "v2"], {
      image: "docker.io/kserve/sklearnserver:v0.21.0",
      args: ["--model_name={{.Name}}", "--model_dir=/mnt/models", "--http_port=8080"],
    }),
  ),
  expected: {
    server: "kserve",
    protocol: "kserve-v1",
    origin: "fetched",
    path: "/openapi.json",
    operations: ["POST /v1/models/flower:predict", "GET /v1/models/flower"],
    absent: ["GET /metrics", "POST /v2/models/flower/infer", "POST /v2/repository/models/flower/load"],
    first: ["GET /openapi.json"],
    daily: ["GET /openapi.json"],
  },
};

const protocolV2: ServerCase = {
  ...protocolV1,
  name: "kserve-v2",
  title: "KServe's Python server, protocol v2",
  command: { words: runKserve("petals"), environment: { DECLARES: "1" } },
  calls: [{ operation: "POST /v2/models/petals/infer", body: rows }],
  api: { kind: "InferenceService", name: "petals" },
  objects: inferenceObjects(
    "petals",
    {
      containers: [
        {
          name: "kserve-container",
          image: "registry.example/research/petals-kserve:1.0.0",
          args: ["--model_name=petals"],
          // Of a predictor of its owner's own KServe knows the protocol by this.
          env: [{ name: "PROTOCOL", value: "v2" }],
        },
      ],
    },
    {
      image: "registry.example/research/petals-kserve:1.0.0",
      command: ["python", "-m", "petals"],
      args: ["--model_name=petals"],
      environment: { PROTOCOL: "v2" },
      ports: { "user-port": 8080 },
    },
    null,
  ),
  expected: {
    ...protocolV1.expected,
    protocol: "open-inference",
    operations: ["POST /v2/models/petals/infer", "GET /v2/models/petals"],
    absent: ["GET /metrics", "POST /v2/repository/models/petals/load"],
    first: ["GET /openapi.json", "GET /v2/models/petals"],
    daily: ["GET /openapi.json", "GET /v2/models/petals"],
    examples: ["POST /v2/models/petals/infer"],
  },
};

const mlserver = { name: "mlserver-1.7.1", packages: ["mlserver==1.7.1"] };

const mlserverAlone: ServerCase = {
  name: "mlserver",
  title: "MLServer, its model's name known to itself alone",
  environment: mlserver,
  package: "mlserver",
  command: { words: ["{bin}/mlserver", "start", "."], folder: "mlserver", environment: { MLSERVER_HOST: "0.0.0.0" } },
  port: 8080,
  ready: "/v2/health/ready",
  accessLog: uvicornLog,
  predicts,
  calls: [{ operation: "POST /v2/models/{model_name}/infer", path: "/v2/models/iris/infer", body: rows }],
  api: { kind: "Service", name: "mlserver" },
  objects: (place) =>
    workloadObjects(
      {
        name: "mlserver",
        container: {
          image: "docker.io/seldonio/mlserver:1.7.1",
          args: ["mlserver", "start", "/mnt/models"],
          ports: { http: 8080, grpc: 8081, metrics: 8082 },
        },
        labels: { "app.kubernetes.io/name": "mlserver" },
        servicePorts: { http: 8080, grpc: 8081, metrics: 8082 },
      },
      place,
    ),
  expected: {
    server: "mlserver",
    protocol: "open-inference",
    origin: "fetched",
    path: "/v2/docs/dataplane.json",
    operations: ["POST /v2/models/{model_name}/infer", "GET /v2/models/{model_name}"],
    first: ["GET /v2/docs/dataplane.json"],
    daily: ["GET /v2/docs/dataplane.json"],
  },
};

const mlserverInKserve: ServerCase = {
  ...mlserverAlone,
  name: "mlserver-kserve",
  title: "MLServer, as KServe's runtime",
  calls: [{ operation: "POST /v2/models/iris/infer", body: rows }],
  api: { kind: "InferenceService", name: "iris" },
  objects: inferenceObjects(
    "iris",
    { model: { modelFormat: { name: "sklearn" }, protocolVersion: "v2", storageUri: "pvc://models/iris" } },
    {
      image: "docker.io/seldonio/mlserver:1.7.1",
      environment: {
        MLSERVER_MODEL_IMPLEMENTATION: "mlserver_sklearn.SKLearnModel",
        MLSERVER_HTTP_PORT: "8080",
        MLSERVER_GRPC_PORT: "9000",
        MLSERVER_MODEL_NAME: "iris",
        MLSERVER_MODEL_URI: "/mnt/models",
      },
      ports: { http1: 8080 },
    },
    servingRuntime("kserve-mlserver", ["v2"], {
      image: "docker.io/seldonio/mlserver:1.7.1",
      env: [{ name: "MLSERVER_MODEL_IMPLEMENTATION", value: "{{.Labels.modelClass}}" }],
    }),
  ),
  expected: {
    ...mlserverAlone.expected,
    path: "/v2/models/iris/docs/dataplane.json",
    operations: ["POST /v2/models/iris/infer", "GET /v2/models/iris"],
    absent: ["POST /v2/models/{model_name}/infer"],
    first: ["GET /v2/models/iris/docs/dataplane.json", "GET /v2/models/iris"],
    daily: ["GET /v2/models/iris/docs/dataplane.json", "GET /v2/models/iris"],
    examples: ["POST /v2/models/iris/infer"],
  },
};

export const kserveCases: readonly ServerCase[] = [protocolV1, protocolV2, mlserverAlone, mlserverInKserve];
