import { deriveOllama, readOllamaTags } from "../../derive/index.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy ollama
 * @server Ollama
 * @asks nothing for a document, as it has none: /api/tags for its models
 * @never /api/generate, /api/chat, /api/show
 */
export const ollamaStrategy: Strategy = {
  server: "ollama",
  places: () => [],
  async derive(_, ask) {
    const said = await ask("/api/tags");
    const names = said === null ? null : readOllamaTags(said);
    return names === null ? null : deriveOllama(names);
  },
};
