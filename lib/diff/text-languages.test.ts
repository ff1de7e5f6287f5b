import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareLanguages } from "./text-languages.ts";
import type { TextRules } from "./text-languages.ts";

function texts(pattern: string | null, minLength = 0, maxLength = Infinity): TextRules {
  return { patterns: pattern === null ? [] : [pattern], minLength, maxLength };
}

describe("texts that patterns take", () => {
  it.each([
    ["^a|^b", "^[ab]"],
    ["^\\d{4}$", "^[0-9]{4}$"],
    ["^(a|b)$", "^a$|^b$"],
    ["^(?:(?:x))+$", "^x+$"],
    ["(a+)+$", "a$"],
    ["^[A-Z]{2}\\-[0-9]+$", "^[A-Z]{2}-[0-9]+$"],
    ["^[\\_\\-a]$", "^[_a-]$"],
    ["^a\\@b$", "^a@b$"],
    [".*", null],
    ["^", null],
    ["", null],
  ])("are the same by %s and by %s", (one, other) => {
    expect(compareLanguages(texts(one), texts(other))).toEqual({ lost: null, gained: null });
    expect(compareLanguages(texts(other), texts(one))).toEqual({ lost: null, gained: null });
  });

  it.each([
    ["more characters", "^[a-z]+$", "^[a-z0-9]+$", "0"],
    ["a longer one", "^a{2}$", "^a{2,3}$", "aaa"],
    ["no pattern any more", "^a$", null, ""],
    ["an edge less", "^ab$", "^ab", "aba"],
    ["another way", "^a$", "^(a|b)$", "b"],
    ["a longer part of a name", "^([a-z]{1,63}\\.)+x$", "^([a-z]{1,64}\\.)+x$", `${"a".repeat(64)}.x`],
    ["letters of all scripts", "^[a-z]+$", "^\\p{Ll}+$", "\u00b5"],
  ])("are more with %s", (_, from, to, gained) => {
    expect(compareLanguages(texts(from), texts(to))).toEqual({ lost: null, gained });
    expect(compareLanguages(texts(to), texts(from))).toEqual({ lost: gained, gained: null });
  });

  it("are neither more nor less where each takes what the other does not", () => {
    expect(compareLanguages(texts("^a"), texts("^b"))).toEqual({ lost: "a", gained: "b" });
  });

  it("are compared where the lengths of both allow them", () => {
    expect(compareLanguages(texts(null, 0, 5), texts("^[^]{0,7}$", 0, 5))).toEqual({ lost: null, gained: null });
    expect(compareLanguages(texts("a", 3), texts("ab", 3))?.lost).toHaveLength(3);
    expect(compareLanguages(texts("a", 2, 1), texts("b", 2, 1))).toEqual({ lost: null, gained: null });
    expect(compareLanguages(texts("a", -7, 1.5), texts("b", 0.5, 1e308))).toEqual({ lost: "a", gained: "b" });
    expect(compareLanguages(texts("^a{300}$", 300, 400), texts("^a{300,301}$", 300, 400))?.gained).toHaveLength(301);
  });

  it("are those of all patterns together", () => {
    const both = { ...texts("^a"), patterns: ["^a", "b$"] };
    expect(compareLanguages(texts("^a"), both)).toEqual({ lost: "a", gained: null });
    expect(compareLanguages(both, texts("^a.*b$"))).toEqual({ lost: "a\nb", gained: null });
  });

  it.each([
    ["looks ahead", "^(?!foo)"],
    ["asks for a word's edge", "\\bfoo\\b"],
    ["refers back", "^(a+)b\\1$"],
    ["is none of ECMA-262", "^(?P<year>\\d+)$"],
    ["does not end", "[a-"],
    ["needs too many states", "a.{20}$"],
    ["is too long", "a".repeat(2_000)],
    ["counts too far", "^(a{0,1000}){0,1000}$"],
  ])("are not known of a pattern that %s", (_, pattern) => {
    expect(compareLanguages(texts(pattern), texts("^a"))).toBeNull();
    expect(compareLanguages(texts("^a"), texts(pattern))).toBeNull();
  });
});

const atom = fc.constantFrom("a", "b", "c", "[ab]", "[^a]", ".", "(a|bc)", "(?:ab)", "\\d", "[a-c]");
const quantified = fc
  .tuple(atom, fc.constantFrom("", "", "*", "+", "?", "{2}", "{1,3}"))
  .map(([one, count]) => `${one}${count}`);
const branch = fc
  .tuple(fc.constantFrom("", "^"), fc.array(quantified, { maxLength: 4 }), fc.constantFrom("", "$"))
  .map(([start, parts, end]) => `${start}${parts.join("")}${end}`);
const anyPattern = fc.array(branch, { minLength: 1, maxLength: 2 }).map((branches) => branches.join("|"));
const anyText = fc.string({ unit: fc.constantFrom("a", "b", "c", "0", "\n", "\ud83d\ude00"), maxLength: 8 });

describe("whatever the patterns are", () => {
  it("a text that one takes and the other does not is never overlooked, and one that is shown proves it", () => {
    fc.assert(
      fc.property(anyPattern, anyPattern, fc.array(anyText, { minLength: 20, maxLength: 20 }), (from, to, samples) => {
        const change = compareLanguages(texts(from), texts(to));
        if (change === null) return;
        const [one, other] = [new RegExp(from, "u"), new RegExp(to, "u")];
        for (const text of samples) {
          if (change.lost === null && one.test(text)) expect(other.test(text)).toBe(true);
          if (change.gained === null && other.test(text)) expect(one.test(text)).toBe(true);
        }
        if (change.lost !== null) expect([one.test(change.lost), other.test(change.lost)]).toEqual([true, false]);
        if (change.gained !== null) expect([one.test(change.gained), other.test(change.gained)]).toEqual([false, true]);
      }),
      { numRuns: 1_000, seed: 20261126 },
    );
  });
});
