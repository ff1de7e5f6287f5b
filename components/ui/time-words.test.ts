import { describe, expect, test } from "vitest";
import { absoluteTime, relativeTime } from "./time-words.ts";

describe("relativeTime", () => {
  const now = Date.parse("2026-01-15T12:00:00Z");
  test.each([
    ["2026-01-15T11:59:30Z", "just now"],
    ["2026-01-15T12:00:20Z", "just now"],
    ["2026-01-15T11:58:59Z", "1 minute ago"],
    ["2026-01-15T09:00:00Z", "3 hours ago"],
    ["2026-01-13T11:00:00Z", "2 days ago"],
    ["2026-01-20T12:00:00Z", "in 5 days"],
    ["2024-12-01T12:00:00Z", "1 year ago"],
  ])("says %s as %s", (at, words) => {
    expect(relativeTime(at, now)).toBe(words);
  });
});

test("absoluteTime names its zone", () => {
  expect(absoluteTime("2026-01-15T12:00:00Z")).toBe("15 Jan 2026, 12:00:00 UTC");
});
