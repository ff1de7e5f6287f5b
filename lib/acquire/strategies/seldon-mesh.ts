import { deriveOpenInference, readModelMetadata } from "../../derive/index.ts";
import { modelPath } from "./strategy.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy seldon-mesh
 * @server Seldon Core 2's data plane
 * @asks nothing for a document: its models share one address and are told apart by a header; /v2/models/{m} with it
 * @never /v2/models/{m}/infer
 */
export const seldonMeshStrategy: Strategy = {
  server: "seldon-mesh",
  places: () => [],
  async derive({ modelName, protocol, headers }, ask) {
    if (modelName === null || protocol !== "open-inference") return null;
    // What a pipeline answers to anything but a request for inference is not known: it is not asked.
    const isPipeline = headers.some(({ value }) => value?.endsWith(".pipeline") === true);
    const said = isPipeline ? null : await ask(modelPath(modelName));
    return deriveOpenInference("Seldon Core 2", [
      { name: modelName, metadata: said === null ? null : readModelMetadata(said) },
    ]);
  },
};
