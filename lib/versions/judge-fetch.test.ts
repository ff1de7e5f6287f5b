import { describe, expect, test } from "vitest";
import { judgeFetch, judgeSecondFetch } from "./index.ts";
import type { SeenBefore } from "./index.ts";

const a = { documentDigest: "a1", contractDigest: "a" };
const aReworded = { documentDigest: "a2", contractDigest: "a" };
const b = { documentDigest: "b1", contractDigest: "b" };
const api = { knownContracts: new Set(["a"]), isFixed: false };
const seenA: SeenBefore = { ...a, contractDigests: ["a"], unstable: false };
const seenBoth: SeenBefore = { ...b, contractDigests: ["a", "b"], unstable: false };

describe("one fetch", () => {
  test.each([
    ["the first description of an API is believed", a, null, { ...api, knownContracts: new Set<string>() }, "accept"],
    ["a known contract under a new key is believed", a, null, api, "accept"],
    ["a new contract under a new key is confirmed", b, null, api, "confirm"],
    ["the same document is believed", a, seenA, api, "accept"],
    ["other words under the same key are confirmed", aReworded, seenA, api, "confirm"],
    ["another contract under the same key is confirmed", b, seenA, api, "confirm"],
    ["a contract that comes back under the same key is refused", a, seenBoth, api, "refuse"],
    ["words that are known to flap are refused without asking", aReworded, { ...seenA, unstable: true }, api, "refuse"],
    ["a contract never seen is confirmed even where words flap", b, { ...seenA, unstable: true }, api, "confirm"],
    ["what a person wrote is believed", a, seenBoth, { ...api, isFixed: true }, "accept"],
  ] as const)("%s", (_, had, seen, of, expected) => {
    expect(judgeFetch(had, seen, of)).toBe(expected);
  });
});

describe("a second fetch", () => {
  test.each([
    ["the same again is a change", a, a, "accept"],
    ["other words make the words unstable", a, aReworded, "text"],
    ["another contract makes the description unstable", a, b, "refuse"],
    ["no answer leaves the first standing", a, null, "accept"],
  ] as const)("%s", (_, first, second, expected) => {
    expect(judgeSecondFetch(first, second)).toBe(expected);
  });
});
