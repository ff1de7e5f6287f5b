import { describe, expect, it } from "vitest";
import { fieldsOf, listOf, numberOf, percentOf, portNumberOf, textMapOf, textOf } from "./read-fields.ts";

describe("numbers", () => {
  it.each([
    ["a number", 80, 80, 80, 80],
    ["the last port", 65_535, 65_535, 100, 65_535],
    ["beyond it", 65_536, null, 100, 65_536],
    ["nothing", 0, null, 0, 0],
    ["less than nothing", -1, null, 0, -1],
    ["a half", 0.5, null, 0.5, 0.5],
    ["what has no end", Infinity, null, null, null],
    ["no number at all", Number.NaN, null, null, null],
    ["a text", "80", null, null, null],
    ["null", null, null, null, null],
  ])("%s as a port, as a share and as itself", (_, value, port, percent, number) => {
    expect([portNumberOf(value), percentOf(value), numberOf(value)]).toEqual([port, percent, number]);
  });
});

describe("texts, lists and fields of another type read as none", () => {
  it.each([
    ["a number", 7],
    ["nothing", undefined],
    ["an empty text", ""],
    ["a text of 2,001 characters", "x".repeat(2_001)],
  ])("%s", (_, value) => {
    expect([textOf(value), listOf(value), fieldsOf(value), textMapOf(value)]).toEqual([null, [], {}, {}]);
  });

  it("a list has no fields, and fields are no list", () => {
    expect([fieldsOf(["x"]), listOf({ 0: "x", length: 1 })]).toEqual([{}, []]);
  });

  it("of a long list a thousand items are read, and of a map the texts", () => {
    expect(listOf(Array(1_001).fill(0))).toHaveLength(1_000);
    expect(textMapOf({ a: "x", b: 7, c: null, d: { e: "x" } })).toEqual({ a: "x" });
  });
});
