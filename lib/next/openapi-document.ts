import { z } from "zod";
import { operations, problemSchema } from "../contract/index.ts";
import type { ContractOperation } from "../contract/index.ts";
import type { Json, JsonObject } from "../model/index.ts";

type Schemas = Map<string, JsonObject>;

/** The portal's own interface as OpenAPI 3.1, made from the contract that the handlers are bound to. */
export function openApiDocument(publicUrl: string): JsonObject {
  const schemas: Schemas = new Map();
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of Object.values(operations)) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method.toLowerCase()]: describe(operation, schemas),
    };
  }
  const problem = schemaOf(problemSchema, "output", schemas);
  return {
    openapi: "3.1.1",
    info: {
      title: "Gatebook",
      version: "1",
      description:
        "The catalogue of the APIs behind a cluster's gateways, their descriptions and what changes in them. An anonymous caller sees what is public; a session or an access token shows the rest. What may not be seen is answered as if it were not there.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: new URL(publicUrl).origin }],
    security: [{}, { token: [] }, { session: [] }],
    paths,
    components: {
      schemas: Object.fromEntries([...schemas].sort(([left], [right]) => (left < right ? -1 : 1))),
      responses: {
        Problem: {
          description: "What went wrong, as RFC 9457 problem details.",
          content: { "application/problem+json": { schema: problem } },
        },
      },
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "An access token, such as gbt_…" },
        session: { type: "apiKey", in: "cookie", name: "gatebook-session", description: "Set by signing in." },
      },
    },
  };
}

function describe(operation: ContractOperation, schemas: Schemas): JsonObject {
  const { response } = operation;
  const parameters = [
    ...parametersOf(operation.params, "path", schemas),
    ...parametersOf(operation.query, "query", schemas),
  ];
  const content: Json =
    "schema" in response
      ? { "application/json": { schema: schemaOf(response.schema, "output", schemas) } }
      : "mediaType" in response
        ? { [response.mediaType]: {} }
        : {};
  return {
    operationId: operation.id,
    summary: operation.summary,
    ...(operation.admission === "anyone" ? {} : { security: [{ token: [] }, { session: [] }] }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(operation.body === undefined
      ? {}
      : { requestBody: { content: { "application/json": { schema: schemaOf(operation.body, "input", schemas) } } } }),
    responses: {
      [String(response.status)]: {
        description: response.status === 204 ? "Done." : "The answer.",
        ...(response.status === 204 ? {} : { content }),
      },
      default: { $ref: "#/components/responses/Problem" },
    },
  };
}

function parametersOf(
  schema: z.ZodObject | undefined,
  place: "path" | "query",
  schemas: Schemas,
): readonly JsonObject[] {
  if (schema === undefined) return [];
  return Object.entries(schema.shape).map(([name, part]) => {
    const type: unknown = part;
    if (!(type instanceof z.ZodType)) throw new TypeError(`The parameter ${name} has no schema.`);
    return {
      name,
      in: place,
      required: place === "path" || !type.safeParse(undefined).success,
      schema: schemaOf(type, "output", schemas),
    };
  });
}

/** JSON Schema of a zod schema; what has a name goes into `schemas` and is referred to. */
function schemaOf(schema: z.ZodType, io: "input" | "output", schemas: Schemas): JsonObject {
  const made: unknown = z.toJSONSchema(schema, { target: "draft-2020-12", io });
  const whole = rename(toJson(made), io);
  if (!isObject(whole)) return {};
  const { $schema: _schema, $defs: definitions, ...rest } = whole;
  if (isObject(definitions)) {
    for (const [name, definition] of Object.entries(definitions)) {
      if (isObject(definition)) schemas.set(componentName(name, io), withoutId(definition));
    }
  }
  const { id, ...body } = rest;
  if (typeof id !== "string") return rest;
  schemas.set(componentName(id, io), body);
  return { $ref: `#/components/schemas/${componentName(id, io)}` };
}

function withoutId(definition: JsonObject): JsonObject {
  const { id: _id, ...body } = definition;
  return body;
}

/** Names that zod made up become a word; what is sent and what is answered differ in what is required. */
function componentName(name: string, io: "input" | "output"): string {
  if (name.startsWith("__schema")) return "Json";
  return io === "input" ? `${name.replace(/(Request)?$/, "")}Request` : name;
}

/** References into the schema's own definitions become references into the document's components. */
function rename(value: Json, io: "input" | "output"): Json {
  if (Array.isArray(value)) return value.map((item: Json) => rename(item, io));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const name = key === "$ref" && typeof item === "string" ? /^#\/\$defs\/(.+)$/.exec(item)?.[1] : undefined;
      return [key, name === undefined ? rename(item, io) : `#/components/schemas/${componentName(name, io)}`];
    }),
  );
}

function toJson(value: unknown): Json {
  return z.json().parse(JSON.parse(JSON.stringify(value)));
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
