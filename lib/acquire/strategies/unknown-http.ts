import { deriveByProtocol } from "./by-protocol.ts";
import { below, belowPrefixes } from "./strategy.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy unknown-http
 * @server something that speaks HTTP; more is not known
 * @asks /openapi.json and /swagger.json, the places that most frameworks share, the first below each prefix of its routes too; under a
 * declared protocol, what that protocol tells of a model
 * @never anything more once it answered with something that is no document: it may answer every path, by running
 */
export const unknownHttpStrategy: Strategy = {
  server: "unknown-http",
  places: (target) => [...belowPrefixes(target, "/openapi.json"), below(target, "/swagger.json")],
  goesOnAfter: ["not-found"],
  derive: (target, ask) => deriveByProtocol(target, ask, "The server"),
};
