import { afterEach, expect, test } from "vitest";
import { startModel } from "../serving/start-model.ts";
import type { RunningModel } from "../serving/start-model.ts";
import { passages } from "./knowledge.ts";
import { trainChatModel } from "./markov-model.ts";
import { createChatModel } from "./server.ts";

const model = trainChatModel(passages);
let running: RunningModel | null = null;

afterEach(async () => {
  await running?.stop();
  running = null;
});

function say(prompt: string, options: { tokensMax?: number; temperature?: number; seed?: number } = {}): string {
  return [...model.generate(prompt, { tokensMax: 60, temperature: 0.5, seed: 1, ...options })].join(" ");
}

test("talks about what it was asked", () => {
  expect(say("What is a tensor?")).toContain("datatype");
  expect(say("What does a gateway do?")).toContain("gateway");
});

test("says the same for the same seed, and something else for some other", () => {
  expect(say("How do I call a model?", { seed: 4 })).toBe(say("How do I call a model?", { seed: 4 }));
  const answers = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => say("How do I call a model?", { seed, temperature: 1.5 }));
  expect(new Set(answers).size).toBeGreaterThan(1);
});

test("stops at the number of tokens that was asked for", () => {
  const words = model.generate("What is a canary?", { tokensMax: 5, temperature: 0, seed: 1 });
  let spoken = 0;
  let next = words.next();
  while (next.done !== true) {
    spoken += 1;
    next = words.next();
  }
  expect(spoken).toBe(5);
  expect(next.value).toBe("length");
});

test("streams its answer in pieces that arrive before the end", async () => {
  running = await startModel(createChatModel(), { port: 0 });
  const body = { model: "small-talk-1", messages: [{ role: "user", content: "What is a canary?" }], max_tokens: 8 };
  const call = (stream: boolean): Promise<Response> =>
    fetch(`http://127.0.0.1:${String(running?.port)}/v1/chat/completions`, {
      method: "POST",
      body: JSON.stringify({ ...body, stream }),
    });
  const res = await call(true);
  expect(res.headers.get("content-type")).toContain("text/event-stream");
  const pieces: string[] = [];
  const decoder = new TextDecoder();
  for await (const chunk of res.body ?? []) pieces.push(decoder.decode(chunk));
  expect(pieces.length).toBeGreaterThan(3);
  const events = pieces.join("").trim().split("\n\n");
  expect(events.at(-1)).toBe("data: [DONE]");
  const streamed = events
    .slice(0, -1)
    .map((event) => /"content":"((?:[^"\\]|\\.)*)"/.exec(event)?.[1] ?? "")
    .join("");
  const whole = await (await call(false)).text();
  expect(whole).toContain(`"content":"${streamed}"`);
});
