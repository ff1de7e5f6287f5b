import { below } from "./strategy.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy nim
 * @server NVIDIA NIM
 * @asks /openapi.json
 * @never /v1/chat/completions and its kin
 */
export const nimStrategy: Strategy = {
  server: "nim",
  places: (target) => [below(target, "/openapi.json")],
};
