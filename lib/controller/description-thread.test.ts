import { afterAll, expect, test } from "vitest";
import { compareDescriptions } from "../diff/index.ts";
import { readDescription } from "../spec/index.ts";
import { openDescriptionThread } from "./description-thread.ts";

const thread = openDescriptionThread({ bytesMax: 16 * 1024 * 1024 });

afterAll(() => thread.stop());

/** A document of so many operations, each requiring these fields. */
function makeBody(operationCount: number, fields: readonly string[]): Uint8Array {
  const schema = { type: "object", required: fields, properties: Object.fromEntries(fields.map((name) => [name, {}])) };
  const post = {
    description: "x".repeat(1_000),
    requestBody: { required: true, content: { "application/json": { schema } } },
    responses: { "200": { description: "The answer." } },
  };
  const paths = Object.fromEntries(
    Array.from({ length: operationCount }, (_, index) => [`/models/${String(index)}`, { post }]),
  );
  return new TextEncoder().encode(JSON.stringify({ openapi: "3.1.0", info: { title: "Many", version: "1" }, paths }));
}

test("reads and compares large descriptions in its thread with the same result as here", async () => {
  const [base, revision] = [makeBody(200, ["age"]), makeBody(200, ["age", "income"])];
  const read = await Promise.all([thread.read(base), thread.read(revision)]);
  expect(read).toEqual([readDescription(base), readDescription(revision)]);
  const [before, after] = read;
  if (before.kind !== "ok" || after.kind !== "ok") throw new Error("They are descriptions.");
  const changes = await thread.compare(before.description, after.description);
  expect(changes.length).toBeGreaterThan(0);
  expect(changes).toEqual(compareDescriptions(before.description, after.description));
});

test("leaves this thread free while it works", async () => {
  const body = makeBody(5_000, ["age"]);
  let turns = 0;
  const ticking = setInterval(() => (turns += 1), 5);
  const result = await thread.read(body);
  clearInterval(ticking);
  expect(result.kind).toBe("ok");
  expect(turns).toBeGreaterThan(5);
});

test("a description that is no good is an answer, not a failure", async () => {
  const result = await thread.read(new TextEncoder().encode(`{"openapi": "3.1.0", "paths": ${"[".repeat(200_000)}`));
  expect(result.kind).toBe("invalid");
});

test("what it was asked when it stops fails instead of waiting for ever", async () => {
  const short = openDescriptionThread({ bytesMax: 16 * 1024 * 1024 });
  const asked = short.read(makeBody(5_000, ["age"]));
  const stopped = expect(asked).rejects.toThrow("The controller stops.");
  await short.stop();
  await stopped;
});
