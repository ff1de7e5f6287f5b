import { below } from "./strategy.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy seldon-microservice
 * @server the Python wrapper of Seldon Core, without an executor before it
 * @asks /seldon.json
 * @never /predict and its kin, nor any other path: what it does not know it answers with 500
 */
export const seldonMicroserviceStrategy: Strategy = {
  server: "seldon-microservice",
  places: (target) => [below(target, "/seldon.json")],
};
