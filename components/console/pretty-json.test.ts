import { expect, test } from "vitest";
import { prettyJson } from "./pretty-json.ts";

test("keeps short lists of plain values on one line", () => {
  expect(
    prettyJson({
      shape: [2, 4],
      data: [
        [1, 2.5],
        ["a", null],
      ],
      empty: [],
      none: {},
    }),
  ).toBe('{\n  "shape": [2, 4],\n  "data": [\n    [1, 2.5],\n    ["a", null]\n  ],\n  "empty": [],\n  "none": {}\n}');
});

test("breaks long lists, and reads back as the same value", () => {
  const value = { vector: Array.from({ length: 60 }, (_, index) => index / 7), text: 'with "quotes"\n' };
  const text = prettyJson(value);
  expect(text.split("\n").length).toBeGreaterThan(60);
  expect(JSON.parse(text)).toEqual(value);
});
