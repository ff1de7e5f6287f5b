import { expect, test } from "vitest";
import { readableLine } from "./log-line.ts";

test("turns a log entry into words, and leaves other lines as they are", () => {
  expect(readableLine("web", '{"level":40,"role":"web","msg":"slow"}')).toBe("web: warning: slow");
  expect(readableLine("web", '{"level":50,"msg":"failed","err":{"message":"no answer"}}')).toBe(
    "web: error: failed: no answer",
  );
  expect(readableLine("models", "plain words")).toBe("models: plain words");
  expect(readableLine("models", "{broken")).toBe("models: {broken");
});
