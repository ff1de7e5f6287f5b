import type { Strategy } from "./strategy.ts";

/**
 * @strategy tensorflow-serving
 * @server TensorFlow Serving
 * @asks nothing for a document, as it has none
 * @never /v1/models/{m}:predict, :classify, :regress
 */
export const tensorflowServingStrategy: Strategy = {
  server: "tensorflow-serving",
  places: () => [],
};
