import { z } from "zod";
import { fastApi, jsonOperation } from "../serving/fast-api.ts";
import { json } from "../serving/model.ts";
import type { Model } from "../serving/model.ts";
import { cosine, embedText, embeddingLength } from "./embed-text.ts";

/** Embeddings: hashed words and trigrams; texts that share words and parts of words lie near each other. */
export function createEmbeddingsModel(): Model {
  const text = z.string().min(1).max(8000);
  const embedRequest = z.object({ inputs: z.array(text).min(1).max(64).describe("The texts, up to 64.") });
  const embedResponse = z.object({
    model: z.string(),
    dimensions: z.literal(embeddingLength),
    embeddings: z.array(z.array(z.number()).length(embeddingLength)).describe("One vector a text, each of length 1."),
  });
  const rankRequest = z.object({
    query: text,
    candidates: z.array(text).min(1).max(64),
  });
  const rankResponse = z.object({
    ranking: z.array(z.object({ index: z.int(), similarity: z.number().min(-1).max(1) })).describe("Nearest first."),
  });
  return fastApi({
    name: "embeddings",
    title: "Text embeddings",
    description: "Turns texts into vectors, and ranks texts by their likeness to a query.",
    version: "3.1.0",
    schemas: {
      EmbedRequest: embedRequest,
      EmbedResponse: embedResponse,
      RankRequest: rankRequest,
      RankResponse: rankResponse,
    },
    operations: [
      jsonOperation({
        path: "/embed",
        summary: "Embed texts",
        tag: "inference",
        body: embedRequest,
        response: embedResponse,
        run: ({ inputs }) =>
          json(200, { model: "hashed-trigrams", dimensions: embeddingLength, embeddings: inputs.map(embedText) }),
      }),
      jsonOperation({
        path: "/rank",
        summary: "Rank texts by likeness",
        tag: "inference",
        body: rankRequest,
        response: rankResponse,
        run: ({ query, candidates }) => {
          const vector = embedText(query);
          return json(200, {
            ranking: candidates
              .map((candidate, index) => ({ index, similarity: cosine(vector, embedText(candidate)) }))
              .sort((left, right) => right.similarity - left.similarity),
          });
        },
      }),
    ],
  });
}
