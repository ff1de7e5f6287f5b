import type { Protocol, ServerKind } from "../model/index.ts";
import { serverKinds } from "../model/index.ts";
import type { ContainerFact } from "../sources/index.ts";

export type Recognition = {
  readonly server: ServerKind;
  readonly protocol: Protocol;
  readonly modelName: string | null;
  /** Why, for the reader. */
  readonly because: string;
};

/** What of a container tells a server; words are its command and arguments, split at spaces. */
type Hints = {
  readonly image: string;
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
};

type Row = {
  readonly server: ServerKind;
  /** The repository of the image, without registry and tag. */
  readonly image?: RegExp;
  readonly words?: (hints: Hints) => boolean;
  readonly modelName?: (hints: Hints) => string | null;
};

/** Images of what is certainly no model and no service of anybody's (SERVING §4: databases, brokers, object stores, dashboards). */
const infrastructureImages =
  /(^|\/)(postgres(ql)?|mysql|mariadb|mongo(db)?|redis|valkey|memcached|rabbitmq|kafka|zookeeper|nats|etcd|elasticsearch|opensearch|minio|prometheus|alertmanager|grafana|loki|jaeger|fluent-?bit|otel-collector|opentelemetry-collector|pgbouncer|kafka-ui|kibana|busybox|pause|node-exporter|kube-state-metrics|epp|envoy|istio-proxy|proxyv2|traefik|kong|nginx-ingress-controller|ingress-nginx-controller|oauth2-proxy|dex|vault|consul|influxdb|clickhouse(-server)?|cassandra|milvus|qdrant|weaviate|chroma)([:@-]|$)/;

/** Everything that stands beside a model in its pod and never answers for it. */
const sidecars = /(^|\/)(queue|queue-proxy|istio-proxy|proxyv2|envoy|agent|logger|linkerd-proxy|oauth2-proxy)([:@]|$)/;

function argumentAfter(words: readonly string[], ...flags: readonly string[]): string | null {
  for (const flag of flags) {
    const joined = words.find((word) => word.startsWith(`${flag}=`));
    if (joined !== undefined) return joined.slice(flag.length + 1);
    const index = words.indexOf(flag);
    const next = index === -1 ? undefined : words[index + 1];
    if (next !== undefined && !next.startsWith("-")) return next;
  }
  return null;
}

function runs(words: readonly string[], program: string): boolean {
  return words.some((word) => word === program || word.endsWith(`/${program}`));
}

function filled(value: string | undefined): string | null {
  return value === undefined || value === "" ? null : value;
}

function follows(words: readonly string[], first: string, second: string): boolean {
  return words.some((word, index) => (word === first || word.endsWith(`/${first}`)) && words[index + 1] === second);
}

/** Most telling first: a server that is built on another one stands before it (SERVING §5). */
const rows: readonly Row[] = [
  {
    server: "mlserver",
    image: /(^|\/)seldonio\/mlserver([:@-]|$)/,
    words: ({ words, environment }) =>
      runs(words, "mlserver") || Object.keys(environment).some((name) => name.startsWith("MLSERVER_")),
    modelName: ({ environment }) => filled(environment["MLSERVER_MODEL_NAME"]),
  },
  {
    server: "triton",
    image: /(^|\/)tritonserver([:@-]|$)/,
    words: ({ words }) => runs(words, "tritonserver"),
    modelName: ({ words }) => argumentAfter(words, "--load-model"),
  },
  {
    server: "torchserve",
    image: /(^|\/)(pytorch\/torchserve|torchserve-kfs)([:@-]|$)/,
    words: ({ words }) => runs(words, "torchserve"),
  },
  {
    server: "tensorflow-serving",
    image: /(^|\/)tensorflow\/serving([:@-]|$)/,
    words: ({ words }) => runs(words, "tensorflow_model_server"),
    modelName: ({ words, environment }) => argumentAfter(words, "--model_name") ?? filled(environment["MODEL_NAME"]),
  },
  {
    server: "nim",
    image: /(^|\/)nim\/[^/]+\/[^/]+/,
    words: ({ environment }) => environment["NIM_MODEL_NAME"] !== undefined,
    modelName: ({ environment }) => filled(environment["NIM_SERVED_MODEL_NAME"]),
  },
  {
    server: "vllm",
    image: /(^|\/)(vllm-openai|kserve\/vllmserver|vllm-cpu[a-z-]*|llm-d(-cuda|-cpu)?|kaito-base)([:@-]|$)/,
    words: ({ words }) =>
      follows(words, "vllm", "serve") || words.some((word) => word.startsWith("vllm.entrypoints.openai")),
    modelName: ({ words }) => argumentAfter(words, "--served-model-name") ?? argumentAfter(words, "--model", "serve"),
  },
  {
    server: "sglang",
    image: /(^|\/)sglang([:@-]|$)/,
    words: ({ words }) => words.some((word) => word.startsWith("sglang.launch_server")),
    modelName: ({ words }) => argumentAfter(words, "--served-model-name", "--model-path"),
  },
  {
    server: "text-generation-inference",
    image: /(^|\/)text-generation-inference([:@-]|$)/,
    words: ({ words }) => runs(words, "text-generation-launcher"),
    modelName: ({ words, environment }) => argumentAfter(words, "--model-id") ?? filled(environment["MODEL_ID"]),
  },
  {
    server: "text-embeddings-inference",
    image: /(^|\/)text-embeddings-inference([:@-]|$)/,
    words: ({ words }) => runs(words, "text-embeddings-router"),
    modelName: ({ words, environment }) => argumentAfter(words, "--model-id") ?? filled(environment["MODEL_ID"]),
  },
  {
    server: "ollama",
    image: /(^|\/)ollama\/ollama([:@-]|$)/,
    words: ({ words }) => follows(words, "ollama", "serve"),
  },
  {
    server: "llama-cpp",
    image: /(^|\/)(llama\.cpp|llama-cpp[a-z-]*)([:@-]|$)/,
    words: ({ words }) => runs(words, "llama-server"),
    modelName: ({ words }) => argumentAfter(words, "--alias", "-a"),
  },
  {
    server: "seldon-executor",
    image: /(^|\/)seldonio\/(seldon-core-executor|[a-z0-9_-]+server)([:@-]|$)/,
    words: ({ words }) => runs(words, "seldon-core-microservice"),
  },
  {
    server: "kserve",
    image: /(^|\/)kserve\/[a-z]+server([:@-]|$)/,
    // TensorFlow Serving has the same argument and stands above.
    words: ({ words }) => argumentAfter(words, "--model_name") !== null,
    modelName: ({ words }) => argumentAfter(words, "--model_name"),
  },
  {
    server: "bentoml",
    image: /(^|\/)(bentoml|yatai-bentos)([:@/-]|$)/,
    words: ({ words, environment }) =>
      follows(words, "bentoml", "serve") ||
      follows(words, "bentoml", "serve-http") ||
      environment["BENTOML_PORT"] !== undefined,
  },
  {
    server: "mlflow",
    words: ({ words }) => follows(words, "mlflow", "models") && words.includes("serve"),
  },
  {
    server: "litserve",
    words: ({ words }) =>
      words.some((word) => /(^|\/|\.)litserve([./]|$)/.test(word)) || follows(words, "lightning", "serve"),
  },
  {
    server: "ray-serve",
    image: /(^|\/)rayproject\/ray(-ml|-llm)?([:@-]|$)/,
    words: ({ words }) => follows(words, "serve", "run") || follows(words, "ray", "start"),
  },
  {
    server: "mlrun-serving",
    words: ({ environment }) => environment["SERVING_SPEC_ENV"] !== undefined,
  },
  {
    server: "nuclio",
    image: /(^|\/)nuclio\/(processor|handler-builder)[a-z0-9.-]*([:@-]|$)/,
    words: ({ environment }) => environment["NUCLIO_FUNCTION_INSTANCE"] !== undefined,
  },
  {
    server: "fastapi",
    words: ({ words }) =>
      runs(words, "uvicorn") ||
      runs(words, "hypercorn") ||
      words.some((word) => word.includes("uvicorn.workers") || word === "uvicorn_worker.UvicornWorker") ||
      (runs(words, "fastapi") && (words.includes("run") || words.includes("dev"))),
  },
  {
    server: "flask",
    words: ({ words }) =>
      runs(words, "gunicorn") ||
      runs(words, "waitress-serve") ||
      follows(words, "flask", "run") ||
      runs(words, "uwsgi"),
  },
];

/** Names for people. */
export const serverTitles: { readonly [Server in ServerKind]: string } = {
  bentoml: "BentoML",
  fastapi: "an ASGI server, as FastAPI services do",
  flask: "a WSGI server, as Flask services do",
  "inference-graph": "a KServe InferenceGraph router",
  kserve: "a KServe Python server",
  litserve: "LitServe",
  "llama-cpp": "the llama.cpp server",
  mlflow: "MLflow's model server",
  "mlrun-serving": "an MLRun serving graph",
  mlserver: "MLServer",
  nim: "NVIDIA NIM",
  nuclio: "a Nuclio function",
  ollama: "Ollama",
  "ray-serve": "Ray Serve",
  "seldon-executor": "a Seldon Core predictor",
  "seldon-mesh": "Seldon Core 2",
  sglang: "SGLang",
  "tensorflow-serving": "TensorFlow Serving",
  "text-embeddings-inference": "Text Embeddings Inference",
  "text-generation-inference": "Text Generation Inference",
  torchserve: "TorchServe",
  triton: "Triton Inference Server",
  vllm: "vLLM",
  "unknown-http": "an HTTP server",
};

function recogniseContainer(container: ContainerFact): Recognition | null {
  if (sidecars.test(container.image)) return null;
  const hints: Hints = {
    image: container.image,
    words: container.words.flatMap((word) => word.split(/\s+/)).slice(0, 2_000),
    environment: container.environment,
  };
  const byImage = rows.find((row) => row.image?.test(hints.image) === true);
  const row = byImage ?? rows.find((candidate) => candidate.words?.(hints) === true);
  if (row === undefined) return null;
  return {
    server: row.server,
    protocol: protocolOf(row.server),
    modelName: row.modelName?.(hints)?.slice(0, 200) ?? null,
    because: `runs ${serverTitles[row.server]} (${container.image.slice(0, 200)})`,
  };
}

/** What the annotation `gatebook.dev/server` names; null where it names none that is known. */
export function serverNamed(name: string | undefined): ServerKind | null {
  return serverKinds.find((kind) => kind === name) ?? null;
}

/** The server in a pod, told by image, command, arguments and variables, without a request (SERVING §5); null where none is known. */
export function recogniseServer(containers: readonly ContainerFact[]): Recognition | null {
  for (const container of containers) {
    const recognition = recogniseContainer(container);
    if (recognition !== null) return recognition;
  }
  return null;
}

/** The image that shows these containers to be infrastructure; null where none does. */
export function infrastructureImage(containers: readonly ContainerFact[]): string | null {
  return containers.find((container) => infrastructureImages.test(container.image))?.image ?? null;
}

/** The protocol that a server speaks, where nothing more exact is said. */
export function protocolOf(server: ServerKind): Protocol {
  switch (server) {
    case "mlserver":
    case "seldon-mesh":
    case "mlrun-serving":
      return "open-inference";
    case "kserve":
    case "inference-graph":
      return "kserve-v1";
    case "seldon-executor":
      return "seldon-v1";
    case "tensorflow-serving":
    case "torchserve":
    case "triton":
      return server;
    case "vllm":
    case "sglang":
    case "nim":
    case "llama-cpp":
    case "ollama":
    case "text-generation-inference":
      return "openai";
    case "nuclio":
      return "function";
    case "bentoml":
    case "fastapi":
    case "flask":
    case "litserve":
    case "mlflow":
    case "ray-serve":
    case "text-embeddings-inference":
    case "unknown-http":
      return "rest";
  }
}
