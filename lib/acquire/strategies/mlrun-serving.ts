import type { Strategy } from "./strategy.ts";

/**
 * @strategy mlrun-serving
 * @server an MLRun serving graph in a Nuclio function
 * @asks nothing for a document, as it has none
 * @never any path but the protocol's metadata
 */
export const mlrunServingStrategy: Strategy = {
  server: "mlrun-serving",
  places: () => [],
};
