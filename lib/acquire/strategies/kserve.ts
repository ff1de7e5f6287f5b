import { below } from "./strategy.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy kserve
 * @server KServe's Python server, and the runtimes that are made with it
 * @asks /openapi.json, which is always on: --enable_docs_url switches only the page at /docs
 * @never anything below /v1/models or /v2/models
 */
export const kserveStrategy: Strategy = {
  server: "kserve",
  places: (target) => [below(target, "/openapi.json")],
};
