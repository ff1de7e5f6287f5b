import { below } from "./strategy.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy vllm
 * @server vLLM
 * @asks /openapi.json, unless --disable-fastapi-docs took it away
 * @never /v1/chat/completions and its kin
 */
export const vllmStrategy: Strategy = {
  server: "vllm",
  places: (target) => [below(target, "/openapi.json")],
};
