import type { ServerKind } from "../../model/index.ts";
import { countOptions, optionOf, runs, runsCommand, runsModule, variableOf } from "./command-line.ts";
import type { CommandLine } from "./command-line.ts";

/** How one server is told from every other (SERVING §5). */
export type ServerRow = {
  readonly server: ServerKind;
  /** Of the image's repository with its registry, without a tag. */
  readonly image?: RegExp;
  /** By what is run. */
  readonly words?: (line: CommandLine) => boolean;
  /** Tags of the same repository that are no server. */
  readonly notTag?: RegExp;
  /** By variables; where what runs is told they say nothing, since clients have such variables too. */
  readonly environment?: (line: CommandLine) => boolean;
  /** By variables that its operator sets on nothing else. */
  readonly ownEnvironment?: (line: CommandLine) => boolean;
  /** The name that the model has in its server's paths; null where nobody can know it. */
  readonly modelName?: (line: CommandLine) => string | null;
};

function hasVariable({ environment }: CommandLine, ...names: readonly string[]): boolean {
  return names.some((name) => Object.hasOwn(environment, name));
}

function workerIsAsgi({ words }: CommandLine): boolean {
  return words.some((word) => /(^|[^\w])uvicorn(\.workers|_worker)\b/.test(word) || /^-k?uvicorn\.workers/.test(word));
}

function kserveName(line: CommandLine): string | null {
  return optionOf(line, "--model_name") ?? variableOf(line, "MODEL_NAME");
}

/** vLLM names a model as it was told, else as it was found: `vllm serve NAME`, `--model NAME`, or the image's first word. */
function vllmName(line: CommandLine): string | null {
  const flags = ["--served-model-name", "--served_model_name"] as const;
  const named = optionOf(line, ...flags);
  if (named !== null || flags.some((flag) => countOptions(line, flag) > 0)) return named;
  const [first = ""] = line.words;
  const positional = optionOf(line, "serve");
  return positional ?? optionOf(line, "--model") ?? (/^[\w.-]+\/[\w.-]+$/.test(first) ? first : null);
}

/** One model that is loaded by name; of several, or of a pattern, there is no one name. */
function tritonName(line: CommandLine): string | null {
  const name = optionOf(line, "--load-model");
  return countOptions(line, "--load-model") === 1 && name !== "*" ? name : null;
}

/** The image starts the server with `MODEL_NAME`, "model" where nobody sets it; the program by itself calls it "default". */
function tensorflowName(line: CommandLine): string | null {
  if (countOptions(line, "--model_config_file") > 0) return null;
  if (countOptions(line, "--model_name") > 0) return optionOf(line, "--model_name");
  if (runs(line, "tensorflow_model_server")) return "default";
  return Object.hasOwn(line.environment, "MODEL_NAME") ? variableOf(line, "MODEL_NAME") : "model";
}

/** Most telling first: a server that is built on another one stands before it. */
export const serverRows: readonly ServerRow[] = [
  {
    server: "mlserver",
    image: /(^|\/)mlserver$/,
    words: (line) => runsCommand(line, "mlserver", "start"),
    environment: (line) =>
      hasVariable(
        line,
        "MLSERVER_MODEL_NAME",
        "MLSERVER_MODEL_URI",
        "MLSERVER_MODEL_IMPLEMENTATION",
        "MLSERVER_MODELS_DIR",
        "MLSERVER_HTTP_PORT",
        "MLSERVER_GRPC_PORT",
      ),
    modelName: (line) => variableOf(line, "MLSERVER_MODEL_NAME"),
  },
  {
    server: "triton",
    image: /(^|\/)tritonserver$/,
    notTag: /-sdk$/,
    words: (line) => runs(line, "tritonserver"),
    modelName: tritonName,
  },
  {
    server: "torchserve",
    image: /(^|\/)(torchserve(-kfs|-nightly)?|kserve\/torchserve[a-z-]*)$/,
    words: (line) => runs(line, "torchserve"),
  },
  {
    server: "tensorflow-serving",
    image: /(^|\/)(tensorflow\/serving|tensorflow-serving[a-z-]*|tf-serving)$/,
    words: (line) =>
      runs(line, "tensorflow_model_server") ||
      (countOptions(line, "--rest_api_port") > 0 &&
        countOptions(line, "--model_base_path") + countOptions(line, "--model_config_file") > 0),
    modelName: tensorflowName,
  },
  {
    server: "nim",
    image: /(^|\/)nim\/[^/]+\/[^/]+$/,
    modelName: (line) => variableOf(line, "NIM_SERVED_MODEL_NAME")?.split(",")[0]?.trim() ?? null,
  },
  {
    server: "vllm",
    image:
      /(^|\/)(vllm|vllm-(openai|cpu|rocm|xpu|gaudi|hpu|neuron|tpu|dev)[a-z0-9-]*|vllmserver|llm-d|llm-d-(cuda|cpu|xpu|rocm|gaudi|hpu|aws)[a-z0-9-]*|llm-d-inference-sim|kaito-base)$/,
    words: (line) =>
      runsCommand(line, "vllm", "serve") ||
      runsModule(line, "vllm.entrypoints") ||
      runsModule(line, "vllm_tgis_adapter"),
    modelName: vllmName,
  },
  {
    server: "sglang",
    image: /(^|\/)sglang$/,
    words: (line) => runsModule(line, "sglang.launch_server"),
    modelName: (line) => optionOf(line, "--served-model-name") ?? optionOf(line, "--model-path", "--model"),
  },
  {
    server: "lmdeploy",
    image: /(^|\/)lmdeploy$/,
    words: (line) => runsCommand(line, "lmdeploy", "serve"),
    modelName: (line) => optionOf(line, "--model-name") ?? optionOf(line, "api_server"),
  },
  {
    server: "text-generation-inference",
    image: /(^|\/)text-generation-inference$/,
    words: (line) => runs(line, "text-generation-launcher"),
    modelName: (line) => optionOf(line, "--model-id") ?? variableOf(line, "MODEL_ID"),
  },
  {
    server: "text-embeddings-inference",
    image: /(^|\/)text-embeddings-inference$/,
    words: (line) => runs(line, "text-embeddings-router"),
    modelName: (line) => optionOf(line, "--model-id") ?? variableOf(line, "MODEL_ID"),
  },
  {
    server: "ollama",
    image: /(^|\/)ollama$/,
    words: (line) => runsCommand(line, "ollama", "serve"),
  },
  {
    server: "llama-cpp-python",
    image: /(^|\/)llama-cpp-python$/,
    words: (line) => runsModule(line, "llama_cpp.server"),
    modelName: (line) => optionOf(line, "--model_alias"),
  },
  {
    server: "llama-cpp",
    image: /(^|\/)(llama\.cpp|llama-cpp[a-z-]*)$/,
    words: (line) => runs(line, "llama-server"),
    modelName: (line) => optionOf(line, "--alias", "-a"),
  },
  {
    server: "seldon-executor",
    image: /(^|\/)seldon-core-executor$/,
  },
  {
    server: "seldon-microservice",
    image: /(^|\/)seldonio\/(sklearnserver|xgboostserver|mlflowserver|tfserving-proxy|seldon-core-s2i-[a-z0-9-]+)$/,
    words: (line) => runs(line, "seldon-core-microservice"),
  },
  {
    server: "kserve",
    image:
      /(^|\/)(kserve|kfserving)\/((sklearn|xgb|lgb|pmml|paddle|predictive|autogluon|huggingface)server[a-z-]*|(custom-model|custom-transformer|image-transformer)[a-z-]*)$/,
    words: (line) =>
      [
        "sklearnserver",
        "xgbserver",
        "lgbserver",
        "pmmlserver",
        "paddleserver",
        "huggingfaceserver",
        "predictiveserver",
      ].some((module) => runsModule(line, module)),
    modelName: kserveName,
  },
  {
    server: "bentoml",
    image: /(^|\/)(yatai-bentos|openllm)$/,
    words: (line) => runsCommand(line, "bentoml", "serve") || runsCommand(line, "bentoml", "serve-http"),
    environment: (line) => hasVariable(line, "BENTO_PATH", "BENTOML_PORT"),
  },
  {
    server: "mlflow",
    words: (line) => runsCommand(line, "mlflow", "models", "serve"),
    environment: (line) => hasVariable(line, "MLFLOW_DISABLE_ENV_CREATION"),
  },
  {
    server: "litserve",
    words: (line) => runs(line, "litserve") || runsModule(line, "litserve") || runsCommand(line, "lightning", "serve"),
  },
  {
    server: "ray-serve",
    image: /(^|\/)rayproject\/ray(-ml|-llm)?$/,
    words: (line) => runsCommand(line, "serve", "run") || runsCommand(line, "ray", "start"),
  },
  {
    server: "mlrun-serving",
    ownEnvironment: (line) => hasVariable(line, "SERVING_SPEC_ENV"),
  },
  {
    server: "nuclio",
    image: /(^|\/)nuclio\/(processor|handler-builder)[a-z0-9.-]*$/,
    ownEnvironment: (line) => hasVariable(line, "NUCLIO_FUNCTION_INSTANCE"),
  },
  {
    server: "fastapi",
    image: /(^|\/)tiangolo\/(uvicorn|meinheld)-gunicorn[a-z-]*$/,
    words: (line) =>
      runs(line, "uvicorn") ||
      runs(line, "hypercorn") ||
      workerIsAsgi(line) ||
      runsCommand(line, "fastapi", "run") ||
      runsCommand(line, "fastapi", "dev"),
    environment: (line) => hasVariable(line, "UVICORN_PORT", "UVICORN_HOST"),
  },
  {
    server: "flask",
    image: /(^|\/)tiangolo\/uwsgi-nginx-flask$/,
    words: (line) =>
      runs(line, "gunicorn") ||
      runs(line, "waitress-serve") ||
      runs(line, "uwsgi") ||
      runsCommand(line, "flask", "run"),
  },
];
