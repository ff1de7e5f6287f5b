import { completeByModels, deriveByModels } from "./by-models.ts";
import { below } from "./strategy.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy vllm
 * @server vLLM
 * @asks /openapi.json, unless --disable-fastapi-docs took it away; /v1/models for the names that requests carry
 * @never /v1/chat/completions and its kin
 */
export const vllmStrategy: Strategy = {
  server: "vllm",
  places: (target) => [below(target, "/openapi.json")],
  derive: (_, ask) => deriveByModels(ask, "vLLM"),
  complete: (_, ask) => completeByModels(ask),
};
