import type { Strategy } from "./strategy.ts";

/**
 * @strategy nuclio
 * @server a Nuclio function
 * @asks nothing: every path runs the function
 * @never any path, unless its owner names one with gatebook.dev/openapi-path
 */
export const nuclioStrategy: Strategy = {
  server: "nuclio",
  places: () => [],
};
