import { deriveComposed, deriveOpenInference, pipelineComposition, readModelMetadata } from "../../derive/index.ts";
import type { Json } from "../../model/index.ts";
import { modelPath, readSteps } from "./strategy.ts";
import type { MetadataAsk, Strategy } from "./strategy.ts";

const triesMax = 3;

/** The server gives a version to a model's name: `iris_2` is iris. An experiment lets another model answer in its place. */
function isOf(said: Json, name: string): boolean {
  const own: unknown = typeof said === "object" && said !== null && "name" in said ? said.name : null;
  return typeof own === "string" && own.replace(/_\d+$/, "") === name;
}

async function askItself(name: string, ask: MetadataAsk): Promise<Json | null> {
  for (let attempt = 0; attempt < triesMax; attempt += 1) {
    const said = await ask(modelPath(name), { again: attempt > 0 });
    if (said === null || isOf(said, name)) return said;
  }
  return null;
}

/**
 * @strategy seldon-mesh
 * @server Seldon Core 2's data plane
 * @asks nothing for a document: its models share one address and are told apart by a header; /v2/models/{m} with it. A pipeline is
 * not asked: its description is made of those of its steps
 * @never /v2/models/{m}/infer
 */
export const seldonMeshStrategy: Strategy = {
  server: "seldon-mesh",
  places: () => [],
  async derive({ modelName, protocol, headers, composed }, ask, read) {
    if (modelName === null || protocol !== "open-inference") return null;
    // What a pipeline answers to anything but a request for inference is not known: it is not asked.
    if (headers.some(({ value }) => value?.endsWith(".pipeline") === true)) {
      const { entry, exit } = await readSteps(composed, read);
      return deriveComposed(pipelineComposition(modelName), entry, exit);
    }
    const said = await askItself(modelName, ask);
    return deriveOpenInference("Seldon Core 2", [
      { name: modelName, metadata: said === null ? null : readModelMetadata(said) },
    ]);
  },
};
