import type { Json, JsonObject } from "../model/index.ts";
import { objectOf } from "../spec/index.ts";
import { answer, from, jsonContent, makeDocument, operation, reference } from "./document.ts";
import { openaiParts } from "./openai.ts";
import { listOf, shortText } from "./read-metadata.ts";

/** The models out of `GET /api/tags`; null where it is no such answer. */
export function readOllamaTags(value: Json): readonly string[] | null {
  const { models } = objectOf(value);
  if (!Array.isArray(models)) return null;
  return [...new Set(listOf(models, 200).flatMap((model) => shortText(objectOf(model)["name"]) ?? []))].sort();
}

const options: JsonObject = {
  type: "object",
  properties: {
    temperature: { type: "number" },
    top_k: { type: "integer" },
    top_p: { type: "number" },
    num_ctx: { type: "integer", minimum: 1 },
    num_predict: { type: "integer" },
    seed: { type: "integer" },
    stop: { anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }] },
  },
};

const format: JsonObject = { anyOf: [{ const: "json" }, { type: "object" }] };
const keepAlive: JsonObject = { type: ["string", "number"] };

function schemasFor(model: JsonObject): JsonObject {
  const timing: JsonObject = {
    total_duration: { type: "integer" },
    load_duration: { type: "integer" },
    prompt_eval_count: { type: "integer" },
    eval_count: { type: "integer" },
  };
  return {
    OllamaMessage: {
      type: "object",
      required: ["role", "content"],
      properties: {
        role: { type: "string", enum: ["system", "user", "assistant", "tool"] },
        content: { type: "string" },
        images: { type: "array", items: { type: "string", contentEncoding: "base64" } },
        tool_calls: { type: "array", items: { type: "object" } },
      },
    },
    OllamaChatRequest: {
      type: "object",
      required: ["model", "messages"],
      properties: {
        model,
        messages: { type: "array", items: reference("OllamaMessage") },
        tools: { type: "array", items: { type: "object" } },
        format,
        options,
        stream: { type: "boolean", default: true },
        keep_alive: keepAlive,
      },
    },
    OllamaChatResponse: {
      type: "object",
      properties: {
        model: { type: "string" },
        created_at: { type: "string", format: "date-time" },
        message: reference("OllamaMessage"),
        done: { type: "boolean" },
        done_reason: { type: "string" },
        ...timing,
      },
    },
    OllamaGenerateRequest: {
      type: "object",
      required: ["model"],
      properties: {
        model,
        prompt: { type: "string" },
        suffix: { type: "string" },
        images: { type: "array", items: { type: "string", contentEncoding: "base64" } },
        system: { type: "string" },
        format,
        options,
        raw: { type: "boolean" },
        stream: { type: "boolean", default: true },
        keep_alive: keepAlive,
      },
    },
    OllamaGenerateResponse: {
      type: "object",
      properties: {
        model: { type: "string" },
        created_at: { type: "string", format: "date-time" },
        response: { type: "string" },
        done: { type: "boolean" },
        done_reason: { type: "string" },
        ...timing,
      },
    },
    OllamaEmbedRequest: {
      type: "object",
      required: ["model", "input"],
      properties: {
        model,
        input: { anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }] },
        truncate: { type: "boolean" },
        dimensions: { type: "integer", minimum: 1 },
        options,
        keep_alive: keepAlive,
      },
    },
    OllamaEmbedResponse: {
      type: "object",
      properties: {
        model: { type: "string" },
        embeddings: { type: "array", items: { type: "array", items: { type: "number" } } },
      },
    },
  };
}

/** A description of Ollama's own operations that ask a model, and of OpenAI's, for the models that it has. */
export function deriveOllama(names: readonly string[]): JsonObject {
  const model: JsonObject = {
    type: "string",
    ...(names.length === 0 ? {} : { enum: names }),
    ...from(names.length === 0 ? "inferred" : "observed"),
  };
  const [first] = names;
  const example = (rest: JsonObject): Json => (first === undefined ? null : { model: first, ...rest });
  const post = (id: string, summary: string, schema: string, sample: Json, isStreamed: boolean): JsonObject => ({
    post: operation({
      operationId: id,
      summary,
      tags: ["Ollama"],
      body: jsonContent(reference(`Ollama${schema}Request`), sample),
      responses: {
        "200": {
          description: isStreamed ? "The answer; in lines of JSON unless `stream` is false." : "The answer.",
          content: {
            ...jsonContent(reference(`Ollama${schema}Response`)),
            ...(isStreamed ? { "application/x-ndjson": { schema: reference(`Ollama${schema}Response`) } } : {}),
          },
        },
        "400": answer("The request does not fit the model."),
        "404": answer("There is no such model."),
      },
    }),
  });
  const get = (id: string, summary: string): JsonObject => ({
    get: operation({
      operationId: id,
      summary,
      tags: ["Ollama"],
      responses: { "200": answer("The answer.", { type: "object" }) },
    }),
  });
  const openai = openaiParts(names.map((id) => ({ id, tokensMax: null })));
  return makeDocument({
    version: null,
    description:
      "Ollama serves no description. This one is the portal's own, of the operations that ask a model, with the models that this server has.",
    paths: {
      "/api/chat": post(
        "chat",
        "Chat",
        "Chat",
        example({ messages: [{ role: "user", content: "Hello" }], stream: false }),
        true,
      ),
      "/api/generate": post(
        "generate",
        "Complete a text",
        "Generate",
        example({ prompt: "Hello", stream: false }),
        true,
      ),
      "/api/embed": post("embed", "Embed texts", "Embed", example({ input: "Hello" }), false),
      "/api/tags": get("listTags", "List the models"),
      "/api/ps": get("listRunning", "List the models that are loaded"),
      "/api/version": get("version", "Which Ollama it is"),
      ...openai.paths,
    },
    schemas: { ...schemasFor(model), ...openai.schemas },
  });
}
