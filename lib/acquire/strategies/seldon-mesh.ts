import type { Strategy } from "./strategy.ts";

/**
 * @strategy seldon-mesh
 * @server Seldon Core 2's data plane
 * @asks nothing for a document: its models share one address and are told apart by a header
 * @never /v2/models/{m}/infer
 */
export const seldonMeshStrategy: Strategy = {
  server: "seldon-mesh",
  places: () => [],
};
