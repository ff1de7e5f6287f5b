import type { Strategy } from "./strategy.ts";

/**
 * @strategy inference-graph
 * @server the router of a KServe InferenceGraph
 * @asks nothing: every path runs the graph
 * @never any path
 */
export const inferenceGraphStrategy: Strategy = {
  server: "inference-graph",
  places: () => [],
};
