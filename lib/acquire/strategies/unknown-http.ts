import { deriveByProtocol } from "./by-protocol.ts";
import { below } from "./strategy.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy unknown-http
 * @server something that speaks HTTP; more is not known
 * @asks /openapi.json, the place that most frameworks share; under a declared protocol, what that protocol tells of a model
 * @never a second guess; its owner names the place with gatebook.dev/openapi-path
 */
export const unknownHttpStrategy: Strategy = {
  server: "unknown-http",
  places: (target) => [below(target, "/openapi.json")],
  derive: (target, ask) => deriveByProtocol(target, ask, "The server"),
};
