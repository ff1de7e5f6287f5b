import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../model/index.ts";
import { readDescription } from "./read-description.ts";

function digestsOf(document: JsonObject): { readonly contract: string; readonly whole: string } {
  const result = readDescription(new TextEncoder().encode(JSON.stringify(document)));
  if (result.kind === "invalid") throw new Error(JSON.stringify(result.problems));
  return { contract: result.description.contractDigest, whole: result.description.documentDigest };
}

function contractOf(document: JsonObject): string {
  return digestsOf(document).contract;
}

const info = { title: "T", version: "1" } as const;
const text = { type: "string" } as const;

function openapi(paths: JsonObject, more: JsonObject = {}): JsonObject {
  return { openapi: "3.1.0", info, paths, ...more };
}

function schemaDigest(schema: Json, schemas: JsonObject = {}): string {
  const content = { "application/json": { schema } };
  return contractOf(
    openapi({ "/p": { post: { requestBody: { content }, responses: {} } } }, { components: { schemas } }),
  );
}

const swagger: JsonObject = {
  swagger: "2.0",
  info,
  host: "old.test",
  basePath: "/v1",
  schemes: ["http", "https"],
  consumes: ["application/json"],
  produces: ["application/json"],
  parameters: {
    Input: { in: "body", name: "input", required: true, schema: { $ref: "#/definitions/Input" } },
    limit: { in: "query", name: "limit", type: "integer", minimum: 0, exclusiveMinimum: true },
  },
  paths: {
    "/predict/{id}": {
      post: {
        parameters: [
          { $ref: "#/parameters/Input" },
          { $ref: "#/parameters/limit" },
          { in: "query", name: "tags", type: "array", items: text },
        ],
        responses: { 200: { description: "ok", schema: { $ref: "#/definitions/Output" }, headers: { etag: text } } },
      },
      parameters: [{ in: "path", name: "id", required: true, type: "string" }],
    },
    "/files": {
      post: {
        consumes: ["multipart/form-data"],
        parameters: [
          { in: "formData", name: "image", type: "file", required: true },
          { in: "formData", name: "names", type: "array", items: text, collectionFormat: "multi" },
        ],
        responses: { 204: { description: "done" } },
      },
    },
  },
  definitions: {
    Input: { type: "object", required: ["age"], properties: { age: { type: "number", "x-nullable": true } } },
    Output: { type: "object", properties: { data: { type: "string", format: "byte" } } },
  },
  securityDefinitions: { key: { type: "apiKey", in: "header", name: "X-Key" }, basic: { type: "basic" } },
  security: [{ key: [] }, { basic: [] }],
};

type Spelling = { readonly [name in "openapi" | "age" | "limit" | "image" | "data"]: Json };

/** The same API, with what OpenAPI 3.0 and 3.1 spell differently left open. */
function spell({ openapi: version, age, limit, image, data }: Spelling): JsonObject {
  const form = { type: "object", required: ["image"], properties: { image, names: { type: "array", items: text } } };
  return {
    openapi: version,
    info: { title: "Other words", version: "9" },
    servers: [{ url: "https://new.test/v1/" }],
    paths: {
      "/files": {
        post: {
          requestBody: {
            required: true,
            content: { "multipart/form-data": { schema: form, encoding: { names: { style: "form", explode: true } } } },
          },
          responses: { 204: { description: "done" } },
        },
      },
      "/predict/{name}": {
        parameters: [{ in: "path", name: "name", required: true, schema: text }],
        post: {
          parameters: [
            { in: "query", name: "tags", style: "form", explode: false, schema: { type: "array", items: text } },
            { in: "query", name: "limit", schema: limit },
          ],
          requestBody: {
            required: true,
            content: { "application/json": { schema: { type: "object", required: ["age"], properties: { age } } } },
          },
          responses: {
            200: {
              description: "ok",
              headers: { ETag: { schema: text } },
              content: { "application/json": { schema: { type: "object", properties: { data } } } },
            },
          },
        },
      },
    },
    components: {
      securitySchemes: {
        token: { type: "apiKey", in: "header", name: "x-key" },
        plain: { type: "http", scheme: "Basic" },
      },
    },
    security: [{ plain: [] }, { token: [] }],
  };
}

describe("one API in several formats", () => {
  it("has one contract in Swagger 2.0, OpenAPI 3.0 and 3.1", () => {
    const older = spell({
      openapi: "3.0.3",
      age: { type: "number", nullable: true },
      limit: { type: "integer", minimum: 0, exclusiveMinimum: true },
      image: { type: "string", format: "binary" },
      data: { type: "string", format: "byte" },
    });
    const newer = spell({
      openapi: "3.1.0",
      age: { anyOf: [{ type: "number" }, { type: "null" }] },
      limit: { type: "integer", minimum: 1 },
      image: { type: "string", contentMediaType: "application/octet-stream" },
      data: { type: "string", contentEncoding: "base64" },
    });
    expect(contractOf(older)).toBe(contractOf(newer));
    expect(contractOf(swagger)).toBe(contractOf(older));
    expect(digestsOf(swagger).whole).not.toBe(digestsOf(older).whole);
  });

  it("keeps list formats apart that OpenAPI 3.1 cannot say", () => {
    const at = (collectionFormat: string): JsonObject => ({
      swagger: "2.0",
      info,
      paths: {
        "/p": {
          get: {
            parameters: [{ in: "query", name: "a", type: "array", items: text, collectionFormat }],
            responses: {},
          },
        },
      },
    });
    expect(new Set(["csv", "ssv", "tsv", "pipes", "multi"].map((format) => contractOf(at(format)))).size).toBe(5);
  });
});

describe("a property", () => {
  it("is part of the contract also where it is called as a keyword is", () => {
    const names = ["description", "example", "title", "default", "x-name", "$ref"];
    const digests = names.map((name) => schemaDigest({ type: "object", properties: { [name]: text } }));
    expect(new Set([...digests, schemaDigest({ type: "object", properties: {} })]).size).toBe(names.length + 1);
  });
});

const trees: JsonObject = {
  Tree: { type: "object", properties: { children: { type: "array", items: { $ref: "#/components/schemas/Tree" } } } },
  Even: { type: "object", properties: { children: { type: "array", items: { $ref: "#/components/schemas/Odd" } } } },
  Odd: { type: "object", properties: { children: { type: "array", items: { $ref: "#/components/schemas/Even" } } } },
};
const rings: JsonObject = {
  One: {
    properties: { next: { properties: { next: { properties: { next: { $ref: "#/components/schemas/One" } } } } } },
  },
  Two: {
    properties: {
      next: { properties: { next: { properties: { next: { $ref: "#/components/schemas/Two" }, end: {} } } } },
    },
  },
};
const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

describe("equal schemas", () => {
  it.each<[string, Json, Json]>([
    ["const and one-value enum", { const: "a" }, { type: "string", enum: ["a"] }],
    ["allOf of one", { allOf: [text], maxLength: 3 }, { type: "string", maxLength: 3 }],
    ["forms of null", { type: ["string", "null"] }, { oneOf: [{ type: "null" }, text] }],
    ["types and alternatives of types", { type: ["string", "integer"] }, { anyOf: [{ type: "integer" }, text] }],
    ["bounds of integers", { type: "integer", minimum: 1 }, { type: "integer", exclusiveMinimum: 0 }],
    ["an enumeration and its implied length", { enum: ["a"] }, { enum: ["a"], maxLength: 3 }],
    ["constraints that cannot apply", text, { type: "string", minimum: 3, maxItems: 2 }],
    ["a recursion and one turn of it written out", ref("Tree"), trees["Tree"] ?? null],
    ["a recursion by one name and by two", ref("Tree"), ref("Even")],
    [
      "a merged object",
      { allOf: [{ required: ["a"] }, { properties: { a: text } }] },
      { required: ["a"], properties: { a: text } },
    ],
    [
      "binary data in old and new words",
      { type: "string", format: "binary" },
      { contentMediaType: "application/octet-stream" },
    ],
  ])("are %s", (_, one, two) => {
    expect(schemaDigest(one, trees)).toBe(schemaDigest(two, trees));
  });

  it.each<[string, Json, Json]>([
    [
      "a closed branch of allOf and a closed object",
      { allOf: [{ properties: { a: {} }, additionalProperties: false }, { properties: { b: {} } }] },
      { properties: { a: {}, b: {} }, additionalProperties: false },
    ],
    [
      "anyOf and oneOf of what overlaps",
      { anyOf: [{ minLength: 1 }, { maxLength: 3 }] },
      { oneOf: [{ minLength: 1 }, { maxLength: 3 }] },
    ],
    ["one of two that are the same, which nothing can be, and one of one", { oneOf: [text, text] }, { oneOf: [text] }],
    ["recursions that differ far inside", ref("One"), ref("Two")],
    ["a reference to nowhere and anything", ref("Gone"), {}],
  ])("are not %s", (_, one, two) => {
    expect(schemaDigest(one, rings)).not.toBe(schemaDigest(two, rings));
  });
});
