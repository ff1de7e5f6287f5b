import { describe, expect, test } from "vitest";
import { curlText } from "./curl-text.ts";
import { exampleOf } from "./example-of.ts";
import { fillPath } from "./fill-path.ts";
import { matchOperation } from "./match-operation.ts";
import { operationForm } from "./operation-form.ts";

describe("exampleOf", () => {
  test.each([
    [{ type: "integer", minimum: 18 }, 18],
    [{ type: "integer", exclusiveMinimum: 0 }, 1],
    [{ type: "number", maximum: 0.2 }, 0.2],
    [{ type: ["string", "null"] }, "string"],
    [{ type: "string", enum: ["a", "b"] }, "a"],
    [{ type: "string", minLength: 8 }, "stringxx"],
    [{ type: "array", items: { type: "boolean" }, minItems: 2 }, [true, true]],
    [{ anyOf: [{ type: "null" }, { type: "integer" }] }, 1],
    [
      { allOf: [{ properties: { a: { type: "string" } } }, { properties: { b: { const: 2 } } }] },
      { a: "string", b: 2 },
    ],
    [{ type: "object", additionalProperties: { type: "number" } }, { key: 1 }],
  ])("%j", (schema, example) => {
    expect(exampleOf({}, schema)).toEqual(example);
  });

  test("ends where a schema contains itself", () => {
    const document = {
      components: {
        schemas: { Node: { type: "object", properties: { next: { $ref: "#/components/schemas/Node" } } } },
      },
    };
    expect(JSON.stringify(exampleOf(document, { $ref: "#/components/schemas/Node" })).length).toBeLessThan(200);
  });

  test("ends where references go in a circle or outside", () => {
    const document = { a: { $ref: "#/b" }, b: { $ref: "#/a" } };
    expect(exampleOf(document, { $ref: "#/a" })).toEqual({});
    expect(exampleOf(document, { $ref: "http://example.com/x" })).toEqual({});
  });

  test("does not read what every object inherits", () => {
    expect(exampleOf({}, { $ref: "#/constructor/prototype" })).toEqual({});
  });
});

describe("operationForm", () => {
  const document = {
    paths: {
      "/models/{name}": {
        parameters: [{ name: "name", in: "path", required: true, schema: { type: "string", default: "churn" } }],
        post: {
          parameters: [
            { name: "limit", in: "query", schema: { type: "integer" } },
            { name: "session", in: "cookie", schema: { type: "string" } },
          ],
          requestBody: {
            required: true,
            content: {
              "application/json": { schema: { type: "object", properties: { age: { type: "integer", minimum: 0 } } } },
              "multipart/form-data": {
                schema: {
                  required: ["image"],
                  properties: { image: { type: "string", format: "binary" }, note: { type: "string" } },
                },
              },
            },
          },
        },
      },
    },
  };

  test("has the parameters of path and operation, but no cookies, and an example of each body", () => {
    expect(operationForm(document, "POST /models/{name}")).toMatchObject({
      parameters: [
        { name: "name", place: "path", required: true, initial: "churn" },
        { name: "limit", place: "query", required: false, initial: "" },
      ],
      bodyRequired: true,
      bodies: [
        { kind: "json", example: '{\n  "age": 0\n}' },
        {
          kind: "parts",
          fields: [
            { name: "image", file: true, required: true },
            { name: "note", file: false, required: false },
          ],
        },
      ],
    });
  });

  test("is null for what is not described", () => {
    expect(operationForm(document, "GET /models/{name}")).toBeNull();
    expect(operationForm(document, "nonsense")).toBeNull();
    expect(operationForm(document, "GET __proto__")).toBeNull();
  });
});

describe("matchOperation", () => {
  const operations = ["GET /models", "GET /models/{name}", "GET /models/ready", "GET /files/{path:path}"].map((id) => ({
    id,
    method: id.split(" ")[0] ?? "",
    path: id.split(" ")[1] ?? "",
    servers: [],
  }));
  test.each([
    ["/models", "GET /models"],
    ["/models/churn", "GET /models/{name}"],
    ["/models/ready", "GET /models/ready"],
    ["/files/a/b", "GET /files/{path:path}"],
    ["/other", undefined],
  ])("%s is of %s", (path, id) => {
    expect(matchOperation(operations, "get", path)?.id).toBe(id);
  });
});

test("fillPath encodes each value as one segment", () => {
  expect(fillPath("/a/{b}/{c}", { b: "x/y z" })).toBe("/a/x%2Fy%20z/{c}");
});

test("curlText quotes what a shell would read", () => {
  expect(
    curlText({
      method: "POST",
      url: "http://models.localhost/churn",
      headers: [{ name: "x", value: "it's $HOME" }],
      body: { kind: "text", text: '{"a":1}' },
    }),
  ).toBe(`curl -X POST http://models.localhost/churn \\\n  -H 'x: it'\\''s $HOME' \\\n  --data-raw '{"a":1}'`);
});
