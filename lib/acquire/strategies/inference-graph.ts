import { deriveComposed, graphComposition } from "../../derive/index.ts";
import { readSteps } from "./strategy.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy inference-graph
 * @server the router of a KServe InferenceGraph
 * @asks nothing: every path runs the graph. Its description is made of those of its steps
 * @never any path
 */
export const inferenceGraphStrategy: Strategy = {
  server: "inference-graph",
  places: () => [],
  asksNothing: true,
  async derive({ composed }, _, read) {
    const { entry, exit } = await readSteps(composed, read);
    return deriveComposed(graphComposition, entry, exit);
  },
};
