import type { Protocol, ServerKind } from "../../model/index.ts";

/** Names for people. */
export const serverTitles: { readonly [Server in ServerKind]: string } = {
  bentoml: "BentoML",
  fastapi: "an ASGI server, as FastAPI services do",
  flask: "a WSGI server, as Flask services do",
  "inference-graph": "a KServe InferenceGraph router",
  kserve: "a KServe Python server",
  litserve: "LitServe",
  "llama-cpp": "the llama.cpp server",
  "llama-cpp-python": "the server of llama-cpp-python",
  lmdeploy: "LMDeploy",
  mlflow: "MLflow's model server",
  "mlrun-serving": "an MLRun serving graph",
  mlserver: "MLServer",
  nim: "NVIDIA NIM",
  nuclio: "a Nuclio function",
  ollama: "Ollama",
  "ray-serve": "Ray Serve",
  "seldon-executor": "a Seldon Core predictor",
  "seldon-mesh": "Seldon Core 2",
  "seldon-microservice": "a Seldon Core microservice",
  sglang: "SGLang",
  "tensorflow-serving": "TensorFlow Serving",
  "text-embeddings-inference": "Text Embeddings Inference",
  "text-generation-inference": "Text Generation Inference",
  torchserve: "TorchServe",
  triton: "Triton Inference Server",
  vllm: "vLLM",
  "unknown-http": "an HTTP server",
};

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
    case "seldon-microservice":
      return "seldon-v1";
    case "tensorflow-serving":
    case "torchserve":
    case "triton":
      return server;
    case "vllm":
    case "sglang":
    case "lmdeploy":
    case "nim":
    case "llama-cpp":
    case "llama-cpp-python":
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
