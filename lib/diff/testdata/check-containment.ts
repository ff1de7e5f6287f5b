import fc from "fast-check";
import type { Json, JsonObject } from "../../model/index.ts";
import { schemaReaderOf } from "../../spec/index.ts";
import { isProvedWithin } from "../containment.ts";
import { anyLikePair, anyRichSchema, anyRichValue } from "./rich-schema.ts";
import { validatorOf } from "./validator.ts";

export type Counts = { pairs: number; proved: number; refuted: number; values: number };

const anyParts = fc.record({ A: anyRichSchema, B: anyRichSchema }).map((schemas): JsonObject => ({ schemas }));

function isProved(left: Json, leftParts: JsonObject, right: Json, rightParts: JsonObject): boolean {
  const [one, other] = [schemaReaderOf({ components: leftParts }), schemaReaderOf({ components: rightParts })];
  return isProvedWithin(one, one.node(left, "/left"), other, other.node(right, "/right"), true, { steps: 100_000 });
}

/**
 * Holds what containment says of random pairs against a validator, and counts: where it is proved, no value that the left side
 * takes may be refused by the right. Throws with the smallest pair that it finds otherwise.
 */
export function checkContainment(runs: number, seed: number): Counts {
  const counts: Counts = { pairs: 0, proved: 0, refuted: 0, values: 0 };
  fc.assert(
    fc.property(
      anyLikePair,
      anyParts,
      fc.option(anyParts, { nil: null, freq: 4 }),
      fc.array(anyRichValue, { minLength: 60, maxLength: 60 }),
      ([left, right], parts, others, values) => {
        const rightParts = others ?? parts;
        const proved = isProved(left, parts, right, rightParts);
        counts.pairs += 1;
        counts.proved += proved ? 1 : 0;
        const [takes, alsoTakes] = [validatorOf(left, parts), validatorOf(right, rightParts)];
        const counter = values.find((value) => takes(value) === true && alsoTakes(value) === false);
        counts.values += values.filter((value) => takes(value) === true).length;
        if (counter !== undefined) counts.refuted += 1;
        if (proved && counter !== undefined)
          throw new Error(
            `${JSON.stringify(counter)} is valid for ${JSON.stringify([left, parts])} and not for ${JSON.stringify([right, rightParts])}`,
          );
      },
    ),
    { numRuns: runs, seed },
  );
  return counts;
}
