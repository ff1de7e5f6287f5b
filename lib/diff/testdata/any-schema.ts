import fc from "fast-check";
import type { Json, JsonObject } from "../../model/index.ts";

const names = ["a", "b", "c"] as const;

function defined(entries: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([key, value]): [string, Json][] => (value === undefined ? [] : [[key, value]])),
  );
}

function some<Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.option(arbitrary, { nil: undefined, freq: 2 });
}

const small = fc.integer({ min: 0, max: 4 });
const value: fc.Arbitrary<Json> = fc.constantFrom<Json>("a", "ab", "b", "", 0, 1, 2.5, 3, true, false, null);

const texts = fc
  .record({
    minLength: some(small),
    maxLength: some(small),
    pattern: some(fc.constantFrom("^a", "b$", "^[ab]*$")),
    default: some(fc.constantFrom("a", "b")),
  })
  .map((keywords) => defined({ type: "string", ...keywords }));
const numbers = fc
  .record({
    type: fc.constantFrom("integer", "number"),
    minimum: some(fc.integer({ min: -2, max: 3 })),
    exclusiveMinimum: some(fc.integer({ min: -2, max: 3 })),
    maximum: some(fc.integer({ min: 0, max: 4 })),
    multipleOf: some(fc.constantFrom(1, 2, 3)),
  })
  .map((keywords) => defined(keywords));
const plain: fc.Arbitrary<JsonObject> = fc.oneof(
  texts,
  numbers,
  fc.constant({ type: "boolean" }),
  fc.uniqueArray(value, { minLength: 1, maxLength: 3 }).map((values) => ({ enum: values })),
  value.map((only) => ({ const: only })),
  fc.constant({}),
  fc
    .uniqueArray(fc.constantFrom("string", "integer", "number", "boolean", "null"), { minLength: 1, maxLength: 3 })
    .map((types) => ({ type: types })),
);

/** Schemas over a small world of values and names, in which random pairs meet often; `deep` ones refer to components. */
export const { anySchema } = fc.letrec<{
  anySchema: JsonObject;
  object: JsonObject;
  list: JsonObject;
  logic: JsonObject;
}>((tie) => ({
  anySchema: fc.oneof(
    { maxDepth: 3, depthIdentifier: "schema" },
    { arbitrary: plain, weight: 4 },
    { arbitrary: tie("object"), weight: 3 },
    { arbitrary: tie("list"), weight: 1 },
    { arbitrary: tie("logic"), weight: 2 },
    {
      arbitrary: fc.constantFrom<JsonObject>({ $ref: "#/components/schemas/A" }, { $ref: "#/components/schemas/B" }),
      weight: 1,
    },
  ),
  object: fc
    .record({
      properties: fc.dictionary(fc.constantFrom(...names), tie("anySchema"), { maxKeys: 3 }),
      required: some(fc.uniqueArray(fc.constantFrom(...names), { maxLength: 2 })),
      minProperties: some(fc.integer({ min: 0, max: 2 })),
      maxProperties: some(fc.integer({ min: 1, max: 3 })),
    })
    .map((keywords) => defined({ type: "object", ...keywords, properties: { ...keywords.properties } })),
  list: fc
    .record({ items: some(tie("anySchema")), minItems: some(small), maxItems: some(small) })
    .map((keywords) => defined({ type: "array", ...keywords })),
  logic: fc.oneof(
    fc.array(tie("anySchema"), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
    fc.array(tie("anySchema"), { minLength: 1, maxLength: 2 }).map((allOf) => ({ allOf })),
    fc.tuple(plain, plain).map(([schema, not]) => ({ ...schema, not })),
  ),
}));

export const anyComponents: fc.Arbitrary<JsonObject> = fc
  .record({ A: anySchema, B: anySchema })
  .map(({ A, B }) => ({ schemas: { A, B } }));

/** The same JSON with the keys of every object in another order, and its lists where their order says nothing. */
export function reorder(schema: Json): Json {
  if (Array.isArray(schema)) return (schema as readonly Json[]).map(reorder);
  if (schema === null || typeof schema !== "object") return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .reverse()
      .map(([key, item]) => {
        const ordered = reorder(item);
        const isSet = ["required", "enum", "anyOf", "allOf", "oneOf", "type"].includes(key);
        return [key, isSet && Array.isArray(ordered) ? (ordered as readonly Json[]).toReversed() : ordered];
      }),
  );
}

type Edit = {
  readonly at: number;
  readonly how: "replace" | "add" | "drop";
  readonly donor: JsonObject;
  readonly keywords: readonly JsonObject[];
};

const fitting: Readonly<Record<string, RegExp>> = {
  string: /Length$|^pattern$|^enum$|^type$/,
  number: /imum$|^multipleOf$|^type$/,
  integer: /imum$|^multipleOf$|^type$/,
  array: /Items$/,
  object: /Properties$|^required$/,
};

/** The first keyword that says something of such a schema. */
function fits(schema: JsonObject, keywords: readonly JsonObject[]): JsonObject {
  const pattern = fitting[typeof schema["type"] === "string" ? schema["type"] : ""] ?? /./;
  return keywords.find((keyword) => Object.keys(keyword).some((key) => pattern.test(key))) ?? keywords[0] ?? {};
}

function editOne(own: JsonObject, edit: Edit): JsonObject {
  if (edit.how === "replace") return edit.donor;
  if (edit.how === "add") return { ...own, ...fits(own, edit.keywords) };
  const keys = Object.keys(own).filter((key) => key !== "properties");
  const dropped = keys[edit.at % Math.max(1, keys.length)];
  return Object.fromEntries(Object.entries(own).filter(([key]) => key !== dropped));
}

/** Calls `change` for each schema from the outside in, and gives what comes of it. */
function mapSchemas(schema: Json, change: (own: JsonObject) => JsonObject): Json {
  const walk = (item: Json, isSchema: boolean): Json => {
    if (Array.isArray(item)) return (item as readonly Json[]).map((child) => walk(child, isSchema));
    if (item === null || typeof item !== "object") return item;
    const own = isSchema ? change(item as JsonObject) : (item as JsonObject);
    if (own !== item) return own;
    return Object.fromEntries(
      Object.entries(own).map(([key, child]) => {
        const isLeaf = isSchema && ["enum", "const", "default", "required", "type"].includes(key);
        return [key, isLeaf ? child : walk(child, !(isSchema && key === "properties"))];
      }),
    );
  };
  return walk(schema, true);
}

/** Applies one edit to one of the schemas in a schema. */
function applyEdit(schema: Json, edit: Edit): Json {
  let count = 0;
  mapSchemas(schema, (own) => {
    count += 1;
    return own;
  });
  let position = -1;
  return mapSchemas(schema, (own) => {
    position += 1;
    return position === edit.at % count ? editOne(own, edit) : own;
  });
}

/** One keyword, as an edit changes it. */
const anyKeyword: fc.Arbitrary<JsonObject> = fc.oneof(
  fc
    .tuple(fc.constantFrom("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"), small)
    .map(([key, bound]) => ({ [key]: bound })),
  fc
    .tuple(fc.constantFrom("minimum", "exclusiveMinimum", "maximum", "multipleOf"), fc.integer({ min: 1, max: 3 }))
    .map(([key, bound]) => ({ [key]: bound })),
  fc.uniqueArray(fc.constantFrom(...names), { maxLength: 2 }).map((required) => ({ required })),
  fc.uniqueArray(value, { minLength: 1, maxLength: 4 }).map((values) => ({ enum: values })),
  fc.constantFrom("^a", "b$", "^[ab]*$").map((pattern) => ({ pattern })),
  fc
    .uniqueArray(fc.constantFrom("string", "integer", "number", "boolean", "null", "object"), {
      minLength: 1,
      maxLength: 4,
    })
    .map((types) => ({ type: types })),
  plain.map((not) => ({ not })),
  fc.tuple(plain, plain).map((anyOf) => ({ anyOf })),
  plain.map((schema) => ({ allOf: [schema] })),
);

/** A schema and itself after one edit somewhere in it. */
export const anyEdit: fc.Arbitrary<readonly [JsonObject, JsonObject]> = fc
  .record({
    schema: anySchema,
    donor: anySchema,
    keywords: fc.array(anyKeyword, { minLength: 8, maxLength: 8 }),
    at: fc.nat({ max: 30 }),
    how: fc.constantFrom("add", "add", "add", "add", "drop", "replace"),
  })
  .map(({ schema, ...edit }) => {
    const edited = applyEdit(schema, edit);
    return [schema, edited as JsonObject];
  });
