import { describe, expect, it } from "vitest";
import type { Json } from "../model/index.ts";
import { compareDescriptions } from "./compare-descriptions.ts";
import { rules, schemaRules } from "./rules.ts";
import type { SchemaEdit } from "./rules.ts";
import { describeDocument, schemaDocument } from "./testdata/build-document.ts";
import type { places } from "./testdata/build-document.ts";
import { schemaPairs, schemaWaivers } from "./testdata/schema-pairs.ts";

function editsAt(place: (typeof places)[number], base: Json, revision: Json) {
  const changes = compareDescriptions(
    describeDocument(schemaDocument(place, base)),
    describeDocument(schemaDocument(place, revision)),
  );
  return changes.map((change) => ({ edit: rules.get(change.id)?.edit, change }));
}

describe("rules for schemas", () => {
  for (const { edit, mirror, base, revision, onWire } of schemaPairs) {
    for (const direction of ["request", "response"] as const) {
      it(`names ${edit} in ${direction}s with the level of the table, and ${mirror} on the way back`, () => {
        const wire = direction === "request" ? "request-parameter" : "response-header";
        const body = direction === "request" ? "request-body" : "response-body";
        const place = onWire === true ? wire : body;
        const found = editsAt(place, base, revision);
        // What becomes read-only leaves requests, and what leaves the table's reach has rules of its own.
        const isMutability = edit === "mutability-changed" && direction === "request";
        const expected = isMutability ? "request-property-became-read-only" : edit;
        const own = found.find((entry) => entry.edit === expected);
        expect(own, JSON.stringify(found.map((entry) => entry.change.id))).toBeDefined();
        if (isMutability || own === undefined) return;
        expect(own.change.level).toBe(schemaRules[edit][direction]);
        expect(own.change.direction).toBe(direction);
        expect(own.change.message.length).toBeGreaterThan(10);
        expect(own.change.advice).toMatch(/\.$/);
        expect(editsAt(place, revision, base).map((entry) => entry.edit)).toContain(mirror);
      });
    }
  }

  it("has a pair or a written waiver for every edit", () => {
    const shown = new Set(schemaPairs.map(({ edit }) => edit));
    const missing = (Object.keys(schemaRules) as SchemaEdit[]).filter(
      (edit) => !shown.has(edit) && schemaWaivers[edit] === undefined,
    );
    expect(missing).toEqual([]);
  });

  it("says that a hidden property changed, which is never sent", () => {
    const document = (schema: Json) =>
      schemaDocument("request-body", { type: "object", properties: { id: { readOnly: true, allOf: [schema] } } });
    const changes = compareDescriptions(
      describeDocument(document({ type: "string" })),
      describeDocument(document({ type: "integer" })),
    );
    expect(changes.map(({ id, level }) => [id, level])).toEqual([["request-property-hidden-changed", "safe"]]);
  });
});
