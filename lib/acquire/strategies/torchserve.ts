import { below } from "./strategy.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy torchserve
 * @server TorchServe
 * @asks /api-description on the inference port
 * @never /predictions/{m}
 */
export const torchserveStrategy: Strategy = {
  server: "torchserve",
  places: (target) => [below(target, "/api-description")],
};
