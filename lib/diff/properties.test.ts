import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../model/index.ts";
import { compareDescriptions } from "./compare-descriptions.ts";
import { anyComponents, anyEdit, anySchema, reorder } from "./testdata/any-schema.ts";
import { describeDocument, places, schemaDocument } from "./testdata/build-document.ts";

const anyPlace = fc.constantFrom(...places);
const runs = { numRuns: 300, seed: 20261101 };

function describeSchema(place: (typeof places)[number], schema: Json, components: JsonObject) {
  return describeDocument(schemaDocument(place, schema, components));
}

/** The schema with references to components written out, as deep as they are not recursive and a little beyond. */
function inline(schema: Json, components: JsonObject, depth: number): Json {
  if (Array.isArray(schema)) return (schema as readonly Json[]).map((item) => inline(item, components, depth));
  if (schema === null || typeof schema !== "object") return schema;
  const object = schema as JsonObject;
  const name = typeof object["$ref"] === "string" ? object["$ref"].split("/").at(-1) : undefined;
  const schemas = components["schemas"] as JsonObject;
  if (name !== undefined && depth > 0) return inline(schemas[name] ?? true, components, depth - 1);
  return Object.fromEntries(Object.entries(object).map(([key, item]) => [key, inline(item, components, depth)]));
}

describe("comparing", () => {
  it("finds nothing between a description and itself, or itself in another order", () => {
    fc.assert(
      fc.property(anyPlace, anySchema, anyComponents, (place, schema, components) => {
        const one = describeSchema(place, schema, components);
        const two = describeSchema(place, reorder(schema), reorder(components) as JsonObject);
        expect(two.contractDigest).toBe(one.contractDigest);
        expect(compareDescriptions(one, two)).toEqual([]);
      }),
      runs,
    );
  });

  it("finds nothing between referenced and inlined forms, recursive ones included", () => {
    fc.assert(
      fc.property(
        anyPlace,
        anySchema,
        anyComponents,
        fc.integer({ min: 1, max: 3 }),
        (place, schema, components, depth) => {
          const one = describeSchema(place, schema, components);
          const two = describeSchema(place, inline(schema, components, depth), components);
          expect(two.contractDigest).toBe(one.contractDigest);
        },
      ),
      runs,
    );
  });

  it("finds something wherever the contract differs, and nothing where it does not", () => {
    fc.assert(
      fc.property(anyPlace, anyEdit, anyComponents, (place, [left, right], components) => {
        const one = describeSchema(place, left, components);
        const two = describeSchema(place, right, components);
        const changes = compareDescriptions(one, two);
        expect(changes.length > 0).toBe(one.contractDigest !== two.contractDigest);
        expect(new Set(changes.map(({ fingerprint }) => fingerprint)).size).toBe(changes.length);
      }),
      runs,
    );
  });

  it("gives the same list each time, whatever the order in the documents", () => {
    fc.assert(
      fc.property(anyPlace, anySchema, anySchema, anyComponents, (place, left, right, components) => {
        const changes = compareDescriptions(
          describeSchema(place, left, components),
          describeSchema(place, right, components),
        );
        const again = compareDescriptions(
          describeSchema(place, left, components),
          describeSchema(place, right, components),
        );
        expect(again).toEqual(changes);
      }),
      { ...runs, numRuns: 100 },
    );
  });
});
