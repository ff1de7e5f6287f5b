import type { Json, JsonObject } from "../model/index.ts";
import { objectOf } from "../spec/index.ts";
import { answer, from, jsonContent, makeDocument, operation, reference } from "./document.ts";
import { listOf, shortText } from "./read-metadata.ts";

/** One entry of `GET /v1/models`. */
export type OpenaiModel = {
  readonly id: string;
  /** Tokens of request and answer together; null where the server does not say. */
  readonly tokensMax: number | null;
};

const modelsMax = 200;

/** Null where it is no list of models. */
export function readOpenaiModels(value: Json): readonly OpenaiModel[] | null {
  const { data } = objectOf(value);
  if (!Array.isArray(data)) return null;
  const models = new Map<string, OpenaiModel>();
  for (const entry of listOf(data, modelsMax)) {
    const fields = objectOf(entry);
    const id = shortText(fields["id"]);
    const said = fields["max_model_len"];
    const tokensMax = typeof said === "number" && Number.isInteger(said) && said > 0 ? said : null;
    if (id !== null) models.set(id, { id, tokensMax });
  }
  return [...models.values()].sort((left, right) => (left.id < right.id ? -1 : 1));
}

/** Names that makers give to models that answer with vectors and with nothing else. */
const embeddingNames = /embed|(^|[/_-])(bge|e5|gte|minilm)([/_-]|$)/i;

const usage: JsonObject = {
  type: "object",
  properties: {
    prompt_tokens: { type: "integer" },
    completion_tokens: { type: "integer" },
    total_tokens: { type: "integer" },
  },
};

function sampling(tokensMax: number | null): JsonObject {
  const tokens: JsonObject = { type: "integer", minimum: 1, ...(tokensMax === null ? {} : { maximum: tokensMax }) };
  return {
    max_tokens: tokens,
    temperature: { type: "number", minimum: 0, maximum: 2 },
    top_p: { type: "number", minimum: 0, maximum: 1 },
    n: { type: "integer", minimum: 1 },
    stop: { anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }] },
    seed: { type: "integer" },
    presence_penalty: { type: "number", minimum: -2, maximum: 2 },
    frequency_penalty: { type: "number", minimum: -2, maximum: 2 },
    stream: { type: "boolean", default: false },
  };
}

const message: JsonObject = {
  type: "object",
  required: ["role"],
  properties: {
    role: { type: "string", enum: ["system", "developer", "user", "assistant", "tool"] },
    content: {
      anyOf: [{ type: "string" }, { type: "array", items: { type: "object", required: ["type"] } }, { type: "null" }],
    },
    name: { type: "string" },
    tool_call_id: { type: "string" },
    tool_calls: { type: "array", items: { type: "object" } },
  },
};

function completion(choice: JsonObject): JsonObject {
  return {
    type: "object",
    required: ["id", "object", "created", "model", "choices"],
    properties: {
      id: { type: "string" },
      object: { type: "string" },
      created: { type: "integer" },
      model: { type: "string" },
      choices: {
        type: "array",
        items: {
          type: "object",
          properties: { index: { type: "integer" }, finish_reason: { type: ["string", "null"] }, ...choice },
        },
      },
      usage,
    },
  };
}

const fault: JsonObject = {
  type: "object",
  properties: { error: { type: "object", properties: { message: { type: "string" } } }, message: { type: "string" } },
};

function ask(
  parts: { readonly id: string; readonly summary: string; readonly request: string; readonly response: string },
  example: Json,
  isStreamed: boolean,
): JsonObject {
  const answered = jsonContent(reference(parts.response));
  return {
    post: operation({
      operationId: parts.id,
      summary: parts.summary,
      body: jsonContent(reference(parts.request), example),
      responses: {
        "200": {
          description: isStreamed ? "The answer; with `stream`, piece by piece as server-sent events." : "The answer.",
          content: { ...answered, ...(isStreamed ? { "text/event-stream": { schema: { type: "string" } } } : {}) },
        },
        "400": answer("The request does not fit the model.", fault),
        "404": answer("There is no such model.", fault),
      },
    }),
  };
}

/** The operations and schemas for these models, for a document of its own or beside others. */
export function openaiParts(models: readonly OpenaiModel[]): {
  readonly paths: JsonObject;
  readonly schemas: JsonObject;
} {
  const ids = models.map(({ id }) => id);
  const embedding = ids.filter((id) => embeddingNames.test(id));
  const talking = ids.filter((id) => !embeddingNames.test(id));
  const limitOf = (list: readonly string[]): number | null => {
    const known = models.flatMap(({ id, tokensMax }) => (list.includes(id) ? [tokensMax] : []));
    return known.length === 0 || known.includes(null) ? null : Math.max(...known.flatMap((max) => max ?? []));
  };
  const model = (list: readonly string[]): JsonObject => ({
    type: "string",
    ...(list.length === 0 ? {} : { enum: list }),
    ...from(list.length === 0 ? "inferred" : "observed"),
  });
  const paths: Record<string, JsonObject> = {};
  const schemas: Record<string, JsonObject> = {};
  if (talking.length > 0 || embedding.length === 0) {
    const [first] = talking;
    const shared = { model: model(talking), ...sampling(limitOf(talking)) };
    Object.assign(schemas, {
      ChatMessage: message,
      ChatCompletionRequest: {
        type: "object",
        required: ["model", "messages"],
        properties: {
          ...shared,
          messages: { type: "array", minItems: 1, items: reference("ChatMessage") },
          tools: { type: "array", items: { type: "object" } },
          tool_choice: { anyOf: [{ type: "string" }, { type: "object" }] },
          response_format: { type: "object" },
        },
      },
      ChatCompletion: completion({ message: reference("ChatMessage") }),
      CompletionRequest: {
        type: "object",
        required: ["model", "prompt"],
        properties: {
          ...shared,
          prompt: { anyOf: [{ type: "string" }, { type: "array", items: {} }] },
        },
      },
      Completion: completion({ text: { type: "string" } }),
    });
    paths["/v1/chat/completions"] = ask(
      { id: "createChatCompletion", summary: "Chat", request: "ChatCompletionRequest", response: "ChatCompletion" },
      first === undefined ? null : { model: first, messages: [{ role: "user", content: "Hello" }], max_tokens: 16 },
      true,
    );
    paths["/v1/completions"] = ask(
      { id: "createCompletion", summary: "Complete a text", request: "CompletionRequest", response: "Completion" },
      first === undefined ? null : { model: first, prompt: "Hello", max_tokens: 16 },
      true,
    );
  }
  if (embedding.length > 0) {
    Object.assign(schemas, {
      EmbeddingRequest: {
        type: "object",
        required: ["model", "input"],
        properties: {
          model: model(embedding),
          input: { anyOf: [{ type: "string" }, { type: "array", items: {} }] },
          dimensions: { type: "integer", minimum: 1 },
          encoding_format: { type: "string", enum: ["float", "base64"] },
        },
      },
      EmbeddingList: {
        type: "object",
        required: ["data", "model"],
        properties: {
          object: { type: "string" },
          model: { type: "string" },
          data: {
            type: "array",
            items: {
              type: "object",
              properties: {
                index: { type: "integer" },
                embedding: { anyOf: [{ type: "array", items: { type: "number" } }, { type: "string" }] },
              },
            },
          },
          usage,
        },
      },
    });
    paths["/v1/embeddings"] = ask(
      { id: "createEmbedding", summary: "Embed texts", request: "EmbeddingRequest", response: "EmbeddingList" },
      { model: embedding[0] ?? "", input: "Hello" },
      false,
    );
  }
  paths["/v1/models"] = {
    get: operation({
      operationId: "listModels",
      summary: "List the models",
      responses: {
        "200": answer("The models that are served.", {
          type: "object",
          required: ["data"],
          properties: {
            object: { type: "string" },
            data: {
              type: "array",
              items: { type: "object", required: ["id"], properties: { id: { type: "string" } } },
            },
          },
        }),
      },
      origin: "observed",
    }),
  };
  return { paths, schemas };
}

/** A description of a server that speaks OpenAI's protocol, made of the models that it lists. */
export function deriveOpenai(server: string, models: readonly OpenaiModel[]): JsonObject {
  const longest = models.flatMap(({ id, tokensMax }) =>
    tokensMax === null ? [] : [`${id} takes ${String(tokensMax)} tokens, request and answer together.`],
  );
  return makeDocument({
    version: null,
    description: [
      `${server} serves no description. This one was derived from the models that it lists and the part of OpenAI's protocol that such servers share.`,
      ...longest.slice(0, 20),
    ].join(" "),
    ...openaiParts(models),
  });
}
