import { deriveByProtocol } from "./by-protocol.ts";
import { below } from "./strategy.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy torchserve
 * @server TorchServe
 * @asks /api-description on the inference port; under KServe, whose wrapper may hide it, what the protocol tells
 * @never /predictions/{m}
 */
export const torchserveStrategy: Strategy = {
  server: "torchserve",
  places: (target) => [below(target, "/api-description")],
  derive: (target, ask) => deriveByProtocol(target, ask, "TorchServe"),
};
