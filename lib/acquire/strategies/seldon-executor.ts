import { below } from "./strategy.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy seldon-executor
 * @server the executor of a Seldon Core predictor, protocol seldon
 * @asks /api/v1.0/doc/seldon.json, then the older name of it
 * @never /api/v1.0/predictions
 */
export const seldonExecutorStrategy: Strategy = {
  server: "seldon-executor",
  // What an older one does not know it answers with 500.
  goesOnAfter: ["not-found", "html", "server-error"],
  places: (target) => [below(target, "/api/v1.0/doc/seldon.json"), below(target, "/api/v0.1/doc/seldon.json")],
};
