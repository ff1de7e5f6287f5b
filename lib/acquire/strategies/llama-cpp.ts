import type { Strategy } from "./strategy.ts";

/**
 * @strategy llama-cpp
 * @server the server of llama.cpp
 * @asks nothing for a document, as it has none
 * @never /completion and its kin
 */
export const llamaCppStrategy: Strategy = {
  server: "llama-cpp",
  places: () => [],
};
