import { describe, expect, it } from "vitest";
import { isLiteral, readPattern } from "./path-pattern.ts";

describe("patterns that are a literal beginning and all the rest", () => {
  it.each([
    ["/churn(/|$)(.*)", { literal: "/churn", match: "prefix", group: "2", hasSlash: false }],
    ["/churn(?:/|$)(.*)", { literal: "/churn", match: "prefix", group: "1", hasSlash: false }],
    ["^/churn(/|$)(.*)$", { literal: "/churn", match: "prefix", group: "2", hasSlash: false }],
    ["/churn(/.*)?", { literal: "/churn", match: "prefix", group: "1", hasSlash: true }],
    ["/churn(/.*)?$", { literal: "/churn", match: "prefix", group: "1", hasSlash: true }],
    ["/churn/?(.*)", { literal: "/churn", match: "text-prefix", group: "1", hasSlash: false }],
    ["/rank(.*)", { literal: "/rank", match: "text-prefix", group: "1", hasSlash: true }],
    ["/rank.*", { literal: "/rank", match: "text-prefix", group: null, hasSlash: false }],
    // What asks for the slash does not take in the path without it.
    ["/churn/(.*)", { literal: "/churn/", match: "text-prefix", group: "1", hasSlash: false }],
    ["/churn/.*", { literal: "/churn/", match: "text-prefix", group: null, hasSlash: false }],
    ["/churn/(?<rest>.*)", { literal: "/churn/", match: "text-prefix", group: "rest", hasSlash: false }],
    ["/churn(?<rest>.*)", { literal: "/churn", match: "text-prefix", group: "rest", hasSlash: true }],
    ["/(.*)", { literal: "/", match: "text-prefix", group: "1", hasSlash: false }],
    ["^/.*$", { literal: "/", match: "text-prefix", group: null, hasSlash: false }],
    ["(/|$)(.*)", { literal: "", match: "prefix", group: "2", hasSlash: false }],
    ["/v1.2/churn-model_a(/|$)(.*)", { literal: "/v1.2/churn-model_a", match: "prefix", group: "2", hasSlash: false }],
  ])("%s", (pattern, expected) => {
    expect(readPattern(pattern)).toEqual(expected);
  });

  it.each([
    ["/predict$", "exact"],
    ["^/predict$", "exact"],
    ["/predict", "text-prefix"],
    ["^/predict", "text-prefix"],
  ] as const)("%s, which is a literal and ends %s", (pattern, match) => {
    expect(readPattern(pattern)).toEqual({ literal: "/predict", match, group: null, hasSlash: false });
  });
});

it.each([
  ["/v[0-9]+/churn"],
  ["/v[0-9]+/(.*)"],
  ["/(a|b)/.*"],
  ["/(en|de)(/|$)(.*)"],
  ["/.*/predict"],
  ["/(.*)/predict(/.*)?"],
  ["/a(/.*)(/.*)"],
  ["/models/{id}/(.*)"],
  ["/churn/(.+)"],
  ["/churn?"],
  ["/a\\d(.*)"],
  ["(?<rest>.*)(?<more>.*)"],
  ["(((("],
  ["^^/churn"],
])("%s is more than that, and is not read", (pattern) => {
  expect(readPattern(pattern)).toBeNull();
});

it("what has no end is read in no time", () => {
  expect(readPattern(`/${"(.*)".repeat(20_000)}`)).toBeNull();
  expect(readPattern(`/${"/?".repeat(20_000)}x`)).toBeNull();
});

it.each([
  ["/churn", true],
  ["/v1.2/rank:predict-x_y~z", true],
  ["", true],
  ["/a*", false],
  ["/a?", false],
  ["/a+", false],
  ["/[a]", false],
  ["/(a)", false],
  ["/{a}", false],
  ["/a|b", false],
  ["^/a", false],
  ["/a$", false],
  ["/a\\b", false],
])("%j holds nothing that a pattern would: %s", (path, expected) => {
  expect(isLiteral(path)).toBe(expected);
});
