import { completeByMetadata, deriveByProtocol } from "./by-protocol.ts";
import { below } from "./strategy.ts";
import type { Strategy } from "./strategy.ts";

/**
 * @strategy mlserver
 * @server MLServer, by itself and as a KServe runtime
 * @asks the model's own document where its name is known, then the server's general one; /v2/models/{m} for the model's tensors
 * @never /openapi.json, which says nothing of the model; the versioned document, whose paths break when versions share traffic
 */
export const mlserverStrategy: Strategy = {
  server: "mlserver",
  places: (target) => [
    ...(target.modelName === null
      ? []
      : [below(target, `/v2/models/${encodeURIComponent(target.modelName)}/docs/dataplane.json`)]),
    below(target, "/v2/docs/dataplane.json"),
  ],
  derive: (target, ask) => deriveByProtocol(target, ask, "MLServer"),
  complete: completeByMetadata,
};
