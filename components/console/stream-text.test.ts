import { expect, test } from "vitest";
import { streamText } from "./stream-text.ts";

test("joins the words of chat chunks", () => {
  const text = [
    'data: {"choices":[{"delta":{"role":"assistant"}}]}',
    'data: {"choices":[{"delta":{"content":"Hel"}}]}',
    'data: {"choices":[{"delta":{"content":"lo"}}]}',
    "data: [DONE]",
  ].join("\n\n");
  expect(streamText(text)).toBe("Hello");
});

test("shows the data of other events as lines", () => {
  expect(streamText("event: tick\ndata: 1\n\ndata: 2\n\n")).toBe("1\n2");
});

test("is null where there is no event", () => {
  expect(streamText('{"a":1}')).toBeNull();
});

test("takes a chunk that is not whole as it stands", () => {
  expect(streamText('data: {"choices":[{"del')).toBe('{"choices":[{"del');
});
