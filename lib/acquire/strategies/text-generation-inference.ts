import { below } from "./strategy.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy text-generation-inference
 * @server Hugging Face Text Generation Inference
 * @asks /api-doc/openapi.json
 * @never /generate and its kin
 */
export const textGenerationInferenceStrategy: Strategy = {
  server: "text-generation-inference",
  places: (target) => [below(target, "/api-doc/openapi.json")],
};
