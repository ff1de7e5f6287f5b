import { completeByModels, deriveByModels } from "./by-models.ts";
import { below } from "./strategy.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy lmdeploy
 * @server LMDeploy
 * @asks /openapi.json; /v1/models for the names that requests carry
 * @never /generate, /v1/chat/completions and their kin
 */
export const lmdeployStrategy: Strategy = {
  server: "lmdeploy",
  places: (target) => [below(target, "/openapi.json")],
  derive: (_, ask) => deriveByModels(ask, "LMDeploy"),
  complete: (_, ask) => completeByModels(ask),
};
