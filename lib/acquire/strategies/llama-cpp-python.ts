import { completeByModels, deriveByModels } from "./by-models.ts";
import { below } from "./strategy.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy llama-cpp-python
 * @server the server of llama-cpp-python
 * @asks /openapi.json; /v1/models for the names that requests carry
 * @never /v1/completions and its kin
 */
export const llamaCppPythonStrategy: Strategy = {
  server: "llama-cpp-python",
  places: (target) => [below(target, "/openapi.json")],
  derive: (_, ask) => deriveByModels(ask, "llama-cpp-python"),
  complete: (_, ask) => completeByModels(ask),
};
