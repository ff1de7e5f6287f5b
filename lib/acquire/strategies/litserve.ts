import { below } from "./strategy.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy litserve
 * @server LitServe
 * @asks /openapi.json
 * @never /predict, whatever the method
 */
export const litserveStrategy: Strategy = {
  server: "litserve",
  places: (target) => [below(target, "/openapi.json")],
};
