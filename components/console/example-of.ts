import type { Json, JsonObject } from "@/lib/model/index.ts";
import { get, listOf, objectOf, resolve, textOf } from "./json-walk.ts";

const depthMax = 8;
const formats: { readonly [format: string]: string } = {
  date: "2026-01-15",
  "date-time": "2026-01-15T12:00:00Z",
  time: "12:00:00Z",
  email: "someone@example.com",
  uuid: "3fa85f64-5717-4562-b3fc-2c963f66afa6",
  uri: "https://example.com/",
  url: "https://example.com/",
  hostname: "example.com",
  ipv4: "192.0.2.1",
  ipv6: "2001:db8::1",
  byte: "aGVsbG8=",
};

/**
 * A value that a schema admits, small and readable: what the schema itself gives (const, example, default, enum) before
 * what its type allows. Optional properties are filled in unless the schema contains itself. Patterns are not solved.
 */
export function exampleOf(document: JsonObject, schema: Json | undefined, depth = 0): Json {
  if (schema === true || schema === undefined) return {};
  const here = resolve(document, schema);
  const given = givenExample(here);
  if (given !== undefined) return given;
  if (depth > depthMax) return emptyOf(here);

  const all = listOf(get(here, "allOf"));
  if (all.length > 0) return mergeAll(document, here, all, depth);
  for (const key of ["oneOf", "anyOf"] as const) {
    const choice = listOf(get(here, key)).find((option) => typeWord(resolve(document, option)) !== "null");
    if (choice !== undefined) {
      const chosen = exampleOf(document, choice, depth + 1);
      const own = get(here, "properties") === undefined ? undefined : exampleByType(document, here, depth);
      return own === undefined ? chosen : { ...objectOf(own), ...objectOf(chosen) };
    }
  }
  return exampleByType(document, here, depth);
}

function givenExample(schema: JsonObject): Json | undefined {
  for (const key of ["const", "example", "default"] as const) {
    const value = get(schema, key);
    if (value !== undefined) return value;
  }
  return listOf(get(schema, "examples"))[0] ?? listOf(get(schema, "enum"))[0];
}

function mergeAll(document: JsonObject, schema: JsonObject, all: readonly Json[], depth: number): Json {
  const parts = all.map((part) => exampleOf(document, part, depth + 1));
  if (get(schema, "properties") !== undefined) parts.push(exampleByType(document, schema, depth));
  if (!parts.every((part) => typeof part === "object" && part !== null && !Array.isArray(part))) return parts[0] ?? {};
  return Object.fromEntries(parts.flatMap((part) => Object.entries(objectOf(part))));
}

function exampleByType(document: JsonObject, schema: JsonObject, depth: number): Json {
  switch (typeWord(schema)) {
    case "object":
      return exampleObject(document, schema, depth);
    case "array":
      return exampleArray(document, schema, depth);
    case "integer":
      return exampleNumber(schema, true);
    case "number":
      return exampleNumber(schema, false);
    case "boolean":
      return true;
    case "null":
      return null;
    case "string":
      return exampleString(schema);
    default:
      return {};
  }
}

function exampleObject(document: JsonObject, schema: JsonObject, depth: number): Json {
  const required = new Set(listOf(get(schema, "required")));
  const made: [string, Json][] = [];
  for (const [name, property] of Object.entries(objectOf(get(schema, "properties")))) {
    const resolved = resolve(document, property);
    if (get(resolved, "readOnly") === true) continue;
    if (!required.has(name) && (get(resolved, "deprecated") === true || depth >= 4)) continue;
    made.push([name, exampleOf(document, property, depth + 1)]);
  }
  const rest = get(schema, "additionalProperties");
  if (made.length === 0 && typeof rest === "object" && rest !== null) {
    made.push(["key", exampleOf(document, rest, depth + 1)]);
  }
  return Object.fromEntries(made);
}

function exampleArray(document: JsonObject, schema: JsonObject, depth: number): Json {
  const prefix = listOf(get(schema, "prefixItems")).map((item) => exampleOf(document, item, depth + 1));
  if (prefix.length > 0) return prefix;
  const least = get(schema, "minItems");
  const length = Math.min(Math.max(typeof least === "number" ? least : 1, depth > 6 ? 0 : 1), 20);
  return Array.from({ length }, () => exampleOf(document, get(schema, "items"), depth + 1));
}

function exampleNumber(schema: JsonObject, whole: boolean): number {
  const least = numberIn(schema, "minimum");
  const above = numberIn(schema, "exclusiveMinimum");
  const most = numberIn(schema, "maximum");
  const below = numberIn(schema, "exclusiveMaximum");
  const step = numberIn(schema, "multipleOf");
  const small = whole ? 1 : 0.5;
  let value =
    least ?? (above === undefined ? Math.min(1, most ?? (below === undefined ? 1 : below - small)) : above + small);
  if (step !== undefined && step > 0) value = Math.ceil(value / step) * step;
  return whole ? Math.ceil(value) : value;
}

function numberIn(schema: JsonObject, key: string): number | undefined {
  const value = get(schema, key);
  return typeof value === "number" ? value : undefined;
}

function exampleString(schema: JsonObject): string {
  const format = textOf(get(schema, "format"));
  const text = (format === undefined ? undefined : formats[format]) ?? "string";
  const least = numberIn(schema, "minLength") ?? 0;
  const most = numberIn(schema, "maxLength") ?? Number.POSITIVE_INFINITY;
  return text.padEnd(Math.min(least, 1000), "x").slice(0, most);
}

function emptyOf(schema: JsonObject): Json {
  const type = typeWord(schema);
  return type === "array" ? [] : type === "object" ? {} : exampleByType({}, schema, depthMax);
}

/** The first type that a schema names and that is not null; guessed from its keywords where it names none. */
export function typeWord(schema: JsonObject): string | undefined {
  const type = get(schema, "type");
  if (typeof type === "string") return type;
  const named = listOf(type)
    .map(textOf)
    .filter((word) => word !== undefined);
  if (named.length > 0) return named.find((word) => word !== "null") ?? "null";
  if (get(schema, "properties") !== undefined || get(schema, "additionalProperties") !== undefined) return "object";
  if (get(schema, "items") !== undefined || get(schema, "prefixItems") !== undefined) return "array";
  return undefined;
}
