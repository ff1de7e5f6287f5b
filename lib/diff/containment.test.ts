import fc from "fast-check";
import { expect, it } from "vitest";
import type { Json } from "../model/index.ts";
import { compareDescriptions } from "./compare-descriptions.ts";
import { anyComponents, anyEdit, anySchema } from "./testdata/any-schema.ts";
import { describeDocument, schemaDocument } from "./testdata/build-document.ts";
import { checkContainment } from "./testdata/check-containment.ts";
import { validatorOf } from "./testdata/validator.ts";

const leaf = fc.constantFrom<Json>("", "a", "b", "ab", "abab", "ba", -2, 0, 1, 2, 2.5, 3, 4, true, false, null);
const { anyValue } = fc.letrec<{ anyValue: Json }>((tie) => ({
  anyValue: fc.oneof(
    { maxDepth: 2, depthIdentifier: "value" },
    { arbitrary: leaf, weight: 3 },
    {
      arbitrary: fc
        .dictionary(fc.constantFrom("a", "b", "c"), tie("anyValue"), { maxKeys: 3 })
        .map((value) => ({ ...value })),
      weight: 3,
    },
    { arbitrary: fc.array(tie("anyValue"), { maxLength: 4 }), weight: 1 },
  ),
}));

/** Only what is described counts: that a new property may be described, or an old one no longer, are conventions (DIFF §6.3). */
const conventions = /(new-optional-request-property|property-added|property-removed|renamed)$/;

it("calls nothing compatible that a validator refuses", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        { arbitrary: anyEdit, weight: 8 },
        { arbitrary: fc.tuple(anySchema, anySchema), weight: 1 },
        { arbitrary: anySchema.map((schema) => [schema, schema] as const), weight: 1 },
      ),
      anyComponents,
      anyComponents,
      fc.array(anyValue, { minLength: 60, maxLength: 60 }),
      ([left, right], components, others, values) => {
        // The same schema is compared over other components.
        const revised = left === right ? others : components;
        const before = validatorOf(left, components);
        const after = validatorOf(right, revised);
        for (const [place, from, to] of [
          ["request-body", before, after],
          ["response-body", after, before],
        ] as const) {
          const changes = compareDescriptions(
            describeDocument(schemaDocument(place, left, components)),
            describeDocument(schemaDocument(place, right, revised)),
          );
          if (changes.some(({ level, id }) => level === "breaking" || level === "risky" || conventions.test(id)))
            continue;
          for (const value of values)
            expect(
              from(value) !== true || to(value) !== false,
              `${place} ${JSON.stringify({ left, right, components, revised, value })}: ${changes.map(({ id }) => id).join(", ")}`,
            ).toBe(true);
        }
      },
    ),
    { numRuns: 2_000, seed: 20261102 },
  );
}, 300_000);

it("proves nothing that a validator refutes, whatever the keywords", () => {
  const { pairs, proved, refuted } = checkContainment(2_000, 20261126);
  expect(pairs).toBe(2_000);
  // Where little is proved, or nothing could be refuted, little is tested.
  expect(proved).toBeGreaterThan(400);
  expect(refuted).toBeGreaterThan(400);
}, 300_000);
