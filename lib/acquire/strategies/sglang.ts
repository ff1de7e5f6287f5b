import { below } from "./strategy.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy sglang
 * @server SGLang
 * @asks /openapi.json
 * @never /generate, /v1/chat/completions and their kin
 */
export const sglangStrategy: Strategy = {
  server: "sglang",
  places: (target) => [below(target, "/openapi.json")],
};
