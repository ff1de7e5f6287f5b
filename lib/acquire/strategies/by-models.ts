import { deriveOpenai, readOpenaiModels } from "../../derive/index.ts";
import type { DescriptionAddition, JsonObject } from "../../model/index.ts";
import type { MetadataAsk } from "./strategy.ts";

/** A description for a server that speaks OpenAI's protocol; null where it lists no models. `server` is its name for the reader. */
export async function deriveByModels(ask: MetadataAsk, server: string): Promise<JsonObject | null> {
  const said = await ask("/v1/models");
  const models = said === null ? null : readOpenaiModels(said);
  return models === null ? null : deriveOpenai(server, models);
}

/** The names of the models, which the server's own document leaves open. */
export async function completeByModels(ask: MetadataAsk): Promise<DescriptionAddition | null> {
  const said = await ask("/v1/models");
  const models = said === null ? null : readOpenaiModels(said);
  return models === null || models.length === 0 ? null : { kind: "models", ids: models.map(({ id }) => id) };
}
