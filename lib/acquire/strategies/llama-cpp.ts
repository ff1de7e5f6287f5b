import { deriveByModels } from "./by-models.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy llama-cpp
 * @server the server of llama.cpp
 * @asks nothing for a document, as it has none: /v1/models
 * @never /completion and its kin
 */
export const llamaCppStrategy: Strategy = {
  server: "llama-cpp",
  places: () => [],
  derive: (_, ask) => deriveByModels(ask, "llama.cpp"),
};
