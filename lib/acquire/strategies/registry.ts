import type { ServerKind } from "../../model/index.ts";
import { bentomlStrategy } from "./bentoml.ts";
import { fastapiStrategy } from "./fastapi.ts";
import { flaskStrategy } from "./flask.ts";
import { inferenceGraphStrategy } from "./inference-graph.ts";
import { kserveStrategy } from "./kserve.ts";
import { litserveStrategy } from "./litserve.ts";
import { llamaCppPythonStrategy } from "./llama-cpp-python.ts";
import { llamaCppStrategy } from "./llama-cpp.ts";
import { lmdeployStrategy } from "./lmdeploy.ts";
import { mlflowStrategy } from "./mlflow.ts";
import { mlrunServingStrategy } from "./mlrun-serving.ts";
import { mlserverStrategy } from "./mlserver.ts";
import { nimStrategy } from "./nim.ts";
import { nuclioStrategy } from "./nuclio.ts";
import { ollamaStrategy } from "./ollama.ts";
import { rayServeStrategy } from "./ray-serve.ts";
import { seldonExecutorStrategy } from "./seldon-executor.ts";
import { seldonMeshStrategy } from "./seldon-mesh.ts";
import { seldonMicroserviceStrategy } from "./seldon-microservice.ts";
import { sglangStrategy } from "./sglang.ts";
import { tensorflowServingStrategy } from "./tensorflow-serving.ts";
import { textEmbeddingsInferenceStrategy } from "./text-embeddings-inference.ts";
import { textGenerationInferenceStrategy } from "./text-generation-inference.ts";
import { torchserveStrategy } from "./torchserve.ts";
import { tritonStrategy } from "./triton.ts";
import { unknownHttpStrategy } from "./unknown-http.ts";
import { vllmStrategy } from "./vllm.ts";
import type { Strategy } from "./strategy.ts";

/** Every strategy, by the server that it is for. */
export const strategies: { readonly [Server in ServerKind]: Strategy } = {
  bentoml: bentomlStrategy,
  fastapi: fastapiStrategy,
  flask: flaskStrategy,
  "inference-graph": inferenceGraphStrategy,
  kserve: kserveStrategy,
  litserve: litserveStrategy,
  "llama-cpp": llamaCppStrategy,
  "llama-cpp-python": llamaCppPythonStrategy,
  lmdeploy: lmdeployStrategy,
  mlflow: mlflowStrategy,
  "mlrun-serving": mlrunServingStrategy,
  mlserver: mlserverStrategy,
  nim: nimStrategy,
  nuclio: nuclioStrategy,
  ollama: ollamaStrategy,
  "ray-serve": rayServeStrategy,
  "seldon-executor": seldonExecutorStrategy,
  "seldon-mesh": seldonMeshStrategy,
  "seldon-microservice": seldonMicroserviceStrategy,
  sglang: sglangStrategy,
  "tensorflow-serving": tensorflowServingStrategy,
  "text-embeddings-inference": textEmbeddingsInferenceStrategy,
  "text-generation-inference": textGenerationInferenceStrategy,
  torchserve: torchserveStrategy,
  triton: tritonStrategy,
  "unknown-http": unknownHttpStrategy,
  vllm: vllmStrategy,
};
