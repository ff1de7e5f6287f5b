import { deriveInferenceGraph } from "../../derive/index.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy inference-graph
 * @server the router of a KServe InferenceGraph
 * @asks nothing: every path runs the graph. Its description is what its kind is
 * @never any path
 */
export const inferenceGraphStrategy: Strategy = {
  server: "inference-graph",
  places: () => [],
  derive: async () => deriveInferenceGraph(),
};
