import { z } from "zod";
import { json } from "./model.ts";
import type { Model, ModelAnswer, ModelRequest } from "./model.ts";
import { readMultipart } from "./multipart.ts";
import { validationErrors } from "./validation-errors.ts";

/**
 * A service in the shape of a FastAPI application: `/openapi.json` (OpenAPI 3.1) is made from the same schemas that check
 * each body, and a body that does not fit is answered with 422 and a list of errors.
 */
type JsonOperation = {
  readonly kind: "json" | "multipart";
  readonly method: "post";
  readonly path: string;
  readonly body: z.ZodType;
  readonly accept: (body: unknown, request: ModelRequest) => AcceptedBody;
};
type PlainOperation = {
  readonly kind: "plain";
  readonly method: "get";
  readonly path: string;
  readonly run: () => unknown;
};
type AcceptedBody =
  | { readonly kind: "answer"; readonly answer: ModelAnswer }
  | { readonly kind: "invalid"; readonly detail: readonly unknown[] };

type Described = {
  readonly summary: string;
  readonly description?: string;
  readonly tag: string;
  readonly response: z.ZodType;
  /** Content types of a 200 answer; JSON alone where left out. */
  readonly streams?: boolean;
};

export type FastApiOperation = (JsonOperation | PlainOperation) & Described;

/** An operation that takes a JSON body; `run` gets it checked and typed. */
export function jsonOperation<Body extends z.ZodType>(
  options: Described & {
    readonly path: string;
    readonly body: Body;
    readonly run: (body: z.infer<Body>, request: ModelRequest) => ModelAnswer;
  },
): FastApiOperation {
  const { run, ...rest } = options;
  return {
    ...rest,
    kind: "json",
    method: "post",
    accept: (body, request) => {
      const parsed = options.body.safeParse(body);
      return parsed.success
        ? { kind: "answer", answer: run(parsed.data, request) }
        : { kind: "invalid", detail: validationErrors(parsed.error, body) };
    },
  };
}

/** An operation that takes `multipart/form-data` with one file in `field`. */
export function uploadOperation(
  options: Described & {
    readonly path: string;
    readonly field: string;
    readonly body: z.ZodType;
    readonly run: (file: Buffer, fields: ReadonlyMap<string, string>) => ModelAnswer;
  },
): FastApiOperation {
  const { run, field, ...rest } = options;
  return {
    ...rest,
    kind: "multipart",
    method: "post",
    accept: (_body, request) => {
      const parts = readMultipart(request.headers["content-type"], request.body);
      const file = parts.find((part) => part.name === field);
      if (file === undefined) {
        return {
          kind: "invalid",
          detail: [{ type: "missing", loc: ["body", field], msg: "Field required", input: null }],
        };
      }
      const fields = new Map(
        parts.filter((part) => part !== file).map((part) => [part.name, part.data.toString("utf8")]),
      );
      return { kind: "answer", answer: run(file.data, fields) };
    },
  };
}

/** An operation without a body. */
export function plainOperation(
  options: Described & { readonly path: string; readonly run: () => unknown },
): FastApiOperation {
  return { ...options, kind: "plain", method: "get" };
}

function titleOf(name: string): string {
  return name
    .split("_")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Gives each property a title as Pydantic does, and drops what zod says beside JSON Schema. */
function inPydanticStyle(name: string, schema: Record<string, unknown>): Record<string, unknown> {
  const { $schema: _schema, $id: _id, id: _name, ...rest } = schema;
  if (isRecord(rest["properties"])) {
    rest["properties"] = Object.fromEntries(
      Object.entries(rest["properties"]).map(([key, value]) => [
        key,
        isRecord(value) && value["$ref"] === undefined ? { title: titleOf(key), ...value } : value,
      ]),
    );
  }
  return { title: name, ...rest };
}

const validationSchemas = {
  ValidationError: {
    title: "ValidationError",
    type: "object",
    required: ["loc", "msg", "type"],
    properties: {
      loc: { type: "array", title: "Location", items: { anyOf: [{ type: "string" }, { type: "integer" }] } },
      msg: { type: "string", title: "Message" },
      type: { type: "string", title: "Error Type" },
    },
  },
  HTTPValidationError: {
    title: "HTTPValidationError",
    type: "object",
    properties: {
      detail: { type: "array", title: "Detail", items: { $ref: "#/components/schemas/ValidationError" } },
    },
  },
};

function componentsOf(schemas: Readonly<Record<string, z.ZodType>>): Record<string, unknown> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const made = z.toJSONSchema(registry, {
    io: "input",
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => {
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  return Object.fromEntries(
    Object.entries(made.schemas).map(([name, schema]) => [name, inPydanticStyle(name, schema)]),
  );
}

function reference(schemas: Readonly<Record<string, z.ZodType>>, schema: z.ZodType): Record<string, unknown> {
  const named = Object.entries(schemas).find(([, candidate]) => candidate === schema);
  if (named === undefined) throw new Error("Each body and response of an operation must be one of the named schemas.");
  return { $ref: `#/components/schemas/${named[0]}` };
}

function describe(operation: FastApiOperation, schemas: Readonly<Record<string, z.ZodType>>): Record<string, unknown> {
  const answer = reference(schemas, operation.response);
  const slug = operation.path.replace(/[^a-z0-9]+/gi, "_").replace(/^_|_$/g, "");
  const content: Record<string, unknown> = { "application/json": { schema: answer } };
  if (operation.streams === true) content["text/event-stream"] = { schema: { type: "string" } };
  return {
    tags: [operation.tag],
    summary: operation.summary,
    ...(operation.description === undefined ? {} : { description: operation.description }),
    operationId: `${slug}_${operation.method}`,
    ...(operation.kind === "plain"
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              [operation.kind === "json" ? "application/json" : "multipart/form-data"]: {
                schema: reference(schemas, operation.body),
              },
            },
          },
        }),
    responses: {
      "200": { description: "Successful Response", content },
      ...(operation.kind === "plain"
        ? {}
        : {
            "422": {
              description: "Validation Error",
              content: { "application/json": { schema: { $ref: "#/components/schemas/HTTPValidationError" } } },
            },
          }),
    },
  };
}

function parseJson(body: Buffer): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  try {
    return { ok: true, value: JSON.parse(body.toString("utf8")) };
  } catch {
    return { ok: false };
  }
}

/** A model whose transport is FastAPI's; `schemas` names every schema that an operation uses. */
export function fastApi(options: {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly version: string;
  readonly schemas: Readonly<Record<string, z.ZodType>>;
  readonly operations: readonly FastApiOperation[];
}): Model {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of options.operations) {
    (paths[operation.path] ??= {})[operation.method] = describe(operation, options.schemas);
  }
  const document = {
    openapi: "3.1.0",
    info: { title: options.title, description: options.description, version: options.version },
    paths,
    components: { schemas: { ...componentsOf(options.schemas), ...validationSchemas } },
  };
  return {
    name: options.name,
    respond: (request) => {
      if (request.path === "/openapi.json" && request.method === "GET") return json(200, document);
      const onPath = options.operations.filter((operation) => operation.path === request.path);
      if (onPath.length === 0) return json(404, { detail: "Not Found" });
      const operation = onPath.find((candidate) => candidate.method.toUpperCase() === request.method);
      if (operation === undefined) return json(405, { detail: "Method Not Allowed" });
      if (operation.kind === "plain") return json(200, operation.run());
      const parsed = operation.kind === "json" ? parseJson(request.body) : { ok: true as const, value: null };
      if (!parsed.ok) {
        return json(422, { detail: [{ type: "json_invalid", loc: ["body", 0], msg: "JSON decode error", input: {} }] });
      }
      const accepted = operation.accept(parsed.value, request);
      return accepted.kind === "answer" ? accepted.answer : json(422, { detail: accepted.detail });
    },
  };
}
