import { expect, test } from "vitest";
import { cosine, embedText, embeddingLength } from "./embed-text.ts";

test("gives vectors of length one, and zero for a text without words", () => {
  expect(embedText("a short text")).toHaveLength(embeddingLength);
  expect(Math.hypot(...embedText("a short text"))).toBeCloseTo(1);
  expect(Math.hypot(...embedText("…"))).toBe(0);
});

test("puts texts with like words nearer than others", () => {
  const asked = embedText("delivery of parcels");
  expect(cosine(asked, embedText("the parcel was delivered"))).toBeGreaterThan(
    cosine(asked, embedText("cats and dogs")),
  );
});
