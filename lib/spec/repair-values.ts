import type { Json, JsonObject, Repair } from "../model/index.ts";
import { appendPointer } from "./json-pointer.ts";
import { arrayOf, isJsonObject } from "./json-value.ts";

/** Members that hold values and no schemas: what is in them may look like one and is none. */
const values: ReadonlySet<string> = new Set(["default", "example", "examples", "enum", "const", "value"]);
/** Members that hold schemas by names that anybody may choose. */
const named: ReadonlySet<string> = new Set([
  "properties",
  "patternProperties",
  "schemas",
  "definitions",
  "$defs",
  "dependentSchemas",
]);

function typesOf(schema: JsonObject): readonly string[] {
  const { type } = schema;
  const types =
    typeof type === "string" ? [type] : arrayOf(type).filter((one): one is string => typeof one === "string");
  return schema["nullable"] === true ? [...types, "null"] : types;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function typeOf(value: Json): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}

/** The value that a text says where a schema allows no text; undefined where it says none that the schema allows. */
function readAs(schema: JsonObject, text: Json | undefined): Json | undefined {
  if (typeof text !== "string") return undefined;
  const types = typesOf(schema);
  if (types.length === 0 || types.includes("string")) return undefined;
  const value = parsed(text);
  if (value === undefined) return undefined;
  const type = typeOf(value);
  return types.includes(type) || (type === "integer" && types.includes("number")) ? value : undefined;
}

/** Where a value is: written out only where something is to be told of it. */
type Place = { readonly parent: Place; readonly token: string | number } | null;

function pointerOf(place: Place): string {
  return place === null ? "" : appendPointer(pointerOf(place.parent), place.token);
}

/** MLServer says `type: bytes` of tensors' data; in JSON that is a text, and no reader of schemas knows such a type. */
function repairType(schema: JsonObject, place: Place, repairs: Repair[]): JsonObject {
  if (schema["type"] !== "bytes") return schema;
  repairs.push({
    pointer: appendPointer(pointerOf(place), "type"),
    message: "`type` is `bytes`, which is none of JSON's types; it was read as `string`.",
  });
  return { ...schema, type: "string" };
}

function repairSchema(schema: JsonObject, place: Place, repairs: Repair[]): JsonObject {
  let result = repairType(schema, place, repairs);
  for (const key of ["default", "example"]) {
    const value = readAs(schema, schema[key]);
    if (value === undefined) continue;
    result = { ...result, [key]: value };
    repairs.push({
      pointer: appendPointer(pointerOf(place), key),
      message: `\`${key}\` is a text where the schema allows none; it was read as ${JSON.stringify(value).slice(0, 60)}.`,
    });
  }
  return result;
}

function walk(value: Json, place: Place, repairs: Repair[], isNamed: boolean): Json {
  if (Array.isArray(value)) {
    const list = value as readonly Json[];
    const made = list.map((item, index) => walk(item, { parent: place, token: index }, repairs, false));
    return made.some((item, index) => item !== list[index]) ? made : list;
  }
  if (!isJsonObject(value)) return value;
  const before = isNamed ? value : repairSchema(value, place, repairs);
  let result: Record<string, Json> | null = null;
  for (const [key, member] of Object.entries(before)) {
    if (!isNamed && (values.has(key) || key.startsWith("x-"))) continue;
    const made = walk(member, { parent: place, token: key }, repairs, !isNamed && named.has(key));
    if (made === member) continue;
    result ??= { ...before };
    result[key] = made;
  }
  return result ?? before;
}

/**
 * Mends what schemas say. Defaults and examples that are written as texts are read as the values that they say, where the schema
 * beside them allows no text: `default: "1024"` of an integer (generators in Rust do this); what says no such value stays as it is.
 * MLServer's type `bytes` is read as what it means.
 */
export function repairValues(document: JsonObject, repairs: Repair[]): JsonObject {
  const made = walk(document, null, repairs, false);
  return isJsonObject(made) ? made : document;
}
