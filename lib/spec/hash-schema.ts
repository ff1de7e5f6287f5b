import { sha256Hex } from "../base/index.ts";
import type { Json, JsonObject } from "../model/index.ts";
import { canonicalJson } from "./canonical-json.ts";
import { pointerOfReference, resolvePointer } from "./json-pointer.ts";
import { arrayOf, isJsonObject } from "./json-value.ts";

/** Says the contract of a schema of one document as a digest; equal digests mean equal contracts. */
export type SchemaHasher = {
  hash(schema: Json | undefined): string;
  /** Any other JSON by its canonical form. */
  hashValue(value: Json): string;
};

/** Keywords that say nothing about which values are valid or what they mean on the wire. */
const prose = new Set([
  "title",
  "description",
  "example",
  "examples",
  "externalDocs",
  "$comment",
  "$schema",
  "$id",
  "$anchor",
  "$defs",
  "definitions",
  "xml",
]);
const oneSchema = new Set([
  "items",
  "additionalProperties",
  "unevaluatedItems",
  "unevaluatedProperties",
  "contains",
  "propertyNames",
  "not",
  "if",
  "then",
  "else",
  "contentSchema",
]);
const schemaLists = new Set(["allOf", "anyOf", "oneOf"]);
const schemaMaps = new Set(["properties", "patternProperties", "dependentSchemas"]);
/** Values that a keyword has anyway; saying them changes nothing. */
const defaults = new Map<string, Json>([
  ["nullable", false],
  ["readOnly", false],
  ["writeOnly", false],
  ["deprecated", false],
  ["uniqueItems", false],
  ["minLength", 0],
  ["minItems", 0],
  ["minProperties", 0],
  ["additionalProperties", true],
]);

function sortedTypes(schema: JsonObject): Json | undefined {
  const type = schema["type"];
  const list = typeof type === "string" ? [type] : arrayOf(type).filter((item) => typeof item === "string");
  if (list.length === 0) return undefined;
  const types = new Set(list);
  if (schema["nullable"] === true) types.add("null");
  return [...types].sort();
}

/**
 * A hasher over one document. References are followed by digest, not copied, so that shared components cost nothing and an
 * inlined schema equals a referenced one; recursive components are told apart by as many rounds of refinement as they need,
 * at most eight.
 */
export function createSchemaHasher(document: JsonObject): SchemaHasher {
  const known = new Map<string, string>();
  const objects = new WeakMap<object, string>();
  /** What a recursive reference counts as while its own digest is being made. */
  let assumed: ReadonlyMap<string, string> = new Map();
  let met = new Set<string>();

  function hashReference(reference: string): string {
    const pointer = pointerOfReference(reference);
    if (pointer === null) return sha256Hex(`external ${reference}`);
    const done = known.get(pointer);
    if (done !== undefined) return done;
    const assumption = assumed.get(pointer);
    if (assumption !== undefined) {
      met.add(pointer);
      return assumption;
    }
    const target = resolvePointer(document, pointer);
    if (target === undefined) return sha256Hex(`dangling ${pointer}`);
    return hashComponent(pointer, target);
  }

  function hashComponent(pointer: string, target: Json): string {
    const outerAssumed = assumed;
    const outerMet = met;
    let color = "in flight";
    let result = "";
    let recursive = false;
    for (let round = 0; round < 8; round += 1) {
      assumed = new Map([...outerAssumed, [pointer, color]]);
      met = new Set();
      result = hashNode(target, true);
      recursive = met.has(pointer);
      const outer = [...met].some((name) => name !== pointer);
      if (!recursive || outer) break;
      color = result;
      if (round === 2) break;
    }
    const dependsOnOuter = [...met].filter((name) => name !== pointer);
    assumed = outerAssumed;
    met = outerMet;
    for (const name of dependsOnOuter) met.add(name);
    // Only what does not lean on an assumption of somebody else's may be kept.
    if (dependsOnOuter.length === 0) known.set(pointer, result);
    return result;
  }

  function hashKeyword(key: string, value: Json): Json {
    if (oneSchema.has(key))
      return isJsonObject(value) || typeof value === "boolean" ? hashNode(value, false) : hashList(value);
    if (schemaLists.has(key) || key === "prefixItems") {
      const hashes = hashList(value);
      return key === "prefixItems" ? hashes : [...new Set(hashes.map(String))].sort();
    }
    if (schemaMaps.has(key) && isJsonObject(value)) {
      return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, hashNode(child, false)]));
    }
    if (key === "enum") return [...new Set(arrayOf(value).map(canonicalJson))].sort();
    if (key === "required") return [...new Set(arrayOf(value).map(String))].sort();
    return value;
  }

  function hashList(value: Json): Json[] {
    return arrayOf(value).map((child) => hashNode(child, false));
  }

  function hashObject(schema: JsonObject): string {
    const reference = schema["$ref"];
    const rest = Object.entries(schema).filter(
      ([key]) => key !== "$ref" && !prose.has(key) && !(key.startsWith("x-") && key !== "x-extensible-enum"),
    );
    if (typeof reference === "string" && rest.length === 0) return hashReference(reference);
    const allOf = schema["allOf"];
    if (rest.length === 1 && Array.isArray(allOf) && allOf.length === 1 && reference === undefined)
      return hashNode((allOf as readonly Json[])[0] ?? true, false);
    const parts: Record<string, Json> = {};
    if (typeof reference === "string") parts["$ref"] = hashReference(reference);
    for (const [key, value] of rest) {
      if (key === "type" || key === "nullable" || key === "const") continue;
      if (key === "required" && arrayOf(value).length === 0) continue;
      if (key === "enum" && schema["const"] !== undefined) continue;
      if (defaults.has(key) && defaults.get(key) === value) continue;
      if (schemaMaps.has(key) && isJsonObject(value) && Object.keys(value).length === 0) continue;
      parts[key] = hashKeyword(key, value);
    }
    if (schema["const"] !== undefined) parts["enum"] = [canonicalJson(schema["const"])];
    const types = sortedTypes(schema);
    if (types !== undefined) parts["type"] = types;
    if (Object.keys(parts).length === 0) return sha256Hex("true");
    return sha256Hex(canonicalJson(parts));
  }

  function hashNode(schema: Json, fresh: boolean): string {
    if (schema === true) return sha256Hex("true");
    if (!isJsonObject(schema)) return sha256Hex(canonicalJson(schema));
    const cached = fresh ? undefined : objects.get(schema);
    if (cached !== undefined) return cached;
    const before = met.size;
    const result = hashObject(schema);
    if (assumed.size === 0 && met.size === before) objects.set(schema, result);
    return result;
  }

  return {
    hash(schema) {
      return hashNode(schema ?? true, false);
    },
    hashValue: (value) => sha256Hex(canonicalJson(value)),
  };
}
