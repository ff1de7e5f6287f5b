import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { fastApi, jsonOperation, plainOperation } from "../serving/fast-api.ts";
import { json } from "../serving/model.ts";
import type { Model } from "../serving/model.ts";
import { passages } from "./knowledge.ts";
import { trainChatModel } from "./markov-model.ts";

const modelName = "small-talk-1";
/** Slow enough to be seen streaming, as a large model would. */
const tokenPauseMs = 30;

const message = z.object({
  role: z.enum(["system", "user", "assistant"]),
  content: z.string().max(8000),
});
const chatRequest = z.object({
  model: z.literal(modelName),
  messages: z
    .array(message)
    .min(1)
    .max(50)
    .meta({ examples: [[{ role: "user", content: "What is a canary?" }]] }),
  max_tokens: z.int().min(1).max(512).default(120),
  temperature: z.number().min(0).max(2).default(0.5),
  seed: z.int().min(0).default(1),
  stream: z.boolean().default(false).describe("Send the answer word by word, as server-sent events."),
});
const finishReason = z.enum(["stop", "length"]);
const chatResponse = z.object({
  id: z.string(),
  object: z.literal("chat.completion"),
  created: z.int(),
  model: z.string(),
  choices: z.array(z.object({ index: z.int(), message, finish_reason: finishReason })),
  usage: z.object({ prompt_tokens: z.int(), completion_tokens: z.int(), total_tokens: z.int() }),
});
const modelList = z.object({
  object: z.literal("list"),
  data: z.array(z.object({ id: z.string(), object: z.literal("model"), created: z.int(), owned_by: z.string() })),
});

const countWords = (text: string): number => text.split(/\s+/).filter((word) => word !== "").length;

/** Chat: the OpenAI-compatible protocol, whole or streamed, in front of a small generating model. */
export function createChatModel(): Model {
  const model = trainChatModel(passages);
  const created = 1_767_225_600;

  const begin = (body: z.infer<typeof chatRequest>) => {
    const prompt = body.messages.findLast(({ role }) => role === "user")?.content ?? "";
    return model.generate(prompt, { tokensMax: body.max_tokens, temperature: body.temperature, seed: body.seed });
  };

  async function* stream(body: z.infer<typeof chatRequest>): AsyncGenerator<string> {
    const id = `chatcmpl-${randomUUID()}`;
    const event = (delta: Record<string, string>, finish: string | null): string =>
      `data: ${JSON.stringify({
        id,
        object: "chat.completion.chunk",
        created: Math.floor(Date.now() / 1000),
        model: modelName,
        choices: [{ index: 0, delta, finish_reason: finish }],
      })}\n\n`;
    yield event({ role: "assistant", content: "" }, null);
    const words = begin(body);
    let next = words.next();
    for (let spoken = 0; next.done !== true; spoken += 1) {
      yield event({ content: spoken === 0 ? next.value : ` ${next.value}` }, null);
      await pause(tokenPauseMs);
      next = words.next();
    }
    yield event({}, next.value);
    yield "data: [DONE]\n\n";
  }

  const whole = (body: z.infer<typeof chatRequest>): z.infer<typeof chatResponse> => {
    const words = begin(body);
    const spoken: string[] = [];
    let next = words.next();
    while (next.done !== true) {
      spoken.push(next.value);
      next = words.next();
    }
    const promptTokens = body.messages.reduce((sum, { content }) => sum + countWords(content), 0);
    return {
      id: `chatcmpl-${randomUUID()}`,
      object: "chat.completion",
      created: Math.floor(Date.now() / 1000),
      model: modelName,
      choices: [{ index: 0, message: { role: "assistant", content: spoken.join(" ") }, finish_reason: next.value }],
      usage: {
        prompt_tokens: promptTokens,
        completion_tokens: spoken.length,
        total_tokens: promptTokens + spoken.length,
      },
    };
  };

  return fastApi({
    name: "chat",
    title: "Small talk",
    description: "Answers questions about models, contracts and clusters. OpenAI-compatible.",
    version: "1.0.0",
    schemas: {
      ChatMessage: message,
      ChatCompletionRequest: chatRequest,
      ChatCompletion: chatResponse,
      ModelList: modelList,
    },
    operations: [
      plainOperation({
        path: "/v1/models",
        summary: "List models",
        tag: "models",
        response: modelList,
        run: () => ({ object: "list", data: [{ id: modelName, object: "model", created, owned_by: "assist" }] }),
      }),
      jsonOperation({
        path: "/v1/chat/completions",
        summary: "Create a chat completion",
        tag: "chat",
        streams: true,
        body: chatRequest,
        response: chatResponse,
        run: (body) =>
          body.stream
            ? { kind: "stream", contentType: "text/event-stream", pieces: stream(body) }
            : json(200, whole(body)),
      }),
    ],
  });
}
