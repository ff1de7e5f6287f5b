import { completeByMetadata, deriveByProtocol } from "./by-protocol.ts";
import { below } from "./strategy.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy kserve
 * @server KServe's Python server, and the runtimes that are made with it
 * @asks /openapi.json, which is always on: --enable_docs_url switches only the page at /docs; /v2/models/{m} for the model's tensors
 * @never a path that predicts, infers, explains or loads
 */
export const kserveStrategy: Strategy = {
  server: "kserve",
  places: (target) => [below(target, "/openapi.json")],
  derive: (target, ask) => deriveByProtocol(target, ask, "KServe's Python server"),
  complete: async (target, ask) => {
    if (target.protocol === "kserve-v1") return { kind: "instances" };
    return target.protocol === "open-inference" ? completeByMetadata(target, ask) : null;
  },
};
