import { describe, expect, it } from "vitest";
import { serverKinds } from "../../model/index.ts";
import type { ContainerFact } from "../../sources/index.ts";
import { infrastructureReason, recogniseServer, serverNamed } from "./recognise-server.ts";
import type { Workload } from "./recognise-server.ts";

type Told = Partial<Omit<ContainerFact, "words">> & { readonly run?: string };

/** A container; `run` are its words, with blanks between them. */
function container({ run = "", ...told }: Told): ContainerFact {
  const words = run === "" ? [] : run.split(" ");
  return { name: "main", image: "registry.test/app:1", words, environment: {}, ports: [], gpus: null, ...told };
}

function alone(told: Told, more: Omit<Workload, "containers"> = {}): Workload {
  return { containers: [container(told)], ...more };
}

function shell(script: string): Workload {
  return { containers: [{ ...container({}), words: ["sh", "-c", script] }] };
}

const asgi = container({ name: "app", run: "uvicorn app:app" });

/** Image, what is run, variables: the server and the model's name. */
const servers: readonly (readonly [server: string, model: string | null, told: Told])[] = [
  ["mlserver", "iris", { image: "registry.test/mlserver:1", environment: { MLSERVER_MODEL_NAME: "iris" } }],
  ["mlserver", null, { run: "mlserver start /models" }],
  ["mlserver", null, { environment: { MLSERVER_HTTP_PORT: "8080" } }],
  ["triton", "iris", { image: "nvcr.io/nvidia/tritonserver:25.01-py3", run: "--load-model=iris" }],
  ["triton", null, { run: "tritonserver --load-model=iris --load-model=rose" }],
  ["triton", null, { run: "/opt/tritonserver/bin/tritonserver --load-model=*" }],
  ["triton", "iris", { image: "nvcr.io/nvidia/tritonserver:25.01-py3-sdk", run: "tritonserver --load-model=iris" }],
  ["torchserve", null, { image: "pytorch/torchserve:0.12.0-cpu" }],
  ["torchserve", null, { image: "registry.test/kserve/torchserve-kfs" }],
  ["torchserve", null, { run: "torchserve --start --models iris.mar" }],
  ["tensorflow-serving", "model", { image: "tensorflow/serving:2.19.0" }],
  ["tensorflow-serving", "iris", { image: "tensorflow/serving", environment: { MODEL_NAME: "iris" } }],
  ["tensorflow-serving", null, { image: "tensorflow/serving", run: "--model_config_file=/models.config" }],
  ["tensorflow-serving", "default", { run: "tensorflow_model_server --rest_api_port=8501" }],
  ["tensorflow-serving", "iris", { run: "--rest_api_port=8501 --model_base_path=/m --model_name=iris" }],
  ["nim", "org/chat", { image: "nvcr.io/nim/org/chat:1", environment: { NIM_SERVED_MODEL_NAME: "org/chat, other" } }],
  ["vllm", "org/chat", { image: "vllm/vllm-openai:v0.9.1", run: "org/chat --port 8000" }],
  ["vllm", "org/chat", { image: "vllm/vllm-openai:v0.9.1", run: "--model org/chat" }],
  ["vllm", "chat", { run: "vllm serve org/chat --served-model-name chat other" }],
  ["vllm", "chat", { run: "vllm serve org/chat --served_model_name=chat" }],
  ["vllm", null, { run: "vllm serve org/chat --served_model_name $(FROM_A_SECRET)" }],
  ["vllm", null, { run: "vllm serve org/chat --served-model-name $(FROM_A_SECRET)" }],
  ["vllm", "org/chat", { run: "python3 -m vllm.entrypoints.openai.api_server --model=org/chat" }],
  ["vllm", null, { image: "registry.test/llm-d/llm-d-cuda:v0.3" }],
  ["sglang", "org/chat", { run: "python -m sglang.launch_server --model-path org/chat" }],
  ["sglang", "chat", { image: "lmsysorg/sglang", run: "--model-path org/chat --served-model-name chat" }],
  ["lmdeploy", "org/chat", { run: "lmdeploy serve api_server org/chat" }],
  ["lmdeploy", "chat", { image: "openmmlab/lmdeploy", run: "serve api_server org/chat --model-name chat" }],
  [
    "text-generation-inference",
    "org/chat",
    { image: "ghcr.io/huggingface/text-generation-inference:3", run: "--model-id org/chat" },
  ],
  ["text-generation-inference", "org/chat", { run: "text-generation-launcher", environment: { MODEL_ID: "org/chat" } }],
  ["text-embeddings-inference", "org/embed", { run: "text-embeddings-router --model-id org/embed" }],
  ["text-embeddings-inference", null, { image: "ghcr.io/huggingface/text-embeddings-inference:cpu-1.8" }],
  ["ollama", null, { image: "ollama/ollama:0.9.0" }],
  ["ollama", null, { run: "/bin/ollama serve" }],
  ["llama-cpp-python", "chat", { run: "python3 -m llama_cpp.server --model_alias chat" }],
  ["llama-cpp", "chat", { run: "llama-server -m /chat.gguf --alias chat" }],
  ["llama-cpp", null, { image: "ghcr.io/ggml-org/llama.cpp:server" }],
  ["seldon-executor", null, { image: "seldonio/seldon-core-executor:1.17.1" }],
  ["seldon-microservice", null, { image: "seldonio/sklearnserver:1.17.1" }],
  ["seldon-microservice", null, { run: "seldon-core-microservice Iris --service-type MODEL" }],
  ["kserve", "iris", { image: "kserve/sklearnserver:v0.15.2", run: "--model_name=iris" }],
  ["kserve", null, { image: "kserve/huggingfaceserver:v0.15.2-gpu" }],
  ["kserve", null, { image: "registry.test/kserve/image-transformer:v0.15.2" }],
  ["kserve", "iris", { run: "python -m huggingfaceserver", environment: { MODEL_NAME: "iris" } }],
  ["bentoml", null, { run: "bentoml serve service:Iris" }],
  ["bentoml", null, { image: "registry.test/yatai-bentos:iris-1" }],
  ["bentoml", null, { environment: { BENTO_PATH: "/home/bentoml/bento" } }],
  ["mlflow", null, { run: "mlflow models serve -m models:/iris/1" }],
  ["mlflow", null, { environment: { MLFLOW_DISABLE_ENV_CREATION: "true" } }],
  ["litserve", null, { run: "litserve app.py" }],
  ["ray-serve", null, { image: "rayproject/ray:2.46.0" }],
  ["ray-serve", null, { run: "serve run app:deployment" }],
  ["mlrun-serving", null, { environment: { SERVING_SPEC_ENV: "{}" } }],
  ["nuclio", null, { image: "registry.test/nuclio/processor-iris:latest" }],
  ["fastapi", null, { run: "python -m uvicorn app:app" }],
  ["fastapi", null, { run: "fastapi run app.py" }],
  ["fastapi", null, { run: "hypercorn app:app" }],
  ["fastapi", null, { run: "gunicorn -k uvicorn.workers.UvicornWorker app:app" }],
  ["fastapi", null, { run: "gunicorn app:app --worker-class=uvicorn_worker.UvicornWorker" }],
  [
    "fastapi",
    null,
    { run: "gunicorn app:app", environment: { GUNICORN_CMD_ARGS: "-k uvicorn.workers.UvicornWorker" } },
  ],
  ["flask", null, { run: "gunicorn app:app" }],
  ["flask", null, { run: "flask --app app run" }],
  ["flask", null, { run: "gunicorn app:app", environment: { GUNICORN_CMD_ARGS: "--workers 4" } }],
  ["fastapi", null, { environment: { GUNICORN_CMD_ARGS: "-k uvicorn.workers.UvicornWorker" } }],
  ["fastapi", null, { environment: { UVICORN_PORT: "8000" } }],
  ["mlserver", "iris", { run: "/entrypoint.sh", environment: { MLSERVER_MODEL_NAME: "iris" } }],
  ["nuclio", null, { run: "processor --config x", environment: { NUCLIO_FUNCTION_INSTANCE: "iris" } }],
  ["mlrun-serving", null, { run: "processor", environment: { SERVING_SPEC_ENV: "" } }],
  ["flask", null, { run: "waitress-serve app:app" }],
];

describe("servers that are told without a request", () => {
  it.each(servers)("%s with the model %j by %j", (server, modelName, told) => {
    expect(recogniseServer(alone(told))).toMatchObject({ server, modelName, container: container(told) });
    expect(infrastructureReason(alone(told))).toBeNull();
  });

  it.each([
    ["mlrun-serving", { labels: { "mlrun/class": "serving" } }, "has the label mlrun/class=serving"],
    ["nuclio", { labels: { "nuclio.io/class": "function" } }, "has the label nuclio.io/class=function"],
    ["bentoml", { labels: { "yatai.ai/bento": "iris" } }, "has the label yatai.ai/bento=iris"],
    ["seldon-executor", { labels: { "seldon-deployment-id": "iris" } }, "has the label seldon-deployment-id=iris"],
    [
      "unknown-http",
      { labels: { "app.kubernetes.io/component": "inference" } },
      "has the label app.kubernetes.io/component=inference",
    ],
    ["ollama", { targetPort: 11434 }, "listens on Ollama's port 11434"],
  ])("%s by a label or a port, where no container tells", (server, more, because) => {
    expect(recogniseServer(alone({}, more))).toMatchObject({ server, because, modelName: null, container: null });
  });

  it("a container says more than a label or a port", () => {
    const labels = { "app.kubernetes.io/component": "inference" };
    expect(recogniseServer({ containers: [asgi], labels, targetPort: 11434 })?.server).toBe("fastapi");
  });

  it("of several labels the most telling one is taken, in whatever order they stand", () => {
    const labels = [
      ["app.kubernetes.io/component", "inference"],
      ["nuclio.io/class", "function"],
      ["mlrun/class", "serving"],
    ] as const;
    for (const own of [labels, labels.toReversed()])
      expect(recogniseServer(alone({}, { labels: Object.fromEntries(own) }))?.server).toBe("mlrun-serving");
  });

  it("a label makes no server of what is known to be something else", () => {
    const database = alone({ image: "postgres:18" }, { labels: { "app.kubernetes.io/component": "inference" } });
    expect(infrastructureReason(database)).toBe("Its container postgres:18 is infrastructure.");
  });

  it("are all that there are, but for what its own resource tells", () => {
    const byLabel = ["unknown-http"];
    const known = new Set([...servers.map(([server]) => server), ...byLabel, "inference-graph", "seldon-mesh"]);
    expect([...known].sort()).toEqual([...serverKinds].sort());
  });

  it.each([
    ["exec uvicorn app:app", "fastapi", null],
    ["cd /app && . venv/bin/activate\nexec gunicorn -w 4 app:app", "flask", null],
    ["vllm serve \"org/chat\" --served-model-name='chat'", "vllm", "chat"],
    ["pip install vllm && vllm serve org/chat", "vllm", "org/chat"],
    ["tritonserver --load-model=iris \\\n  --http-port=8000", "triton", "iris"],
  ])("in a shell: %s", (script, server, modelName) => {
    expect(recogniseServer(shell(script))).toMatchObject({ server, modelName });
  });

  it("a model's name may come from a variable, and is cut where it has no end", () => {
    const environment = { MODEL: "org/chat", LONG: "x".repeat(900) };
    expect(recogniseServer(alone({ run: "vllm serve $(MODEL)", environment }))?.modelName).toBe("org/chat");
    expect(recogniseServer(alone({ run: "vllm serve $(LONG)", environment }))?.modelName).toBe("x".repeat(200));
  });

  it.each([
    ["vllm/vllm-openai:v0.9.1", "", "v0.9.1"],
    ["vllm/vllm-openai:latest", "", null],
    ["vllm/vllm-openai:nightly", "", null],
    ["ollama/ollama:stable", "", null],
    ["vllm/vllm-openai@sha256:00ff", "", null],
    ["nvcr.io/nvidia/tritonserver:25.01-py3", "", "25.01-py3"],
    ["nvcr.io/nvidia/tritonserver:25.01-py3-sdk", "tritonserver", null],
    ["registry.test/mirror/ollama/ollama:0.9.0", "", "0.9.0"],
    ["registry.test/yatai-bentos:iris-1", "", null],
    ["registry.test/team/chat:7", "vllm serve org/chat", null],
    ["registry.test/tiangolo/uvicorn-gunicorn-fastapi:python3.11", "", null],
  ])("the version of %s is that of its own image alone", (image, run, version) => {
    expect(recogniseServer(alone({ image, run }))).toMatchObject({ version });
  });
});

describe("what is not taken for a server", () => {
  it.each([
    [
      "a worker that only has clients' variables",
      {
        run: "python worker.py",
        environment: {
          OLLAMA_HOST: "x",
          RAY_ADDRESS: "x",
          MLFLOW_TRACKING_URI: "x",
          MODEL_ID: "x",
          MODEL_NAME: "x",
          VLLM_API_KEY: "x",
          NIM_SERVED_MODEL_NAME: "x",
        },
      },
    ],
    ["a variable that is named like what objects inherit", { environment: { constructor: "x" } }],
    ["a worker that has a server's own variables", { run: "python worker.py", environment: { BENTO_PATH: "/bento" } }],
    [
      "one with variables of gunicorn's",
      { run: "python w.py", environment: { GUNICORN_CMD_ARGS: "-k uvicorn.workers.X" } },
    ],
    ["Triton's tools for clients", { image: "nvcr.io/nvidia/tritonserver:25.01-py3-sdk", run: "sleep infinity" }],
    ["a controller of KServe's makers", { image: "registry.test/kserve/huggingface-downloader:1" }],
    ["a program with a server's name behind an option", { run: "./bench --backend vllm serve" }],
    ["another command of a server's program", { run: "vllm bench serve --model org/chat" }],
    ["a celery worker", { run: "celery -A app.celery worker --concurrency 4" }],
    ["celery's clock", { run: "python -m celery -A app beat" }],
    ["a repository named like Ollama", { image: "registry.test/ollama/proxy:1" }],
    ["a repository named like vLLM", { image: "registry.test/vllm/router:1" }],
    ["a client of MLServer", { image: "registry.test/team/mlserver-client:1" }],
    ["a model that has a server's name in its own", { image: "registry.test/team/my-ollama:1" }],
    ["a server's name as a tag", { image: "registry.test/app:tritonserver" }],
    ["a server's name as a registry", { image: "sglang/app" }],
    ["what pulls a model", { run: "ollama pull chat" }],
    ["what builds a bento", { run: "bentoml build" }],
    ["what trains with MLflow", { run: "mlflow run ." }],
    ["a job of Ray's", { run: "ray job submit -- python train.py" }],
    ["what migrates a database", { run: "flask db upgrade" }],
    ["a program with a server's name as a value", { run: "./app --backend=uvicorn" }],
    ["an empty container", { image: "" }],
  ] satisfies readonly (readonly [string, Told])[])("%s", (_, told) => {
    expect(recogniseServer(alone(told))).toBeNull();
    expect(infrastructureReason(alone(told))).toBeNull();
  });

  it("a label of another value", () => {
    expect(recogniseServer(alone({}, { labels: { "mlrun/class": "job", "nuclio.io/class": "gateway" } }))).toBeNull();
  });

  it.each([
    ["pip install uvicorn && python worker.py"],
    ["apt-get install -y gunicorn; exec celery -A app worker"],
    ["uv pip install vllm && exec python bench.py"],
    ["echo uvicorn app:app"],
    ["which gunicorn || exit 1"],
  ])("in a shell: %s", (script) => {
    expect(recogniseServer(shell(script))).toBeNull();
  });

  it("nothing at all", () => {
    expect(recogniseServer({ containers: [] })).toBeNull();
    expect(infrastructureReason({ containers: [] })).toBeNull();
  });

  it("an annotation names only servers that there are", () => {
    expect(["triton", "Triton", "toString", undefined].map(serverNamed)).toEqual(["triton", null, null, null]);
  });
});
