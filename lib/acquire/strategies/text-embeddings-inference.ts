import { below } from "./strategy.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy text-embeddings-inference
 * @server Hugging Face Text Embeddings Inference
 * @asks /api-doc/openapi.json
 * @never /embed and its kin
 */
export const textEmbeddingsInferenceStrategy: Strategy = {
  server: "text-embeddings-inference",
  places: (target) => [below(target, "/api-doc/openapi.json")],
};
