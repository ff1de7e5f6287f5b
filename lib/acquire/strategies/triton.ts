import { deriveTriton, readModelMetadata, readTritonConfig, readTritonIndex } from "../../derive/index.ts";
import type { TritonModel } from "../../derive/index.ts";
import { modelPath, signOf } from "./strategy.ts";
import type { Strategy } from "./strategy.ts";

const index = "/v2/repository/index";

/** Two questions a model; a server with more of them is described in its first ones by name. */
const modelsMax = 16;

/**
 * @strategy triton
 * @server Triton Inference Server
 * @asks nothing for a document, as it has none: its models' metadata and configurations
 * @never /v2/models/{m}/infer, /generate
 */
export const tritonStrategy: Strategy = {
  server: "triton",
  places: () => [],
  // Of a server of many models, what it has loaded tells whether a question to each of them is worth it.
  sign: async ({ modelName }, ask) => (modelName === null ? signOf(await ask(index, { method: "POST" })) : null),
  async derive({ modelName }, ask) {
    const listed = modelName === null ? await ask(index, { method: "POST" }) : null;
    const names = modelName === null ? readTritonIndex(listed).slice(0, modelsMax) : [modelName];
    const models: TritonModel[] = [];
    for (const name of names) {
      const metadata = await ask(modelPath(name));
      const config = await ask(`${modelPath(name)}/config`);
      models.push({
        name,
        metadata: metadata === null ? null : readModelMetadata(metadata),
        config: config === null ? null : readTritonConfig(config),
      });
    }
    const known = models.filter(({ metadata, config }) => metadata !== null || config !== null);
    return known.length === 0 ? null : deriveTriton(known);
  },
};
