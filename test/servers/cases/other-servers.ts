import { execFileSync } from "node:child_process";
import type { TestObject } from "../../integration/cluster-client.ts";
import type { Place, PlannedObject, ServerCase } from "../server-case.ts";
import { podObjects } from "../workload-objects.ts";
import { application, uvicornLog } from "./web-frameworks.ts";

const bentoml: ServerCase = {
  name: "bentoml",
  title: "BentoML",
  environment: { name: "bentoml-1.4.39", packages: ["bentoml==1.4.39"] },
  package: "bentoml",
  command: { words: ["{bin}/bentoml", "serve", "iris_bento:Iris", "--host", "0.0.0.0", "--port", "3000"] },
  port: 3000,
  ready: "/readyz",
  // Requests for its own health are not in it.
  accessLog: { line: /\(scheme=http,method=(?<method>[A-Z]+),path=(?<path>[^,]+),.*\) \(status=(?<status>\d+),/ },
  predicts: /^\/classify$/,
  calls: [{ operation: "POST /classify", body: { rows: [[5.1, 3.5, 1.4, 0.2]] } }],
  api: { kind: "Service", name: "bentoml" },
  objects: application("bentoml", {
    image: "registry.example/research/iris-bento:kq5bz3xqf2ab",
    args: ["bentoml", "serve", "/home/bentoml/bento"],
    ports: { http: 3000 },
  }),
  expected: {
    server: "bentoml",
    protocol: "rest",
    origin: "fetched",
    path: "/docs.json",
    operations: ["POST /classify", "GET /readyz"],
    first: ["GET /docs.json"],
    daily: ["GET /docs.json"],
  },
};

const litserve: ServerCase = {
  name: "litserve",
  title: "LitServe",
  environment: { name: "litserve-0.2.19", packages: ["litserve==0.2.19"] },
  package: "litserve",
  command: { words: ["{bin}/python", "iris_litserve.py"] },
  port: 8000,
  ready: "/health",
  accessLog: uvicornLog,
  predicts: /^\/predict$/,
  calls: [{ operation: "POST /predict", body: { row: [5.1, 3.5, 1.4, 0.2] } }],
  api: { kind: "Service", name: "litserve" },
  // Its image runs a script of its owner: only the annotation tells what it is.
  objects: application(
    "litserve",
    {
      image: "registry.example/research/iris-lit:0.3.0",
      command: ["python", "/app/server.py"],
      ports: { http: 8000 },
    },
    { "gatebook.dev/server": "litserve" },
  ),
  expected: {
    server: "litserve",
    protocol: "rest",
    origin: "fetched",
    path: "/openapi.json",
    operations: ["POST /predict", "GET /health"],
    first: ["GET /openapi.json"],
    daily: ["GET /openapi.json"],
  },
};

const columns = ["sepal_length", "sepal_width", "petal_length", "petal_width"];
const split = { dataframe_split: { columns, data: [[5.1, 3.5, 1.4, 0.2]] } };

function mlflow(name: string, version: string, packages: readonly string[]): ServerCase {
  return {
    name,
    title: "MLflow's scoring server",
    environment: { name: `mlflow-${version}`, packages: [`mlflow==${version}`, ...packages] },
    package: "mlflow",
    command: {
      words: "{bin}/mlflow models serve -m mlflow -h 0.0.0.0 -p 8080 --env-manager local".split(" "),
    },
    port: 8080,
    ready: "/ping",
    accessLog: uvicornLog,
    predicts: /^\/invocations$/,
    calls: [
      { operation: "POST /invocations", body: split },
      {
        operation: "POST /invocations",
        body: { dataframe_records: [Object.fromEntries(columns.map((column) => [column, 1.5]))] },
      },
    ],
    api: { kind: "Service", name },
    objects: application(name, {
      image: `registry.example/research/iris-mlflow:${version}`,
      args: [
        "mlflow",
        "models",
        "serve",
        "-m",
        "/opt/ml/model",
        "-h",
        "0.0.0.0",
        "-p",
        "8080",
        "--env-manager",
        "local",
      ],
      ports: { http: 8080 },
    }),
    expected: {
      server: "mlflow",
      protocol: "rest",
      origin: "fetched",
      path: "/openapi.json",
      operations: ["POST /invocations", "GET /ping", "GET /version"],
      first: ["GET /openapi.json"],
      daily: ["GET /openapi.json"],
    },
  };
}

const oldMlflow = mlflow("mlflow-2", "2.14.3", ["setuptools<81"]);

/** What KubeRay makes of a RayService whose cluster is one head. */
function rayObjects(place: Place): readonly PlannedObject[] {
  const { namespace } = place;
  const cluster = "fruit-raycluster-x2k9p";
  const time = "2026-11-01T10:00:00Z";
  const status = (type: string, value: string, reason: string) => ({
    type,
    status: value,
    reason,
    message: "",
    lastTransitionTime: time,
  });
  const ports = { "gcs-server": 6379, dashboard: 8265, client: 10001, serve: 8000 };
  const head = {
    name: "ray-head",
    image: "docker.io/rayproject/ray:2.60.0",
    ports: Object.entries(ports).map(([name, containerPort]) => ({ name, containerPort })),
  };
  const service: TestObject = {
    apiVersion: "ray.io/v1",
    kind: "RayService",
    metadata: { name: "fruit", namespace },
    spec: {
      serveConfigV2:
        'applications:\n  - { name: stand, import_path: "fruit_ray:stand", route_prefix: /fruit }\n  - { name: plain, import_path: "fruit_ray:plain", route_prefix: /plain }\n',
      rayClusterConfig: { headGroupSpec: { rayStartParams: {}, template: { spec: { containers: [head] } } } },
    },
    status: {
      serviceStatus: "Running",
      numServeEndpoints: 1,
      observedGeneration: 1,
      conditions: [
        status("Ready", "True", "NonZeroServeEndpoints"),
        status("UpgradeInProgress", "False", "NoPendingCluster"),
      ],
      activeServiceStatus: {
        rayClusterName: cluster,
        applicationStatuses: { stand: { status: "RUNNING" }, plain: { status: "RUNNING" } },
      },
    },
  };
  const labels = {
    "ray.io/cluster": cluster,
    "ray.io/node-type": "head",
    "ray.io/serve": "true",
    "ray.io/originated-from-cr-name": "fruit",
    "ray.io/originated-from-crd": "RayService",
  };
  const workload = {
    name: `${cluster}-head`,
    container: {
      name: "ray-head",
      image: head.image,
      args: ["ulimit -n 65536; ray start --head --block --dashboard-host=0.0.0.0"],
      command: ["/bin/bash", "-c", "--"],
      ports,
    },
    labels,
    serviceName: "fruit-serve-svc",
    serviceLabels: { "ray.io/originated-from-cr-name": "fruit", "ray.io/originated-from-crd": "RayService" },
    servicePorts: { serve: 8000 },
    owner: service,
  };
  return [{ object: service }, ...podObjects(workload, place)];
}

/** Ray's own log of its proxy; what a replica prints comes only from requests that reached one. */
const ray: ServerCase = {
  name: "ray-serve",
  title: "Ray Serve, once its owner names the path",
  environment: { name: "ray-2.60.0", packages: ["ray[serve]==2.60.0"] },
  package: "ray",
  command: { words: ["{bin}/serve", "run", "fruit_ray.yaml"], environment: { RAY_USAGE_STATS_ENABLED: "0" } },
  port: 8000,
  ready: "/-/healthz",
  accessLog: {
    file: "ray/session_*/logs/serve/proxy_*.log",
    line: / -- (?<method>[A-Z]+) (?<path>\S*) (?<status>\d+) [\d.]+ms/,
  },
  predicts: /^\/(plain|fruit\/price$)/,
  calls: [{ operation: "POST /price", body: { fruit: "mango", count: 3 } }],
  api: { kind: "RayService", name: "fruit" },
  objects: rayObjects,
  expected: {
    server: "ray-serve",
    protocol: "rest",
    origin: "none",
    path: null,
    operations: [],
    first: [],
    daily: [],
  },
  afterwards: {
    annotate: async (cluster) => {
      const annotations = { "gatebook.dev/openapi-path": "/fruit/openapi.json" };
      const path = "/apis/ray.io/v1/namespaces/models/rayservices/fruit";
      const answer = await cluster.send("PATCH", path, { metadata: { annotations } }, "application/merge-patch+json");
      if (answer.status !== 200) throw new Error(`The annotation was refused: ${JSON.stringify(answer.body)}`);
    },
    expected: {
      server: "ray-serve",
      protocol: "rest",
      origin: "declared",
      path: "/fruit/openapi.json",
      operations: ["POST /price"],
      first: ["GET /fruit/openapi.json"],
      daily: ["GET /fruit/openapi.json"],
    },
  },
};

function javaProblem(): string | null {
  try {
    execFileSync("java", ["-version"], { stdio: "ignore" });
    return null;
  } catch {
    return "TorchServe needs Java 11 or newer, and there is no `java` here.";
  }
}

const torchserve: ServerCase = {
  name: "torchserve",
  title: "TorchServe, no model loaded",
  environment: { name: "torchserve-0.12.0", packages: ["torchserve==0.12.0"] },
  package: "torchserve",
  command: {
    words: [
      ...["{bin}/torchserve", "--start", "--foreground", "--ncs", "--disable-token-auth"],
      ...["--model-store", "torchserve", "--ts-config", "torchserve/config.properties"],
    ],
  },
  port: 8080,
  ready: "/ping",
  accessLog: { line: /ACCESS_LOG - \S+ "(?<method>[A-Z]+) (?<path>\S+) HTTP\/[\d.]+" (?<status>\d+)/ },
  predicts: /^\/(predictions|explanations|wfpredict|v1|v2)\//,
  calls: [],
  api: { kind: "Service", name: "torchserve" },
  objects: application("torchserve", {
    image: "docker.io/pytorch/torchserve:0.12.0-cpu",
    args: ["torchserve", "--start", "--model-store", "/home/model-server/model-store", "--disable-token-auth"],
    ports: { http: 8080, management: 8081, metrics: 8082 },
  }),
  problem: javaProblem,
  expected: {
    server: "torchserve",
    protocol: "torchserve",
    origin: "fetched",
    path: "/api-description",
    operations: ["GET /ping", "POST /predictions/{model_name}"],
    first: ["GET /api-description"],
    daily: ["GET /api-description"],
  },
};

export const otherServerCases: readonly ServerCase[] = [
  bentoml,
  litserve,
  mlflow("mlflow-3", "3.17.2", []),
  {
    ...oldMlflow,
    // Flask behind gunicorn, which prints no access log unless it is told to.
    command: { ...oldMlflow.command, environment: { GUNICORN_CMD_ARGS: "--access-logfile -" } },
    accessLog: { line: /^\S+ - - \[[^\]]+\] "(?<method>[A-Z]+) (?<path>\S+) HTTP\/[\d.]+" (?<status>\d+)/ },
    expected: { ...oldMlflow.expected, origin: "derived", path: null },
  },
  ray,
  torchserve,
];
