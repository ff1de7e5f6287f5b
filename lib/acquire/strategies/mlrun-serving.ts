import { deriveMlrunServing, readMlrunModel, readMlrunModels } from "../../derive/index.ts";
import type { MlrunModel } from "../../derive/index.ts";
import { modelPath, signOf } from "./strategy.ts";
import type { Strategy } from "./strategy.ts";

/** One question a model; a graph with more of them is described in its first ones by name. */
const modelsMax = 16;

/**
 * @strategy mlrun-serving
 * @server an MLRun serving graph in a Nuclio function
 * @asks nothing for a document, as it has none: /v2/models/ and each model's metadata
 * @never /v2/models/{m}/infer
 */
export const mlrunServingStrategy: Strategy = {
  server: "mlrun-serving",
  places: () => [],
  sign: async ({ modelName }, ask) => (modelName === null ? signOf(await ask("/v2/models/")) : null),
  async derive({ modelName }, ask) {
    const list = modelName === null ? await ask("/v2/models/") : null;
    const names = modelName === null ? readMlrunModels(list).slice(0, modelsMax) : [modelName];
    const models: MlrunModel[] = [];
    for (const name of names) models.push(readMlrunModel(name, await ask(modelPath(name))));
    return models.length === 0 ? null : deriveMlrunServing(models);
  },
};
