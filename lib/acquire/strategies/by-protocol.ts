import { deriveKserveV1, deriveOpenInference, readModelMetadata } from "../../derive/index.ts";
import type { DescriptionAddition, JsonObject, ProbeTarget } from "../../model/index.ts";
import { modelPath } from "./strategy.ts";
import type { MetadataAsk } from "./strategy.ts";

/**
 * A description for a server whose protocol its owner or operator declares; null where the model does not answer to its name.
 * `server` is its name for the reader.
 */
export async function deriveByProtocol(
  target: ProbeTarget,
  ask: MetadataAsk,
  server: string,
): Promise<JsonObject | null> {
  const { modelName, protocol } = target;
  if (modelName === null) return null;
  if (protocol === "open-inference") {
    const said = await ask(modelPath(modelName));
    const metadata = said === null ? null : readModelMetadata(said);
    return metadata === null ? null : deriveOpenInference(server, [{ name: modelName, metadata }]);
  }
  if (protocol === "kserve-v1") {
    const said = await ask(`/v1/models/${encodeURIComponent(modelName)}`);
    return said === null ? null : deriveKserveV1(server, modelName);
  }
  return null;
}

/** The tensors of the model, for a document that speaks of tensors in general. */
export async function completeByMetadata(target: ProbeTarget, ask: MetadataAsk): Promise<DescriptionAddition | null> {
  const { modelName } = target;
  if (modelName === null) return null;
  const said = await ask(modelPath(modelName));
  const metadata = said === null ? null : readModelMetadata(said);
  return metadata === null || metadata.inputs.length === 0 ? null : { kind: "tensors", model: modelName, metadata };
}
