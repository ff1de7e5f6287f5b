import { completeByModels, deriveByModels } from "./by-models.ts";
import { below } from "./strategy.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy nim
 * @server NVIDIA NIM
 * @asks /openapi.json; /v1/models for the names that requests carry
 * @never /v1/chat/completions and its kin
 */
export const nimStrategy: Strategy = {
  server: "nim",
  places: (target) => [below(target, "/openapi.json")],
  derive: (_, ask) => deriveByModels(ask, "NIM"),
  complete: (_, ask) => completeByModels(ask),
};
