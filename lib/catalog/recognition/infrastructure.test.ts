import { describe, expect, it } from "vitest";
import type { ContainerFact } from "../../sources/index.ts";
import { infrastructureOf, isSidecar } from "./infrastructure.ts";
import { infrastructureReason, recogniseServer } from "./recognise-server.ts";

type Told = Partial<Omit<ContainerFact, "words">> & { readonly run?: string };

/** A container; `run` are its words, with blanks between them. */
function container({ run = "", ...told }: Told): ContainerFact {
  const words = run === "" ? [] : run.split(" ");
  return { name: "main", image: "registry.test/app:1", words, environment: {}, ports: [], gpus: null, ...told };
}

const port = (number: number, name = ""): ContainerFact["ports"] => [{ name, port: number }];

describe("infrastructure by its image", () => {
  it.each([
    [
      "databases",
      ["postgres:18", "registry.test/bitnami/postgresql:17", "mariadb", "mongo:8", "redis:8", "valkey/valkey"],
    ],
    ["columns and series", ["clickhouse/clickhouse-server", "influxdb:3", "cockroachdb/cockroach", "memcached:1.6"]],
    [
      "brokers",
      ["rabbitmq:4-management", "apache/kafka:4.0.0", "nats:2", "strimzi/operator:0.46", "redpandadata/redpanda"],
    ],
    ["vector databases", ["qdrant/qdrant:v1", "milvusdb/milvus", "semitechnologies/weaviate", "chromadb/chroma:1.0"]],
    [
      "stores",
      ["quay.io/minio/minio", "etcd:3.6", "elasticsearch:9", "hashicorp/consul", "registry.test/opensearch:3"],
    ],
    [
      "gateways",
      ["traefik:v3", "kong:3.9", "registry.test/ingress-nginx/controller:v1", "envoyproxy/ai-gateway-controller"],
    ],
    [
      "what picks a model's server",
      ["registry.test/gateway-api-inference-extension/epp:v1", "registry.test/lmstack-router"],
    ],
    ["schedulers beside vLLM", ["registry.test/llm-d/llm-d-inference-scheduler:v0.3"]],
    ["notebooks", ["quay.io/jupyter/scipy-notebook", "kubeflownotebookswg/codeserver-python", "jupyterhub/k8s-hub:4"]],
    [
      "pages for people",
      ["ghcr.io/open-webui/open-webui", "dpage/pgadmin4", "grafana/grafana:12", "apache/superset", "metabase/metabase"],
    ],
    [
      "operators' own",
      [
        "kserve/kserve-controller:v0.15.2",
        "seldonio/seldon-scheduler:2.9",
        "quay.io/nuclio/dashboard",
        "registry.test/kuberay-operator:v1",
      ],
    ],
    [
      "platforms' own",
      ["mlrun/mlrun-api:1.8", "quay.io/bentoml/yatai:1", "registry.test/yatai-image-builder", "kserve/models-web-app"],
    ],
    ["monitoring", ["prom/prometheus:v3", "otel/opentelemetry-collector-contrib", "registry.test/kube-state-metrics"]],
    [
      "workflows' own",
      [
        "quay.io/argoproj/argocd:v3",
        "quay.io/argoproj/argocli:v3",
        "quay.io/argoproj/argoexec:v3",
        "quay.io/argoproj/argo-rollouts:v1",
        "quay.io/argoproj/kubectl-argo-rollouts:v1",
        "quay.io/argoproj/argo-events:v1",
        "quay.io/argoproj/workflow-controller:v3",
      ],
    ],
    [
      "brokers under their makers' names",
      ["apache/kafka-native:4.0.0", "confluentinc/cp-kafka:7.9", "confluentinc/cp-schema-registry:7.9"],
    ],
    ["brokers of small messages", ["eclipse-mosquitto:2", "registry.test/mosquitto:2"]],
    ["databases with something more", ["pgvector/pgvector:pg17", "redis/redis-stack:7", "redis/redis-stack-server:7"]],
    ["databases of several nodes", ["bitnami/redis-cluster:8", "bitnami/redis-sentinel:8"]],
    ["databases' editions", ["mongodb/mongodb-community-server:8", "mongodb/mongodb-enterprise-server:8"]],
    ["editors", ["codercom/code-server:4", "registry.test/team/codeserver-python:1"]],
    [
      "operators under other names",
      ["quay.io/kuberay/operator:v1.4", "seldonio/seldonv2-controller:2.9", "docker.io/envoyproxy/gateway:v1.4"],
    ],
  ])("%s", (_, images) => {
    for (const image of images) {
      const containers = [container({ image })];
      expect(infrastructureReason({ containers })).toBe(`Its container ${image} is infrastructure.`);
      expect(recogniseServer({ containers })).toBeNull();
    }
  });

  it.each([
    ["an image that begins like one", "registry.test/team/redis-ranker:1"],
    ["an image that ends like one", "registry.test/team/fraud-postgres:1"],
    ["a repository of that name", "registry.test/kafka/fraud:1"],
    ["a tag of that name", "registry.test/team/fraud:postgres"],
    ["a model that is named like a workflow", "registry.test/team/argo-ranker:1"],
    ["a model that is named like a cargo", "registry.test/team/cargo:1"],
    ["an operator's maker with another image", "registry.test/kuberay/ranker:1"],
    ["a gateway of another maker", "registry.test/team/gateway:1"],
    ["an operator of nobody in particular", "registry.test/team/operator:1"],
    ["a vector that a model makes", "registry.test/team/pgvector-embedder:1"],
    ["a model that is named like a stack", "registry.test/team/redis-stack-ranker:1"],
    ["a model that serves a database's words", "registry.test/team/mongodb-server:1"],
    ["a model that is named like a coder", "registry.test/team/code-llama-server:1"],
    ["a model that is named like a maker's brokers", "registry.test/team/cp-ranker:1"],
    ["no image at all", ""],
  ])("not %s", (_, image) => {
    expect(infrastructureOf(container({ image }))).toBeNull();
  });
});

describe("infrastructure by what it runs", () => {
  it.each([
    ["mlflow server --host 0.0.0.0", "is MLflow's tracking server"],
    ["mlflow ui", "is MLflow's tracking server"],
    ["gunicorn -w 4 mlflow.server:app", "is MLflow's tracking server"],
    ["jupyter lab --ip=0.0.0.0", "is a notebook"],
    ["/opt/conda/bin/jupyter-lab", "is a notebook"],
    ["start-notebook.sh", "is a notebook"],
    ["airflow webserver", "is a tool for people, no API"],
    ["gunicorn superset.app:create_app()", "is a tool for people, no API"],
    ["streamlit run app.py", "is a page for people, no API"],
    ["chroma-start chromadb.app:app", "is a vector database"],
    ["uvicorn chromadb.app:app --port 8000", "is a vector database"],
    ["/manager --leader-elect", "is an operator"],
    ["kopf run operator.py", "is an operator"],
  ])("%s", (run, reason) => {
    const containers = [container({ run })];
    expect(infrastructureReason({ containers })).toBe(`Its container registry.test/app:1 ${reason}.`);
    expect(recogniseServer({ containers })).toBeNull();
  });

  it.each([
    ["mlflow models serve -m models:/iris/1", "mlflow"],
    ["bentoml serve service:Iris", "bentoml"],
    ["uvicorn app:app", "fastapi"],
  ])("not %s, which serves a model, in an image that others use too", (run, server) => {
    const containers = [container({ image: "registry.test/base/nginx:1", run })];
    expect(infrastructureReason({ containers })).toBeNull();
    expect(recogniseServer({ containers })?.server).toBe(server);
  });

  it.each([
    ["vllm/vllm-openai:v0.9.1", "vllm"],
    ["nvcr.io/nvidia/tritonserver:25.01-py3", "triton"],
    ["registry.test/kserve/sklearnserver:v0.15.2", "kserve"],
    ["kserve/custom-model:v1", "kserve"],
    ["registry.test/seldonio/mlserver:1.7.1", "mlserver"],
    ["rayproject/ray:2.46.0", "ray-serve"],
    ["registry.test/yatai-bentos:iris-1", "bentoml"],
    ["nvcr.io/nim/org/chat:1", "nim"],
    ["registry.test/llm-d/llm-d-cuda:v0.3", "vllm"],
    ["quay.io/nuclio/processor-iris:1", "nuclio"],
  ])("not the image of a model's server: %s", (image, server) => {
    const containers = [container({ image })];
    expect(infrastructureReason({ containers })).toBeNull();
    expect(recogniseServer({ containers })?.server).toBe(server);
  });

  it("a container without an image is known by its name", () => {
    expect(infrastructureOf(container({ image: "", name: "tracking", run: "mlflow server" }))).toBe(
      "Its container tracking is MLflow's tracking server.",
    );
  });

  it("a long image is cut", () => {
    const image = `${"r".repeat(300)}/redis`;
    expect(infrastructureOf(container({ image }))).toBe(`Its container ${"r".repeat(200)} is infrastructure.`);
  });
});

describe("what stands beside a workload", () => {
  it.each([
    ["a mesh's proxy", { image: "docker.io/istio/proxyv2:1.26" }],
    ["a mesh's proxy by its name", { name: "istio-proxy", image: "registry.test/mirror/mesh:1" }],
    ["Knative's queue", { image: "registry.test/serving/cmd/queue@sha256:00ff" }],
    ["another mesh's proxy", { image: "cr.l5d.io/linkerd/proxy:2" }],
    ["a login", { image: "quay.io/oauth2-proxy/oauth2-proxy:v7" }],
    ["KServe's agent", { image: "kserve/agent:v0.15.2" }],
    ["llm-d's proxy", { image: "registry.test/llm-d/llm-d-routing-sidecar:v0.3" }],
    ["an exporter", { image: "registry.test/monitoring/gpu-exporter:1" }],
    ["a shipper of logs", { image: "fluent/fluent-bit:4" }],
    ["a way to a database", { image: "registry.test/cloud-sql-connectors/cloud-sql-proxy:2" }],
  ] satisfies readonly (readonly [string, Told])[])("%s never answers for it", (_, told) => {
    const beside = container({ ...told, ports: port(8000, "http"), run: "uvicorn app:app" });
    const app = container({ name: "app", image: "registry.test/fraud:1", run: "gunicorn app:app" });
    expect(isSidecar(beside)).toBe(true);
    expect(recogniseServer({ containers: [beside, app], targetPort: 8000 })).toMatchObject({
      server: "flask",
      container: app,
    });
    expect(recogniseServer({ containers: [beside] })).toBeNull();
    expect(infrastructureReason({ containers: [beside] })).toBe(`Its container ${beside.image} is infrastructure.`);
  });

  it.each([
    ["an application", { image: "registry.test/app:1" }],
    ["a proxy that is the workload", { image: "traefik:v3" }],
    ["an image that begins like one", { image: "registry.test/team/envoy-trained-model:1" }],
  ] satisfies readonly (readonly [string, Told])[])("not %s", (_, told) => {
    expect(isSidecar(container(told))).toBe(false);
  });
});

describe("several containers", () => {
  const app = container({ name: "app", run: "uvicorn app:app", ports: port(8000, "http") });
  const triton = container({ name: "triton", run: "tritonserver", ports: port(8001, "inference") });
  const redis = container({ name: "cache", image: "redis:8", ports: port(6379) });

  it.each([
    ["the first where nobody says the port", [app, triton], null, "fastapi"],
    ["the one that declares its number", [app, triton], 8001, "triton"],
    ["the one that declares its name", [app, triton], "inference", "triton"],
    ["the first where none declares it", [app, triton], 9000, "fastapi"],
    ["a model beside a cache", [redis, app], null, "fastapi"],
    ["no model where the port is the cache's", [redis, app], 6379, null],
    ["no name is no name of a port", [redis, app], "", "fastapi"],
  ])("%s", (_, containers, targetPort, server) => {
    expect(recogniseServer({ containers, targetPort })?.server ?? null).toBe(server);
  });

  it("the reason is that of the container that answers", () => {
    expect(infrastructureReason({ containers: [app, redis], targetPort: 6379 })).toBe(
      "Its container redis:8 is infrastructure.",
    );
    expect(infrastructureReason({ containers: [redis, app] })).toBeNull();
  });
});
