import { deriveFunction } from "../../derive/index.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy nuclio
 * @server a Nuclio function
 * @asks nothing: every path runs the function. Its description is made of the events that its owner left
 * @never any path, unless its owner names one with gatebook.dev/openapi-path
 */
export const nuclioStrategy: Strategy = {
  server: "nuclio",
  places: () => [],
  asksNothing: true,
  derive: async ({ examples }) => deriveFunction(examples),
};
