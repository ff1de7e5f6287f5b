import type { Description, Json, JsonObject } from "../../model/index.ts";
import { readDescription } from "../../spec/index.ts";

/** A description of a document; throws where the document is none, for then the test is wrong. */
export function describeDocument(document: JsonObject): Description {
  const result = readDescription(new TextEncoder().encode(JSON.stringify(document)));
  if (result.kind === "invalid") throw new Error(result.problems.map(({ message }) => message).join(" "));
  return result.description;
}

/** An OpenAPI 3.1 document with these paths. */
export function documentOf(paths: JsonObject, more: JsonObject = {}): JsonObject {
  return { openapi: "3.1.0", info: { title: "Test", version: "1" }, paths, ...more };
}

/** A document with one operation, `POST /m`. */
export function operationDocument(operation: JsonObject, more: JsonObject = {}): JsonObject {
  return documentOf({ "/m": { post: { responses: { 200: { description: "ok" } }, ...operation } } }, more);
}

export const places = ["request-body", "response-body", "request-parameter", "response-header"] as const;

/** A document whose only schema stands at one place. */
export function schemaDocument(place: (typeof places)[number], schema: Json, components: JsonObject = {}): JsonObject {
  const content = { "application/json": { schema } };
  const more = { components };
  switch (place) {
    case "request-body":
      return operationDocument({ requestBody: { content } }, more);
    case "response-body":
      return operationDocument({ responses: { 200: { description: "ok", content } } }, more);
    case "request-parameter":
      return operationDocument({ parameters: [{ in: "query", name: "q", schema }] }, more);
    case "response-header":
      return operationDocument({ responses: { 200: { description: "ok", headers: { h: { schema } } } } }, more);
  }
}
