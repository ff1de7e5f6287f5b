import type { Strategy } from "./strategy.ts";

/**
 * @strategy ray-serve
 * @server Ray Serve
 * @asks nothing: a deployment without FastAPI answers every path by running the model
 * @never any path, unless its owner names one with gatebook.dev/openapi-path
 */
export const rayServeStrategy: Strategy = {
  server: "ray-serve",
  places: () => [],
};
