import type { Strategy } from "./strategy.ts";

/**
 * @strategy ollama
 * @server Ollama
 * @asks nothing for a document, as it has none
 * @never /api/generate, /api/chat
 */
export const ollamaStrategy: Strategy = {
  server: "ollama",
  places: () => [],
};
