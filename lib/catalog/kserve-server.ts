import type { Protocol, ServerKind } from "../model/index.ts";
import type { ContainerFact, KserveRuntime, ResourceObservation, ServingRuntimeObservation } from "../sources/index.ts";
import { optionOf, readCommandLine, variableOf } from "./recognition/command-line.ts";
import { recogniseServer } from "./recognition/recognise-server.ts";
import type { Recognition } from "./recognition/recognise-server.ts";
import { protocolOf } from "./recognition/server-titles.ts";
import type { WorldIndex } from "./world-index.ts";
import { nameOf } from "./names.ts";

const kserveRuntimes = /^kserve-(sklearn|xgb|lgb|pmml|paddle|predictive|autogluon|huggingface)server/;

/** Servers of KServe's own runtimes, by the word in their name, for clusters whose runtimes cannot be read. */
const runtimeWords: readonly (readonly [word: string, server: ServerKind])[] = [
  ["mlserver", "mlserver"],
  ["triton", "triton"],
  ["torchserve", "torchserve"],
  ["tensorflow", "tensorflow-serving"],
  ["vllm", "vllm"],
];

/** What serves a format by default, in the shipped runtimes of KServe, protocol v1. */
const formatServers: ReadonlyMap<string, ServerKind> = new Map([
  ["sklearn", "kserve"],
  ["xgboost", "kserve"],
  ["lightgbm", "kserve"],
  ["pmml", "kserve"],
  ["paddle", "kserve"],
  ["huggingface", "kserve"],
  ["tensorflow", "tensorflow-serving"],
  ["pytorch", "torchserve"],
  ["triton", "triton"],
  ["onnx", "triton"],
  ["mlflow", "mlserver"],
]);

/** The runtime that KServe would choose: of the namespace before those of the cluster, then by priority, then by name. */
function autoRuntime(
  world: WorldIndex,
  namespace: string,
  runtime: KserveRuntime,
): ServingRuntimeObservation | undefined {
  const { format, formatVersion } = runtime;
  const protocol = runtime.protocolVersion ?? "v1";
  const priorityOf = (own: ServingRuntimeObservation): number | null => {
    const fit = own.formats.find(
      ({ name, version, autoSelect }) =>
        autoSelect && name === format && (formatVersion === null || version === null || version === formatVersion),
    );
    return fit?.priority ?? null;
  };
  const candidates = [...world.runtimes.values()]
    .filter((own) => (own.namespace === namespace || own.namespace === "") && !own.disabled)
    .filter(({ protocolVersions }) => protocolVersions.length === 0 || protocolVersions.includes(protocol))
    .filter((own) => priorityOf(own) !== null);
  return candidates.sort(
    (left, right) =>
      Number(right.namespace !== "") - Number(left.namespace !== "") ||
      (priorityOf(right) ?? 0) - (priorityOf(left) ?? 0) ||
      (left.name < right.name ? -1 : 1),
  )[0];
}

function runtimeOf(
  world: WorldIndex,
  namespace: string,
  runtime: KserveRuntime,
): ServingRuntimeObservation | undefined {
  if (runtime.name === null) return autoRuntime(world, namespace, runtime);
  const ofCluster = world.runtimes.get(nameOf("", runtime.name));
  return runtime.isOfCluster ? ofCluster : (world.runtimes.get(nameOf(namespace, runtime.name)) ?? ofCluster);
}

function serverOfName(name: string | null): ServerKind | null {
  if (name === null) return null;
  if (kserveRuntimes.test(name)) return "kserve";
  return runtimeWords.find(([word]) => name.includes(word))?.[1] ?? null;
}

/** A model's name as KServe's servers are told it; the last word counts, and what only the server fills in says nothing. */
function namedBy(containers: readonly ContainerFact[]): string | null {
  for (const container of containers) {
    const line = readCommandLine(container);
    const name =
      optionOf(line, "--model_name") ??
      optionOf(line, "--served-model-name") ??
      optionOf(line, "--model-name") ??
      variableOf(line, "MLSERVER_MODEL_NAME");
    if (name !== null && !/[{}$]/.test(name)) return name;
  }
  return null;
}

/** Tasks of KServe's Hugging Face server in which it speaks OpenAI's protocol. */
const generative = new Set(["text_generation", "text2text_generation", "text-generation", "text2text-generation"]);

function taskOf(containers: readonly ContainerFact[]): string | null {
  for (const container of containers) {
    const task = optionOf(readCommandLine(container), "--task");
    if (task !== null) return task;
  }
  return null;
}

function protocolOfModel(
  runtime: KserveRuntime,
  found: ServingRuntimeObservation | undefined,
  server: ServerKind,
  task: string | null,
): Protocol {
  const { protocolVersion } = runtime;
  if (protocolVersion === "grpc-v1" || protocolVersion === "grpc-v2") return "grpc";
  // A runtime that knows no other speaks it whether the model asks for it or not.
  const spoken = found?.protocolVersions ?? [];
  const isOpen = spoken.includes("v2") && !spoken.includes("v1");
  if (protocolVersion === "v2" || (protocolVersion === null && isOpen)) return "open-inference";
  switch (server) {
    case "kserve":
    case "unknown-http":
      return runtime.format === "huggingface" && server === "kserve" && (task === null || generative.has(task))
        ? "openai"
        : "kserve-v1";
    // Under KServe these speak its protocols: v1 as TensorFlow Serving has it, and Triton knows the open one alone.
    case "torchserve":
    case "tensorflow-serving":
      return "kserve-v1";
    case "triton":
    case "mlserver":
      return "open-inference";
    default:
      return protocolOf(server);
  }
}

/** Options by which KServe's own server is started; TensorFlow Serving, which has the first too, is recognised before. */
function takesKserveOptions(containers: readonly ContainerFact[]): boolean {
  return containers.map(readCommandLine).some((line) => optionOf(line, "--model_name", "--http_port") !== null);
}

export type KserveServer = {
  readonly server: ServerKind;
  readonly protocol: Protocol;
  readonly modelName: string;
  /** The runtime that tells, whether KServe has named it or would choose it. */
  readonly runtimeName: string | null;
  readonly recognition: Recognition | null;
};

/**
 * What serves an InferenceService, told by its runtime, by containers of its pods and of its spec, by its format, in this order
 * (SERVING §5). A transformer answers for the model: it is KServe's own server where nothing else is recognised in it.
 */
export function kserveServer(
  world: WorldIndex,
  resource: ResourceObservation & { readonly runtime: KserveRuntime },
  containers: readonly ContainerFact[],
): KserveServer {
  const { runtime, namespace } = resource;
  const found = runtimeOf(world, namespace, runtime);
  const recognition = recogniseServer({ containers });
  const task = taskOf(containers);
  const byFormat =
    runtime.protocolVersion === "v2" && ["sklearn", "xgboost", "lightgbm"].includes(runtime.format ?? "")
      ? "mlserver"
      : formatServers.get(runtime.format ?? "");
  const behind =
    (found === undefined ? null : recogniseServer({ containers: found.containers })?.server) ??
    serverOfName(found?.name ?? runtime.name) ??
    recognition?.server ??
    byFormat ??
    (runtime.format === null && takesKserveOptions(containers) ? "kserve" : "unknown-http");
  const server = runtime.hasTransformer ? (recognition?.server ?? "kserve") : behind;
  return {
    server,
    protocol: protocolOfModel(
      runtime,
      found,
      runtime.hasTransformer && behind !== "unknown-http" ? behind : server,
      task,
    ),
    modelName: namedBy(containers) ?? resource.name,
    runtimeName: found?.name ?? runtime.name,
    recognition,
  };
}
