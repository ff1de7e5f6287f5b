import type { Strategy } from "./strategy.ts";

/**
 * @strategy triton
 * @server Triton Inference Server
 * @asks nothing for a document, as it has none
 * @never /v2/models/{m}/infer
 */
export const tritonStrategy: Strategy = {
  server: "triton",
  places: () => [],
};
