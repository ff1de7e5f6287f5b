import { deriveTensorflowServing, readTensorflowMetadata } from "../../derive/index.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy tensorflow-serving
 * @server TensorFlow Serving
 * @asks nothing for a document, as it has none: /v1/models/{m}/metadata
 * @never /v1/models/{m}:predict, :classify, :regress
 */
export const tensorflowServingStrategy: Strategy = {
  server: "tensorflow-serving",
  places: () => [],
  async derive({ modelName }, ask) {
    if (modelName === null) return null;
    const said = await ask(`/v1/models/${encodeURIComponent(modelName)}/metadata`);
    const metadata = said === null ? null : readTensorflowMetadata(said);
    return metadata === null ? null : deriveTensorflowServing(modelName, metadata);
  },
};
