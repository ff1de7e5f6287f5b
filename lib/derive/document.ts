import type { Json, JsonObject } from "../model/index.ts";

/**
 * Where a part of a derived description comes from: the running server said it, a person wrote it down in the cluster, or it
 * follows from the protocol that such a server speaks.
 */
export type PartOrigin = "observed" | "declared" | "inferred";

const originMember = "x-gatebook-origin";

/** The extension member that says it. */
export function from(origin: PartOrigin): JsonObject {
  return { [originMember]: origin };
}

export type DerivedDocument = {
  /** How the derivation is told to the reader, in a sentence or two. */
  readonly description: string;
  /** What the server calls this version of the model; null where it says nothing. */
  readonly version: string | null;
  readonly paths: JsonObject;
  readonly schemas: JsonObject;
};

/** Says nothing of the model: what people read is the API's own title (`lib/spec` knows it as a placeholder). */
const derivedTitle = "Derived description";

/** A whole OpenAPI 3.1 document with its marks; equal input gives equal bytes. */
export function makeDocument({ version, description, paths, schemas }: DerivedDocument): JsonObject {
  return {
    openapi: "3.1.0",
    info: { title: derivedTitle, version: version ?? "", description },
    ...from("inferred"),
    paths,
    ...(Object.keys(schemas).length === 0 ? {} : { components: { schemas: markAll(schemas) } }),
  };
}

/** What is not said to be observed or declared follows from the protocol. */
function markAll(schemas: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]): [string, Json] => {
      const isMarked = typeof schema !== "object" || schema === null || originMember in schema;
      return [name, isMarked ? schema : { ...schema, ...from("inferred") }];
    }),
  );
}

export function reference(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}

export function jsonContent(schema: JsonObject, example?: Json): JsonObject {
  return { "application/json": { schema, ...(example === undefined || example === null ? {} : { example }) } };
}

export function answer(description: string, schema?: JsonObject): JsonObject {
  return schema === undefined ? { description } : { description, content: jsonContent(schema) };
}

type OperationParts = {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly JsonObject[];
  readonly body?: JsonObject;
  readonly responses: JsonObject;
  readonly origin?: PartOrigin;
};

/** One operation; what a server of this kind answers to a fault is left to the caller's `responses`. */
export function operation(parts: OperationParts): JsonObject {
  const { operationId, summary, description, tags, parameters, body, responses, origin = "inferred" } = parts;
  return {
    operationId,
    summary,
    ...(description === undefined ? {} : { description }),
    ...(tags === undefined ? {} : { tags }),
    ...(parameters === undefined || parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: body } }),
    responses,
    ...from(origin),
  };
}

/** The same path with the model's name in it, as it is written in a URL. */
export function inPath(name: string): string {
  return encodeURIComponent(name);
}

/** A key for `components`, which allows few characters (OpenAPI 3.1 §4.8.7); `taken` keeps names that differ apart. */
export function componentKey(name: string, taken: ReadonlySet<string>): string {
  const plain = name.replaceAll(/[^A-Za-z0-9._-]/g, "_").slice(0, 100) || "_";
  let key = plain;
  for (let count = 2; taken.has(key); count += 1) key = `${plain}_${String(count)}`;
  return key;
}
