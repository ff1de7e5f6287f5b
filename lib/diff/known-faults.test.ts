import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../model/index.ts";
import { countChanges, verdictOf } from "../model/index.ts";
import { compareDescriptions } from "./compare-descriptions.ts";
import { describeDocument, documentOf, operationDocument, schemaDocument } from "./testdata/build-document.ts";

const text = { type: "string" } as const;
const integer = { type: "integer" } as const;
const list = { type: "array", items: text } as const;

function object(properties: JsonObject, more: JsonObject = {}): JsonObject {
  return { type: "object", properties, ...more };
}

/** An object that a required property with one value tells from others. */
function tagged(tag: string): JsonObject {
  return object({ kind: { const: tag }, also: { const: tag } }, { required: ["kind", "also"] });
}

type Pair = readonly [name: string, base: JsonObject, revision: JsonObject];

function sent(name: string, base: Json, revision: Json): Pair {
  return [name, schemaDocument("request-body", base), schemaDocument("request-body", revision)];
}

function answered(name: string, base: Json, revision: Json): Pair {
  return [name, schemaDocument("response-body", base), schemaDocument("response-body", revision)];
}

function query(parameter: JsonObject): JsonObject {
  return operationDocument({ parameters: [{ name: "q", in: "query", ...parameter }] });
}

function header(schema: Json): JsonObject {
  return schemaDocument("response-header", schema);
}

function callback(schema: Json): JsonObject {
  const post = {
    requestBody: { content: { "application/json": { schema } } },
    responses: { 200: { description: "ok" } },
  };
  return operationDocument({ callbacks: { done: { "{$request.body#/url}": { post } } } });
}

function webhook(schema: Json): JsonObject {
  const post = {
    requestBody: { content: { "application/json": { schema } } },
    responses: { 200: { description: "ok" } },
  };
  return documentOf({}, { webhooks: { trained: { post } } });
}

function oauth(flows: JsonObject): JsonObject {
  return operationDocument(
    {},
    { security: [{ o: [] }], components: { securitySchemes: { o: { type: "oauth2", flows } } } },
  );
}

const machine = { clientCredentials: { tokenUrl: "https://id.example.com/token", scopes: {} } };
const person = { password: { tokenUrl: "https://id.example.com/token", scopes: {} } };

function keys(...security: readonly JsonObject[]): JsonObject {
  const key = (name: string): JsonObject => ({ type: "apiKey", in: "header", name });
  return operationDocument({}, { security, components: { securitySchemes: { a: key("A"), b: key("B") } } });
}

function form(contentType: string): JsonObject {
  const media = { schema: object({ file: text }), encoding: { file: { contentType } } };
  return operationDocument({ requestBody: { content: { "multipart/form-data": media } } });
}

function body(type: string): JsonObject {
  return operationDocument({ requestBody: { content: { [type]: { schema: text } } } });
}

function path(name: string): JsonObject {
  const parameters = [{ in: "path", name, required: true, schema: text }];
  return documentOf({ [`/m/{${name}}`]: { get: { parameters, responses: { 200: { description: "ok" } } } } });
}

/** What other engines let pass (DIFF §4). */
const breaks: readonly Pair[] = [
  sent("closing an object", object({ a: text }), object({ a: text }, { additionalProperties: false })),
  sent("a schema for all other names", object({ a: text }), object({ a: text }, { additionalProperties: text })),
  sent("requiring a name that is not declared", object({ a: text }), object({ a: text }, { required: ["b"] })),
  sent("a value that must not be", text, { ...text, not: { const: "x" } }),
  sent("no names but those evaluated", object({ a: text }), object({ a: text }, { unevaluatedProperties: false })),
  sent("an alternative less", { anyOf: [text, integer] }, { anyOf: [text] }),
  answered("an alternative more", { anyOf: [text] }, { anyOf: [text, integer] }),
  ["one more value in a header of an answer", header({ enum: ["a"] }), header({ enum: ["a", "b"] })],
  ["unique items of a parameter", query({ schema: list }), query({ schema: { ...list, uniqueItems: true } })],
  ["another style", query({ schema: list }), query({ schema: list, style: "pipeDelimited" })],
  ["another explode", query({ schema: list, explode: true }), query({ schema: list, explode: false })],
  [
    "a schema that became content",
    query({ schema: text }),
    query({ content: { "application/json": { schema: text } } }),
  ],
  [
    "another base path",
    operationDocument({}, { servers: [{ url: "https://models.example.com/v1" }] }),
    operationDocument({}, { servers: [{ url: "https://models.example.com/v2" }] }),
  ],
  ["a flow of OAuth less", oauth({ ...machine, ...person }), oauth(machine)],
  [
    "another token endpoint",
    oauth(machine),
    oauth({ clientCredentials: { tokenUrl: "https://other.example.com/token", scopes: {} } }),
  ],
  [
    "one more value in a callback",
    callback(object({ a: { enum: ["x"] } }, { required: ["a"] })),
    callback(object({ a: { enum: ["x", "y"] } }, { required: ["a"] })),
  ],
  ["a property less in a webhook", webhook(object({ a: text }, { required: ["a"] })), webhook(object({}))],
  sent(
    "another property that tells alternatives apart",
    { oneOf: [tagged("a"), tagged("b")], discriminator: { propertyName: "kind" } },
    { oneOf: [tagged("a"), tagged("b")], discriminator: { propertyName: "also" } },
  ),
  ["fewer types of a part of a form", form("image/png, image/jpeg"), form("image/png")],
];

/** What other engines call a break although nobody breaks (DIFF §4), and more of the kind. */
const harmless: readonly Pair[] = [
  sent("const for an enumeration of one", { const: "a" }, { enum: ["a"] }),
  sent("a length of an integer", integer, { ...integer, maxLength: 3 }),
  sent("a bound of a text", text, { ...text, minimum: 3 }),
  sent("a length of nothing", text, { ...text, minLength: 0 }),
  sent("at least 1 for more than 0", { ...integer, minimum: 1 }, { ...integer, exclusiveMinimum: 0 }),
  sent("a length that the values have", { enum: ["a", "bb"] }, { enum: ["a", "bb"], maxLength: 5 }),
  sent("a bound that the values keep", { enum: [1, 5] }, { enum: [1, 5], minimum: 0 }),
  sent("a type that the values have", { enum: [1, 2] }, { type: "integer", enum: [1, 2] }),
  sent("a pattern that takes all", text, { ...text, pattern: ".*" }),
  sent("a length that the pattern has", { ...text, pattern: "^a{3}$" }, { ...text, pattern: "^a{3}$", maxLength: 3 }),
  sent("anyOf for oneOf of types", { oneOf: [text, integer] }, { anyOf: [text, integer] }),
  sent(
    "anyOf for oneOf of tagged objects",
    { oneOf: [tagged("a"), tagged("b")] },
    { anyOf: [tagged("a"), tagged("b")] },
  ),
  sent("an alternative that another covers going", { anyOf: [text, { ...text, maxLength: 5 }] }, { anyOf: [text] }),
  answered(
    "an alternative that another covers coming",
    { anyOf: [text] },
    { anyOf: [text, { ...text, maxLength: 5 }] },
  ),
  sent(
    "a wider alternative",
    { anyOf: [{ ...integer, maximum: 5 }, text] },
    { anyOf: [{ ...integer, maximum: 9 }, text] },
  ),
  sent("one schema among alternatives", text, { anyOf: [text, integer] }),
  answered("one of the alternatives alone", { anyOf: [text, integer] }, text),
  sent("one more alternative", { anyOf: [text, integer] }, { anyOf: [text, integer, { type: "boolean" }] }),
  sent("a condition without an end", text, { ...text, if: { minLength: 3 } }),
  sent(
    "a condition written as a dependence",
    { type: "object", if: { required: ["a"] }, then: { required: ["b"] } },
    { type: "object", dependentRequired: { a: ["b"] } },
  ),
  sent("fewer values that must not be", { ...text, not: { enum: ["a", "b"] } }, { ...text, not: { enum: ["a"] } }),
  sent(
    "allOf put together",
    { allOf: [object({ a: text }, { required: ["a"] }), object({ b: integer })] },
    object({ a: text, b: integer }, { required: ["a"] }),
  ),
  sent("allOf of one", { allOf: [text] }, text),
  answered("null in a list of types", { anyOf: [text, { type: "null" }] }, { type: ["string", "null"] }),
  sent("int64 for int32", { ...integer, format: "int32" }, { ...integer, format: "int64" }),
  sent("multiples of less", { ...integer, multipleOf: 4 }, { ...integer, multipleOf: 2 }),
  sent("names that may be anything", { type: "object" }, { type: "object", propertyNames: { pattern: ".*" } }),
  sent("unique items of one", { ...list, maxItems: 1 }, { ...list, maxItems: 1, uniqueItems: true }),
  sent("what every item is anyway", { ...list, minItems: 1 }, { ...list, minItems: 1, contains: text }),
  ["a range of media types", body("application/json"), body("application/*")],
  ["one key in the place of two", keys({ a: [], b: [] }), keys({ a: [] })],
  ["one more flow of OAuth", oauth(machine), oauth({ ...machine, ...person })],
  ["a number where a text is", query({ schema: text }), query({ schema: { type: ["string", "integer"] } })],
  ["another name of a parameter in the path", path("id"), path("model")],
  [
    "a parameter at its path",
    query({ schema: text }),
    documentOf({
      "/m": {
        parameters: [{ name: "q", in: "query", schema: text }],
        post: { responses: { 200: { description: "ok" } } },
      },
    }),
  ],
  [
    "one value less in a callback",
    callback(object({ a: { enum: ["x", "y"] } }, { required: ["a"] })),
    callback(object({ a: { enum: ["x"] } }, { required: ["a"] })),
  ],
  [
    "a property more in a webhook",
    webhook(object({ a: text })),
    webhook(object({ a: text, b: text }, { required: ["b"] })),
  ],
];

function verdict(base: JsonObject, revision: JsonObject): string {
  return verdictOf(countChanges(compareDescriptions(describeDocument(base), describeDocument(revision))));
}

describe("what breaks somebody", () => {
  it.each(breaks)("%s", (_, base, revision) => {
    expect(verdict(base, revision)).toBe("breaking");
  });
});

describe("what breaks nobody", () => {
  it.each(harmless)("%s", (_, base, revision) => {
    expect(["none", "safe"]).toContain(verdict(base, revision));
  });
});
