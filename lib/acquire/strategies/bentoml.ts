import { below } from "./strategy.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy bentoml
 * @server BentoML 1.2 and later
 * @asks /docs.json, where its page takes its document from
 * @never /schema.json, which is no OpenAPI; an endpoint of the service
 */
export const bentomlStrategy: Strategy = {
  server: "bentoml",
  places: (target) => [below(target, "/docs.json")],
};
