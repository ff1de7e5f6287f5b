import { below } from "./strategy.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy mlflow
 * @server mlflow models serve
 * @asks /openapi.json, which MLflow 3 has and MLflow 2 has not
 * @never /invocations
 */
export const mlflowStrategy: Strategy = {
  server: "mlflow",
  places: (target) => [below(target, "/openapi.json")],
};
