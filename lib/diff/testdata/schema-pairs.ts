import type { Json, JsonObject } from "../../model/index.ts";
import type { SchemaEdit } from "../rules.ts";

/** A base and a revision that show one edit, and the edit that the way back shows. */
export type SchemaPair = {
  readonly edit: SchemaEdit;
  readonly mirror: SchemaEdit;
  readonly base: Json;
  readonly revision: Json;
  /** Where only texts on the wire are compared: parameters and headers. */
  readonly onWire?: true;
};

const text = { type: "string" } as const;
const number = { type: "number" } as const;
const list = { type: "array", items: text } as const;
const cat = { type: "object", required: ["kind"], properties: { kind: { const: "cat" }, lives: number } } as const;
const dog = { type: "object", required: ["kind"], properties: { kind: { const: "dog" }, bone: text } } as const;
const bird = { type: "object", required: ["kind"], properties: { kind: { const: "bird" } } } as const;

function object(properties: JsonObject, more: JsonObject = {}): JsonObject {
  return { type: "object", properties, ...more };
}

function pair(edit: SchemaEdit, mirror: SchemaEdit, base: Json, revision: Json): readonly SchemaPair[] {
  const one = { edit, mirror, base, revision };
  return edit === mirror ? [one] : [one, { edit: mirror, mirror: edit, base: revision, revision: base }];
}

/** At least one pair for every edit of a schema; a mirrored pair stands for both. */
export const schemaPairs: readonly SchemaPair[] = [
  ...pair("type-changed", "type-changed", text, { type: "boolean" }),
  ...pair("type-generalized", "type-specialized", { type: "integer" }, number),
  ...pair("became-nullable", "became-not-nullable", text, { type: ["string", "null"] }),
  {
    edit: "type-wire-equal",
    mirror: "type-wire-equal",
    base: text,
    revision: { type: ["string", "integer"] },
    onWire: true,
  },
  ...pair("enum-value-added", "enum-value-removed", { enum: ["a"] }, { enum: ["a", "b"] }),
  ...pair("became-enum", "became-not-enum", text, { enum: ["a", "b"] }),
  ...pair("enum-replaced", "enum-replaced", { type: "string", maxLength: 2 }, { enum: ["long", "a"] }),
  ...pair("enum-opened", "enum-closed", { enum: ["a"] }, { enum: ["a"], "x-extensible-enum": true }),
  ...pair("default-value-changed", "default-value-changed", { ...text, default: "a" }, { ...text, default: "b" }),
  ...pair("default-value-added", "default-value-removed", text, { ...text, default: "a" }),
  ...pair("min-increased", "min-decreased", { ...number, minimum: 1 }, { ...number, minimum: 2 }),
  ...pair("min-set", "min-unset", number, { ...number, minimum: 1 }),
  ...pair("max-decreased", "max-increased", { ...number, maximum: 2 }, { ...number, maximum: 1 }),
  ...pair("max-set", "max-unset", number, { ...number, exclusiveMaximum: 1 }),
  ...pair("min-length-increased", "min-length-decreased", text, { ...text, minLength: 1 }),
  ...pair("max-length-decreased", "max-length-increased", { ...text, maxLength: 9 }, { ...text, maxLength: 8 }),
  ...pair("max-length-set", "max-length-unset", text, { ...text, maxLength: 8 }),
  ...pair("min-items-increased", "min-items-decreased", { ...list, minItems: 1 }, { ...list, minItems: 2 }),
  ...pair("max-items-decreased", "max-items-increased", { ...list, maxItems: 2 }, { ...list, maxItems: 1 }),
  ...pair("max-items-set", "max-items-unset", list, { ...list, maxItems: 1 }),
  ...pair("min-properties-increased", "min-properties-decreased", object({}), object({}, { minProperties: 1 })),
  ...pair(
    "max-properties-decreased",
    "max-properties-increased",
    object({}, { maxProperties: 2 }),
    object({}, { maxProperties: 1 }),
  ),
  ...pair("max-properties-set", "max-properties-unset", object({}), object({}, { maxProperties: 2 })),
  ...pair("multiple-of-set", "multiple-of-unset", number, { ...number, multipleOf: 2 }),
  ...pair("multiple-of-changed", "multiple-of-changed", { ...number, multipleOf: 2 }, { ...number, multipleOf: 3 }),
  ...pair(
    "multiple-of-specialized",
    "multiple-of-generalized",
    { ...number, multipleOf: 2 },
    { ...number, multipleOf: 4 },
  ),
  ...pair("unique-items-set", "unique-items-unset", list, { ...list, uniqueItems: true }),
  ...pair("pattern-added", "pattern-removed", text, { ...text, pattern: "^a" }),
  ...pair("pattern-generalized", "pattern-specialized", { ...text, pattern: "^a" }, { ...text, pattern: "^[ab]" }),
  ...pair("pattern-changed", "pattern-changed", { ...text, pattern: "^a" }, { ...text, pattern: "^b" }),
  ...pair("format-added", "format-removed", text, { ...text, format: "uri" }),
  ...pair(
    "format-widened",
    "format-narrowed",
    { type: "integer", format: "int32" },
    { type: "integer", format: "int64" },
  ),
  ...pair("format-changed", "format-changed", { ...text, format: "uri" }, { ...text, format: "iri" }),
  ...pair("content-encoding-changed", "content-encoding-changed", text, { ...text, contentEncoding: "base64" }),
  ...pair("content-media-type-changed", "content-media-type-changed", text, { ...text, contentMediaType: "image/png" }),
  ...pair("became-required", "became-optional", object({ a: text }), object({ a: text }, { required: ["a"] })),
  ...pair("property-renamed", "property-renamed", object({ a: text, c: list }), object({ b: text, c: list })),
  ...pair(
    "required-property-renamed",
    "required-property-renamed",
    object({ a: text }, { required: ["a"] }),
    object({ b: text }, { required: ["b"] }),
  ),
  ...pair(
    "additional-properties-closed",
    "additional-properties-opened",
    object({ a: text }),
    object({ a: text }, { additionalProperties: false }),
  ),
  ...pair(
    "pattern-property-added",
    "pattern-property-removed",
    object({ a: text }),
    object({ a: text }, { patternProperties: { "^x": text } }),
  ),
  ...pair(
    "property-names-added",
    "property-names-removed",
    object({}),
    object({}, { propertyNames: { maxLength: 3 } }),
  ),
  ...pair(
    "dependent-required-added",
    "dependent-required-removed",
    object({ a: text }),
    object({ a: text }, { dependentRequired: { a: ["b"] } }),
  ),
  ...pair(
    "dependent-schema-added",
    "dependent-schema-removed",
    object({ a: text }),
    object({ a: text }, { dependentSchemas: { a: { minProperties: 2 } } }),
  ),
  ...pair(
    "unevaluated-properties-added",
    "unevaluated-properties-removed",
    object({ a: text }),
    object({ a: text }, { unevaluatedProperties: false }),
  ),
  ...pair("mutability-changed", "mutability-changed", object({ a: text }), object({ a: { ...text, readOnly: true } })),
  ...pair("deprecated", "reactivated", object({ a: text }), object({ a: { ...text, deprecated: true } })),
  ...pair("unevaluated-items-added", "unevaluated-items-removed", list, { ...list, unevaluatedItems: false }),
  ...pair("contains-added", "contains-removed", list, { ...list, contains: { const: "a" } }),
  ...pair(
    "contains-changed",
    "contains-changed",
    { ...list, contains: { const: "a" } },
    { ...list, contains: { const: "b" } },
  ),
  ...pair(
    "min-contains-increased",
    "min-contains-decreased",
    { ...list, contains: { const: "a" } },
    { ...list, contains: { const: "a" }, minContains: 2 },
  ),
  ...pair(
    "max-contains-decreased",
    "max-contains-increased",
    { ...list, contains: { const: "a" } },
    { ...list, contains: { const: "a" }, maxContains: 2 },
  ),
  ...pair("one-of-added", "one-of-removed", { oneOf: [cat, dog] }, { oneOf: [cat, dog, bird] }),
  ...pair("any-of-added", "any-of-removed", { anyOf: [cat, dog] }, { anyOf: [cat, dog, bird] }),
  ...pair(
    "any-of-became-one-of",
    "one-of-became-any-of",
    { anyOf: [{ minLength: 2 }, { maxLength: 3 }] },
    { oneOf: [{ minLength: 2 }, { maxLength: 3 }] },
  ),
  ...pair("rewritten", "rewritten", { anyOf: [cat, dog] }, { oneOf: [cat, dog] }),
  ...pair(
    "all-of-added",
    "all-of-removed",
    object({ a: text, b: text }),
    object({ a: text, b: text }, { anyOf: [{ required: ["a"] }, { required: ["b"] }] }),
  ),
  ...pair(
    "union-changed",
    "union-changed",
    { allOf: [{ anyOf: [cat, dog] }, { anyOf: [dog, bird] }] },
    { allOf: [{ anyOf: [cat, dog] }, { anyOf: [cat, bird] }] },
  ),
  ...pair("not-added", "not-removed", text, { ...text, not: { const: "a" } }),
  ...pair("not-changed", "not-changed", { ...text, not: { const: "a" } }, { ...text, not: { const: "b" } }),
  ...pair("condition-added", "condition-removed", text, {
    ...text,
    if: { minLength: 2 },
    then: { pattern: "^a" },
  }),
  ...pair(
    "condition-changed",
    "condition-changed",
    { ...text, if: { minLength: 2 }, then: { pattern: "^a" } },
    { ...text, if: { minLength: 3 }, then: { pattern: "^a" } },
  ),
  ...pair(
    "discriminator-added",
    "discriminator-removed",
    { oneOf: [cat, dog] },
    { oneOf: [cat, dog], discriminator: { propertyName: "kind" } },
  ),
  ...pair(
    "discriminator-property-name-changed",
    "discriminator-property-name-changed",
    { oneOf: [cat, dog], discriminator: { propertyName: "kind" } },
    { oneOf: [cat, dog], discriminator: { propertyName: "type" } },
  ),
  ...pair(
    "discriminator-mapping-added",
    "discriminator-mapping-deleted",
    { oneOf: [cat, dog], discriminator: { propertyName: "kind" } },
    { oneOf: [cat, dog], discriminator: { propertyName: "kind", mapping: { cat: "Cat" } } },
  ),
  ...pair(
    "discriminator-mapping-changed",
    "discriminator-mapping-changed",
    { oneOf: [cat, dog], discriminator: { propertyName: "kind", mapping: { cat: "Cat" } } },
    { oneOf: [cat, dog], discriminator: { propertyName: "kind", mapping: { cat: "Dog" } } },
  ),
  ...pair("constraint-changed", "constraint-changed", text, { ...text, $dynamicRef: "#node" }),
  ...pair("became-impossible", "became-possible", object({ a: text }), object({ a: false })),
];

/** Edits that no pair of two schemas can show, and why. */
export const schemaWaivers: Readonly<Partial<Record<SchemaEdit, string>>> = {
  "hidden-changed": "It takes a property that does not travel in the direction of the test; it has a test of its own.",
  "changed-unknown": "It is the net below all rules; what falls into it shall get a rule.",
  "comparison-given-up": "It takes more pairs of schemas than one comparison looks into.",
};
