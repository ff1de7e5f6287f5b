import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../model/index.ts";
import { compareDescriptions } from "./compare-descriptions.ts";
import { anyComponents, anyEdit } from "./testdata/any-schema.ts";
import { describeDocument, schemaDocument } from "./testdata/build-document.ts";
import { validatorOf } from "./testdata/validator.ts";

function witnesses(base: Json, revision: Json): readonly (readonly [id: string, witness: unknown])[] {
  const changes = compareDescriptions(
    describeDocument(schemaDocument("request-body", base)),
    describeDocument(schemaDocument("request-body", revision)),
  );
  return changes.flatMap(({ id, witness }) =>
    witness === undefined ? [] : [[id.replace("request-body-", ""), witness]],
  );
}

const text = { type: "string" } as const;
const number = { type: "number" } as const;

describe("a value that was accepted and is not any more", () => {
  it.each<[string, Json, Json, unknown]>([
    ["type-changed", text, { type: "boolean" }, "a"],
    ["type-specialized", number, { type: "integer" }, 0.5],
    ["type-specialized", { ...number, minimum: 3.25 }, { type: "integer", minimum: 4 }, 3.25],
    ["became-not-nullable", { type: ["string", "null"] }, text, null],
    ["enum-value-removed", { enum: ["a", "b"] }, { enum: ["a"] }, "b"],
    ["became-enum", { ...text, minLength: 2 }, { enum: ["ab", "cd"] }, "aa"],
    ["min-increased", { ...number, minimum: 1 }, { ...number, minimum: 2 }, 1],
    ["min-set", number, { ...number, exclusiveMinimum: 5 }, 0],
    ["max-decreased", { ...number, maximum: 9 }, { ...number, maximum: 4 }, 4.5],
    ["max-set", { type: "integer", multipleOf: 10 }, { type: "integer", multipleOf: 10, maximum: 25 }, 30],
    ["multiple-of-set", { type: "integer" }, { type: "integer", multipleOf: 2 }, 1],
    ["min-length-increased", text, { ...text, minLength: 3 }, "aa"],
    [
      "max-length-decreased",
      { ...text, pattern: "^x+$", maxLength: 9 },
      { ...text, pattern: "^x+$", maxLength: 4 },
      "xxxxx",
    ],
    ["max-length-set", { ...text, pattern: "^[0-9]+$" }, { ...text, pattern: "^[0-9]+$", maxLength: 2 }, "000"],
  ])("%s", (edit, base, revision, witness) => {
    expect(witnesses(base, revision)).toContainEqual([edit, witness]);
  });

  it("is missing where none is known, and where nothing breaks", () => {
    expect(witnesses({ ...text, maxLength: 9_000 }, { ...text, maxLength: 8_000 })).toEqual([]);
    expect(witnesses({ type: "object" }, { type: "object", required: ["a"] })).toEqual([]);
    expect(witnesses({ ...text, maxLength: 8 }, { ...text, maxLength: 9 })).toEqual([]);
  });
});

it("a validator agrees on both sides with every value that is shown", () => {
  let shown = 0;
  fc.assert(
    fc.property(anyEdit, anyComponents, ([left, right], components) => {
      for (const place of ["request-body", "response-body"] as const) {
        const [takes, refuses] = place === "request-body" ? [left, right] : [right, left];
        const changes = compareDescriptions(
          describeDocument(schemaDocument(place, left, components)),
          describeDocument(schemaDocument(place, right, components)),
        );
        for (const { id, witness, pointerBefore, pointerAfter } of changes) {
          // Of what stands at the root, and is neither a part of a union nor of a component.
          const isRoot = [pointerBefore, pointerAfter].every((pointer) => pointer?.endsWith("/schema") === true);
          if (witness === undefined || !isRoot || !id.startsWith(place)) continue;
          shown += 1;
          const said = JSON.stringify({ id, left, right, components, witness });
          // It has no word on schemas that lead to themselves without a step.
          expect([validatorOf(takes, components)(witness) ?? true, said]).toEqual([true, said]);
          expect([validatorOf(refuses, components)(witness) ?? false, said]).toEqual([false, said]);
        }
      }
    }),
    { numRuns: 2_000, seed: 20261126 },
  );
  expect(shown).toBeGreaterThan(200);
}, 120_000);
