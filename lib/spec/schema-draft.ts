import type { Json, JsonObject } from "../model/index.ts";
import { canonicalJson } from "./canonical-json.ts";
import { appendPointer } from "./json-pointer.ts";
import { arrayOf, isJsonObject } from "./json-value.ts";
import type { Conditional, Contains, CountKeyword, Discriminator } from "./schema-form.ts";
import type { NodeMaker, SchemaNode } from "./schema-node.ts";

/** The object keywords of one schema: they see only each other, so they are merged with care. */
export type ObjectPart = {
  readonly properties: Map<string, SchemaNode>;
  readonly patternProperties: Map<string, SchemaNode>;
  readonly additional: SchemaNode | null;
};
export type ArrayPart = { readonly prefixItems: readonly SchemaNode[]; readonly items: SchemaNode | null };

/** What the schemas of one node say together, before it is made simple. */
export type SchemaDraft = {
  readonly seen: Set<string>;
  impossible: boolean;
  types: Set<string> | null;
  values: Map<string, Json> | null;
  readonly minimums: { readonly value: number; readonly exclusive: boolean }[];
  readonly maximums: { readonly value: number; readonly exclusive: boolean }[];
  readonly counts: Map<CountKeyword, number>;
  readonly multiples: number[];
  uniqueItems: boolean;
  readonly patterns: Set<string>;
  readonly formats: Set<string>;
  contentEncoding: string | null;
  contentMediaType: string | null;
  readonly objects: ObjectPart[];
  readonly arrays: ArrayPart[];
  readonly required: Set<string>;
  propertyNames: SchemaNode | null;
  readonly dependentRequired: Map<string, readonly string[]>;
  readonly dependentSchemas: Map<string, SchemaNode>;
  readonly contains: Contains[];
  unevaluatedProperties: SchemaNode | null;
  unevaluatedItems: SchemaNode | null;
  anyOf: (readonly SchemaNode[])[];
  oneOf: (readonly SchemaNode[])[];
  readonly nots: SchemaNode[];
  readonly conditionals: Conditional[];
  readOnly: boolean;
  writeOnly: boolean;
  deprecated: boolean;
  extensibleEnum: boolean;
  discriminator: Discriminator | null;
  defaultValue: Json | undefined;
  readonly opaque: Set<string>;
};

export function createDraft(): SchemaDraft {
  return {
    seen: new Set(),
    impossible: false,
    types: null,
    values: null,
    minimums: [],
    maximums: [],
    counts: new Map(),
    multiples: [],
    uniqueItems: false,
    patterns: new Set(),
    formats: new Set(),
    contentEncoding: null,
    contentMediaType: null,
    objects: [],
    arrays: [],
    required: new Set(),
    propertyNames: null,
    dependentRequired: new Map(),
    dependentSchemas: new Map(),
    contains: [],
    unevaluatedProperties: null,
    unevaluatedItems: null,
    anyOf: [],
    oneOf: [],
    nots: [],
    conditionals: [],
    readOnly: false,
    writeOnly: false,
    deprecated: false,
    extensibleEnum: false,
    discriminator: null,
    defaultValue: undefined,
    opaque: new Set(),
  };
}

/** Types of both, where an integer is a number. */
export function intersectTypes(left: ReadonlySet<string> | null, right: ReadonlySet<string>): Set<string> {
  if (left === null) return new Set(right);
  const result = new Set([...left].filter((type) => right.has(type)));
  if ((left.has("integer") && right.has("number")) || (left.has("number") && right.has("integer")))
    result.add("integer");
  return result;
}

function limitValues(draft: SchemaDraft, values: readonly Json[]): void {
  const entries = values.map((value): [string, Json] => [canonicalJson(value), value]);
  draft.values = new Map(entries.filter(([text]) => draft.values === null || draft.values.has(text)));
}

/** The keyword's value is not what the keyword takes: kept as it is, so that a change of it is not lost. */
function keepAsText(draft: SchemaDraft, key: string, value: Json): void {
  draft.opaque.add(`${key} ${canonicalJson(value)}`);
}

const counts: ReadonlySet<string> = new Set([
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "minProperties",
  "maxProperties",
] satisfies CountKeyword[]);

function isCount(key: string): key is CountKeyword {
  return counts.has(key);
}

function addScalar(draft: SchemaDraft, key: string, value: Json, schema: JsonObject): boolean {
  if (isCount(key)) {
    if (typeof value !== "number") return false;
    const known = draft.counts.get(key);
    const tighter = key.startsWith("min") ? Math.max : Math.min;
    draft.counts.set(key, known === undefined ? value : tighter(known, value));
    return true;
  }
  switch (key) {
    case "type": {
      const types = typeof value === "string" ? [value] : arrayOf(value).filter((item) => typeof item === "string");
      if (types.length === 0) return false;
      if (schema["nullable"] === true) types.push("null");
      draft.types = intersectTypes(draft.types, new Set(types));
      return true;
    }
    case "enum":
      if (!Array.isArray(value)) return false;
      limitValues(draft, arrayOf(value));
      return true;
    case "const":
      limitValues(draft, [value]);
      return true;
    case "minimum":
    case "exclusiveMinimum":
      if (typeof value !== "number") return false;
      draft.minimums.push({ value, exclusive: key === "exclusiveMinimum" });
      return true;
    case "maximum":
    case "exclusiveMaximum":
      if (typeof value !== "number") return false;
      draft.maximums.push({ value, exclusive: key === "exclusiveMaximum" });
      return true;
    case "multipleOf":
      if (typeof value !== "number" || value <= 0) return false;
      draft.multiples.push(value);
      return true;
    case "pattern":
      if (typeof value !== "string") return false;
      draft.patterns.add(value);
      return true;
    case "format":
      if (typeof value !== "string") return false;
      // Before 3.1 these formats said what the content keywords say now (OpenAPI 3.1 §4.7.14).
      if (value === "binary") draft.contentMediaType ??= "application/octet-stream";
      else if (value === "byte" || value === "base64") draft.contentEncoding = "base64";
      else draft.formats.add(value);
      return true;
    case "nullable":
      // Beside a type it is read there; elsewhere nobody agrees what it means, so a change of it must be seen.
      if (value === true && schema["type"] === undefined) keepAsText(draft, key, value);
      return true;
    case "contentEncoding":
      if (typeof value !== "string") return false;
      draft.contentEncoding = value;
      return true;
    case "contentMediaType":
      if (typeof value !== "string") return false;
      draft.contentMediaType = value;
      return true;
    case "required":
      if (!Array.isArray(value)) return value === true || value === false;
      for (const name of arrayOf(value)) if (typeof name === "string") draft.required.add(name);
      return true;
    case "default":
      draft.defaultValue = value;
      return true;
    case "uniqueItems":
      draft.uniqueItems ||= value === true;
      return true;
    case "readOnly":
      draft.readOnly ||= value === true;
      return true;
    case "writeOnly":
      draft.writeOnly ||= value === true;
      return true;
    case "deprecated":
      draft.deprecated ||= value === true;
      return true;
    case "x-extensible-enum":
      draft.extensibleEnum = true;
      return true;
    default:
      return false;
  }
}

/** Keywords that constrain and are not looked into, and those that change the wire form of XML. */
const keptAsText = new Set(["$dynamicRef", "$recursiveRef", "contentSchema", "dependencies", "xml"]);
/** Keywords that `addScalar` takes where their value has the right shape. */
const scalars = new Set([
  ...counts,
  "type",
  "enum",
  "minimum",
  "exclusiveMinimum",
  "maximum",
  "exclusiveMaximum",
  "multipleOf",
  "pattern",
  "format",
  "contentEncoding",
  "contentMediaType",
  "required",
]);

function addDiscriminator(draft: SchemaDraft, value: Json): void {
  if (!isJsonObject(value) || typeof value["propertyName"] !== "string") {
    keepAsText(draft, "discriminator", value);
    return;
  }
  const mapping = Object.entries(isJsonObject(value["mapping"]) ? value["mapping"] : {}).map(
    ([tag, target]): [string, string] => [
      tag,
      typeof target === "string" ? target.replace(/^#\/components\/schemas\//, "") : canonicalJson(target),
    ],
  );
  draft.discriminator = { propertyName: value["propertyName"], mapping: new Map(mapping) };
}

type Adder = { readonly draft: SchemaDraft; readonly maker: NodeMaker };

function nodesOf(maker: NodeMaker, value: Json, pointer: string): readonly SchemaNode[] {
  return arrayOf(value).map((schema, index) => maker.node(schema, appendPointer(pointer, index)));
}

function namedNodes(maker: NodeMaker, value: Json | undefined, pointer: string): Map<string, SchemaNode> {
  return new Map(
    Object.entries(isJsonObject(value) ? value : {}).map(([name, schema]) => [
      name,
      maker.node(schema, appendPointer(pointer, name)),
    ]),
  );
}

function addObjectsAndArrays({ draft, maker }: Adder, schema: JsonObject, pointer: string): void {
  const at = (key: string): string => appendPointer(pointer, key);
  const one = (key: string): SchemaNode | null => {
    const value = schema[key];
    if (value === undefined || value === true) return null;
    const node = maker.node(value, at(key));
    return isJsonObject(value) && Object.keys(value).length === 0 ? null : node;
  };
  const properties = namedNodes(maker, schema["properties"], at("properties"));
  const patternProperties = namedNodes(maker, schema["patternProperties"], at("patternProperties"));
  const additional = one("additionalProperties");
  if (properties.size > 0 || patternProperties.size > 0 || additional !== null)
    draft.objects.push({ properties, patternProperties, additional });
  // Before 2020-12 a list of `items` said what is now said by `prefixItems`.
  const listed = Array.isArray(schema["items"]) ? "items" : "prefixItems";
  const prefixItems = nodesOf(maker, schema[listed] ?? [], at(listed));
  const items = listed === "items" ? one("additionalItems") : one("items");
  if (prefixItems.length > 0 || items !== null) draft.arrays.push({ prefixItems, items });
  const merge = (known: SchemaNode | null, next: SchemaNode | null): SchemaNode | null =>
    known === null || next === null ? (known ?? next) : maker.both(known, next);
  draft.propertyNames = merge(draft.propertyNames, one("propertyNames"));
  draft.unevaluatedProperties = merge(draft.unevaluatedProperties, one("unevaluatedProperties"));
  draft.unevaluatedItems = merge(draft.unevaluatedItems, one("unevaluatedItems"));
  for (const [name, node] of namedNodes(maker, schema["dependentSchemas"], at("dependentSchemas")))
    draft.dependentSchemas.set(name, merge(draft.dependentSchemas.get(name) ?? null, node) ?? node);
  const dependent = schema["dependentRequired"];
  for (const [name, names] of Object.entries(isJsonObject(dependent) ? dependent : {})) {
    const all = [...(draft.dependentRequired.get(name) ?? []), ...arrayOf(names).map(String)];
    draft.dependentRequired.set(name, [...new Set(all)].sort());
  }
  if (schema["contains"] !== undefined) {
    const min = schema["minContains"];
    const max = schema["maxContains"];
    draft.contains.push({
      node: maker.node(schema["contains"], at("contains")),
      min: typeof min === "number" ? min : 1,
      max: typeof max === "number" ? max : null,
    });
  }
}

function addLogic(adder: Adder, schema: JsonObject, pointer: string): void {
  const { draft, maker } = adder;
  for (const key of ["anyOf", "oneOf"] as const) {
    const value = schema[key];
    if (value === undefined) continue;
    const nodes = nodesOf(maker, value, appendPointer(pointer, key));
    const [only] = nodes;
    if (only === undefined) keepAsText(draft, key, value);
    else if (nodes.length === 1) addNode(adder, only);
    else draft[key].push(nodes);
  }
  if (schema["not"] !== undefined) draft.nots.push(maker.node(schema["not"], appendPointer(pointer, "not")));
  if (schema["if"] !== undefined && (schema["then"] !== undefined || schema["else"] !== undefined)) {
    const branch = (key: string): SchemaNode | null =>
      schema[key] === undefined ? null : maker.node(schema[key], appendPointer(pointer, key));
    draft.conditionals.push({
      if: maker.node(schema["if"], appendPointer(pointer, "if")),
      then: branch("then"),
      else: branch("else"),
    });
  }
}

/** Adds everything that one schema says; a schema that was added before adds nothing, for "A and A" is A. */
function addSchema(adder: Adder, schema: Json, pointer: string, id: string, depth: number): void {
  const { draft, maker } = adder;
  if (draft.seen.has(id)) return;
  draft.seen.add(id);
  if (schema === true) return;
  if (schema === false) {
    draft.impossible = true;
    return;
  }
  if (!isJsonObject(schema)) {
    keepAsText(draft, "schema", schema);
    return;
  }
  const isBound = schema["unevaluatedProperties"] !== undefined || schema["unevaluatedItems"] !== undefined;
  if (depth > 0 && isBound) {
    // It sees only what its own branch evaluates: merged, it would say something else.
    draft.anyOf.push([maker.node(schema, pointer)]);
    return;
  }
  const reference = schema["$ref"];
  if (typeof reference === "string") {
    const target = maker.target(reference);
    if (target === null) draft.opaque.add(`reference to nowhere ${reference}`);
    else addSchema(adder, target.schema, target.pointer, target.id, depth + 1);
  }
  arrayOf(schema["allOf"]).forEach((child, index) => {
    const node = maker.node(child, appendPointer(appendPointer(pointer, "allOf"), index));
    for (const part of node.parts) addSchema(adder, part.schema, part.pointer, part.id, depth + 1);
  });
  for (const [key, value] of Object.entries(schema)) {
    if (addScalar(draft, key, value, schema)) continue;
    if (key === "discriminator") addDiscriminator(draft, value);
    else if (keptAsText.has(key) || scalars.has(key)) keepAsText(draft, key, value);
  }
  addObjectsAndArrays(adder, schema, pointer);
  addLogic(adder, schema, pointer);
}

function addNode(adder: Adder, node: SchemaNode): void {
  for (const part of node.parts) addSchema(adder, part.schema, part.pointer, part.id, 0);
}

/** Collects all that a node says into a draft. */
export function collect(draft: SchemaDraft, maker: NodeMaker, node: SchemaNode): void {
  addNode({ draft, maker }, node);
}
