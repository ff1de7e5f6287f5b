import type { Json, JsonObject } from "../model/index.ts";
import { appendPointer, canonicalJson, isJsonObject, resolvePointer } from "../spec/index.ts";
import type { SchemaHasher } from "../spec/index.ts";

/** One document of a comparison. */
export type Side = { readonly document: JsonObject; readonly hasher: SchemaHasher };

/** A schema and where it stands in its document. */
export type SchemaNode = { readonly schema: Json; readonly pointer: string };

export const boundKeywords = [
  "minimum",
  "exclusiveMinimum",
  "maximum",
  "exclusiveMaximum",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "minProperties",
  "maxProperties",
] as const;
export type BoundKeyword = (typeof boundKeywords)[number];

/** A schema with references followed, `allOf` merged and equal spellings made one (DIFF §6.1.3). */
export type FlatSchema = {
  readonly pointer: string;
  readonly impossible: boolean;
  /** Null for any type. */
  readonly types: ReadonlySet<string> | null;
  /** By canonical text; null for any value. */
  readonly values: ReadonlyMap<string, Json> | null;
  readonly bounds: ReadonlyMap<BoundKeyword, number>;
  readonly multipleOf: number | null;
  readonly uniqueItems: boolean;
  readonly patterns: readonly string[];
  readonly format: string | null;
  readonly contentEncoding: string | null;
  readonly contentMediaType: string | null;
  readonly properties: ReadonlyMap<string, SchemaNode>;
  readonly required: ReadonlySet<string>;
  /** What properties that are not named must be; null for anything. */
  readonly additional: SchemaNode | null;
  readonly items: SchemaNode | null;
  readonly anyOf: readonly (readonly SchemaNode[])[];
  readonly oneOf: readonly (readonly SchemaNode[])[];
  readonly readOnly: boolean;
  readonly writeOnly: boolean;
  readonly extensibleEnum: boolean;
  readonly defaultValue: Json | undefined;
  /** Every other constraint, by keyword, as a digest. */
  readonly others: ReadonlyMap<string, string>;
};

type Draft = {
  impossible: boolean;
  types: Set<string> | null;
  values: Map<string, Json> | null;
  bounds: Map<BoundKeyword, number>;
  multipleOf: number | null;
  uniqueItems: boolean;
  patterns: string[];
  format: string | null;
  contentEncoding: string | null;
  contentMediaType: string | null;
  properties: Map<string, SchemaNode>;
  required: Set<string>;
  additional: SchemaNode | null;
  items: SchemaNode | null;
  anyOf: SchemaNode[][];
  oneOf: SchemaNode[][];
  readOnly: boolean;
  writeOnly: boolean;
  extensibleEnum: boolean;
  defaultValue: Json | undefined;
  others: Map<string, string>;
};

const ignored = new Set([
  "title",
  "description",
  "example",
  "examples",
  "externalDocs",
  "xml",
  "deprecated",
  "discriminator",
  "$schema",
  "$id",
  "$anchor",
  "$comment",
  "$defs",
  "definitions",
  "nullable",
]);
const schemaKeywords = new Set([
  "not",
  "if",
  "then",
  "else",
  "contains",
  "propertyNames",
  "unevaluatedProperties",
  "unevaluatedItems",
  "contentSchema",
]);

function arrayOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function intersect<Item>(left: Set<Item> | null, right: Iterable<Item>): Set<Item> {
  const other = new Set(right);
  return left === null ? other : new Set([...left].filter((item) => other.has(item)));
}

/** Types of both, where an integer is a number. */
function intersectTypes(left: Set<string> | null, right: readonly string[]): Set<string> {
  if (left === null) return new Set(right);
  const result = new Set([...left].filter((type) => right.includes(type)));
  if ((left.has("integer") && right.includes("number")) || (left.has("number") && right.includes("integer")))
    result.add("integer");
  return result;
}

function both(first: SchemaNode, second: SchemaNode): SchemaNode {
  return { schema: { allOf: [first.schema, second.schema] }, pointer: first.pointer };
}

function tighter(keyword: BoundKeyword, left: number, right: number): number {
  return keyword.startsWith("min") || keyword === "exclusiveMinimum" ? Math.max(left, right) : Math.min(left, right);
}

const isNullSchema = (schema: Json): boolean =>
  isJsonObject(schema) &&
  (schema["type"] === "null" ||
    (schema["const"] === null && schema["const"] !== undefined) ||
    (Array.isArray(schema["enum"]) && canonicalJson(schema["enum"]) === "[null]"));

function createDraft(): Draft {
  return {
    impossible: false,
    types: null,
    values: null,
    bounds: new Map(),
    multipleOf: null,
    uniqueItems: false,
    patterns: [],
    format: null,
    contentEncoding: null,
    contentMediaType: null,
    properties: new Map(),
    required: new Set(),
    additional: null,
    items: null,
    anyOf: [],
    oneOf: [],
    readOnly: false,
    writeOnly: false,
    extensibleEnum: false,
    defaultValue: undefined,
    others: new Map(),
  };
}

function addKeyword(draft: Draft, side: Side, key: string, value: Json, schema: JsonObject, pointer: string): void {
  const at = (name: string | number): string => appendPointer(pointer, name);
  const bound = boundKeywords.find((keyword) => keyword === key);
  if (bound !== undefined) {
    if (typeof value === "number") draft.bounds.set(bound, tighter(bound, draft.bounds.get(bound) ?? value, value));
    return;
  }
  switch (key) {
    case "type": {
      const types = (typeof value === "string" ? [value] : arrayOf(value)).filter((item) => typeof item === "string");
      if (schema["nullable"] === true && !types.includes("null")) types.push("null");
      draft.types = intersectTypes(draft.types, types);
      return;
    }
    case "enum":
    case "const": {
      const values = key === "enum" ? arrayOf(value) : [value];
      const entries = values.map((item): [string, Json] => [canonicalJson(item), item]);
      const kept = intersect(
        draft.values === null ? null : new Set(draft.values.keys()),
        entries.map(([text]) => text),
      );
      draft.values = new Map(entries.filter(([text]) => kept.has(text)));
      return;
    }
    case "multipleOf":
      if (typeof value === "number") draft.multipleOf = value;
      return;
    case "uniqueItems":
      draft.uniqueItems ||= value === true;
      return;
    case "pattern":
      if (
        typeof value === "string" &&
        value !== "" &&
        value !== ".*" &&
        value !== "^.*$" &&
        !draft.patterns.includes(value)
      )
        draft.patterns.push(value);
      return;
    case "format":
      if (typeof value === "string") draft.format = value;
      return;
    case "contentEncoding":
      if (typeof value === "string") draft.contentEncoding = value;
      return;
    case "contentMediaType":
      if (typeof value === "string") draft.contentMediaType = value;
      return;
    case "properties":
      for (const [name, child] of Object.entries(isJsonObject(value) ? value : {})) {
        const node = { schema: child, pointer: appendPointer(at(key), name) };
        const earlier = draft.properties.get(name);
        draft.properties.set(
          name,
          earlier === undefined || side.hasher.hash(earlier.schema) === side.hasher.hash(child)
            ? node
            : both(earlier, node),
        );
      }
      return;
    case "required":
      for (const name of arrayOf(value)) if (typeof name === "string") draft.required.add(name);
      return;
    case "additionalProperties": {
      if (value === true || (isJsonObject(value) && Object.keys(value).length === 0)) return;
      const node = { schema: value, pointer: at(key) };
      draft.additional = draft.additional === null ? node : both(draft.additional, node);
      return;
    }
    case "items": {
      const node = { schema: value, pointer: at(key) };
      draft.items = draft.items === null ? node : both(draft.items, node);
      return;
    }
    case "readOnly":
      draft.readOnly ||= value === true;
      return;
    case "writeOnly":
      draft.writeOnly ||= value === true;
      return;
    case "x-extensible-enum":
      draft.extensibleEnum = true;
      return;
    case "default":
      draft.defaultValue = value;
      return;
    default:
      if (ignored.has(key) || key.startsWith("x-")) return;
      if (key === "then" || key === "else") {
        if (schema["if"] === undefined) return;
      }
      draft.others.set(key, schemaKeywords.has(key) ? side.hasher.hash(value) : side.hasher.hashValue(value));
  }
}

function addUnion(draft: Draft, key: "anyOf" | "oneOf", value: Json, pointer: string): SchemaNode | null {
  const nodes = arrayOf(value).map((schema, index) => ({
    schema,
    pointer: appendPointer(appendPointer(pointer, key), index),
  }));
  const others = nodes.filter((node) => !isNullSchema(node.schema));
  const [only] = others;
  if (others.length === 1 && only !== undefined && nodes.length === 1) return only;
  draft[key].push(nodes);
  return null;
}

function addSchema(draft: Draft, side: Side, node: SchemaNode, seen: ReadonlySet<string>): string {
  const { schema, pointer } = node;
  if (schema === false) draft.impossible = true;
  if (!isJsonObject(schema)) return pointer;
  let place = pointer;
  const reference = schema["$ref"];
  if (typeof reference === "string") {
    const target = reference.startsWith("#") ? decodeURI(reference.slice(1)) : null;
    const resolved = target === null ? undefined : resolvePointer(side.document, target);
    if (target === null || resolved === undefined) draft.others.set("$ref", side.hasher.hash(schema));
    else if (!seen.has(target))
      place = addSchema(draft, side, { schema: resolved, pointer: target }, new Set([...seen, target]));
  }
  for (const [key, value] of Object.entries(schema)) {
    if (key === "$ref") continue;
    if (key === "allOf") {
      arrayOf(value).forEach((child, index) => {
        addSchema(draft, side, { schema: child, pointer: appendPointer(appendPointer(pointer, key), index) }, seen);
      });
    } else if (key === "anyOf" || key === "oneOf") {
      const only = addUnion(draft, key, value, pointer);
      if (only !== null) addSchema(draft, side, only, seen);
    } else {
      addKeyword(draft, side, key, value, schema, pointer);
    }
  }
  return place;
}

function addNull(draft: Draft): void {
  draft.types?.add("null");
  draft.values?.set("null", null);
}

/** "A or null" in all its spellings becomes A with null among its types. */
function foldNull(draft: Draft, side: Side, seen: ReadonlySet<string>): void {
  for (const key of ["anyOf", "oneOf"] as const) {
    const [group] = draft[key];
    if (draft[key].length !== 1 || group === undefined || draft.types !== null || draft.values !== null) continue;
    const others = group.filter((node) => !isNullSchema(node.schema));
    const [only] = others;
    if (others.length === group.length || others.length !== 1 || only === undefined) continue;
    const inner = createDraft();
    addSchema(inner, side, only, seen);
    foldNull(inner, side, seen);
    if (inner.types === null && inner.values === null) continue;
    draft[key] = [];
    addSchema(draft, side, only, seen);
    foldNull(draft, side, seen);
    addNull(draft);
  }
}

/** Flattens one schema; what cannot be merged exactly is kept as a constraint of its own (`others`). */
export function flattenSchema(side: Side, node: SchemaNode): FlatSchema {
  const draft = createDraft();
  const pointer = addSchema(draft, side, node, new Set());
  foldNull(draft, side, new Set());
  if (draft.values !== null && draft.types === null) {
    draft.types = new Set(
      [...draft.values.values()].map((value) =>
        value === null ? "null" : Array.isArray(value) ? "array" : Number.isInteger(value) ? "integer" : typeof value,
      ),
    );
  }
  return { ...draft, pointer };
}
