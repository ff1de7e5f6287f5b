import { deriveMlflow } from "../../derive/index.ts";
import { below } from "./strategy.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy mlflow
 * @server mlflow models serve
 * @asks /openapi.json, which MLflow 3 has and MLflow 2 has not; neither tells the model's signature
 * @never /invocations
 */
export const mlflowStrategy: Strategy = {
  server: "mlflow",
  places: (target) => [below(target, "/openapi.json")],
  derive: async () => deriveMlflow(),
  complete: async () => ({ kind: "invocations" }),
};
