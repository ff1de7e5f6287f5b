import fc from "fast-check";
import type { Json, JsonObject } from "../../model/index.ts";

const names = ["a", "b", "c"] as const;
const anyName = fc.constantFrom(...names);
const small = fc.integer({ min: 0, max: 3 });
const leaf = fc.constantFrom<Json>("", "a", "b", "ab", "ba", -1, 0, 1, 2, 2.5, 3, true, false, null);

function some<Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.option(arbitrary, { nil: undefined, freq: 1 });
}

function keywords(record: Readonly<Record<string, fc.Arbitrary<Json>>>): fc.Arbitrary<JsonObject> {
  const optional = Object.fromEntries(Object.entries(record).map(([key, arbitrary]) => [key, some(arbitrary)]));
  return fc
    .record(optional)
    .map((said) =>
      Object.fromEntries(
        Object.entries(said).flatMap(([key, item]) => (item === undefined ? [] : [[key, item] as const])),
      ),
    );
}

const texts = keywords({ minLength: small, maxLength: small, pattern: fc.constantFrom("^a", "b$", "^[ab]*$", "^.?$") });
const numbers = keywords({
  minimum: fc.integer({ min: -2, max: 3 }),
  exclusiveMinimum: fc.integer({ min: -2, max: 3 }),
  maximum: fc.integer({ min: 0, max: 3 }),
  multipleOf: fc.constantFrom(0.5, 1, 2),
});
const types = fc.uniqueArray(fc.constantFrom("string", "integer", "number", "boolean", "null", "object", "array"), {
  minLength: 1,
  maxLength: 3,
});

const plain: fc.Arbitrary<JsonObject> = fc.oneof(
  texts.map((said) => ({ type: "string", ...said })),
  fc.tuple(fc.constantFrom("integer", "number"), numbers).map(([type, said]) => ({ type, ...said })),
  fc.uniqueArray(leaf, { minLength: 1, maxLength: 3 }).map((values) => ({ enum: values })),
  leaf.map((only) => ({ const: only })),
  types.map((type) => ({ type })),
  texts,
  numbers,
  fc.constant({}),
);

const lists = fc.uniqueArray(anyName, { maxLength: 2 });

/** Schemas with every keyword that containment looks into, over a small world of values and names. */
export const { anyRichSchema } = fc.letrec<{
  anyRichSchema: Json;
  objects: JsonObject;
  arrays: JsonObject;
  logic: JsonObject;
}>((tie) => {
  const inner = tie("anyRichSchema");
  return {
    anyRichSchema: fc.oneof(
      { maxDepth: 3, depthIdentifier: "rich" },
      { arbitrary: plain, weight: 4 },
      { arbitrary: tie("objects"), weight: 4 },
      { arbitrary: tie("arrays"), weight: 2 },
      { arbitrary: tie("logic"), weight: 3 },
      { arbitrary: fc.constantFrom<Json>(true, false), weight: 1 },
      {
        arbitrary: fc.constantFrom<Json>({ $ref: "#/components/schemas/A" }, { $ref: "#/components/schemas/B" }),
        weight: 1,
      },
    ),
    objects: fc
      .tuple(
        fc.boolean(),
        keywords({
          properties: fc.dictionary(anyName, inner, { maxKeys: 3 }).map((own): Json => ({ ...own })),
          required: lists,
          additionalProperties: inner,
          patternProperties: fc
            .dictionary(fc.constantFrom("^a", "b|c", "^[abc]$"), inner, { maxKeys: 2 })
            .map((own): Json => ({ ...own })),
          propertyNames: fc.oneof(plain, texts),
          minProperties: small,
          maxProperties: small,
          dependentRequired: fc.dictionary(anyName, lists, { maxKeys: 2 }).map((own): Json => ({ ...own })),
          dependentSchemas: fc.dictionary(anyName, inner, { maxKeys: 1 }).map((own): Json => ({ ...own })),
        }),
      )
      .map(([isTyped, said]) => ({ ...(isTyped ? { type: "object" } : {}), ...said })),
    arrays: fc
      .tuple(
        fc.boolean(),
        keywords({
          items: inner,
          prefixItems: fc.array(inner, { minLength: 1, maxLength: 2 }),
          minItems: small,
          maxItems: small,
          uniqueItems: fc.boolean(),
          contains: inner,
        }),
        some(small),
        some(small),
      )
      .map(([isTyped, said, minContains, maxContains]) => ({
        ...(isTyped ? { type: "array" } : {}),
        ...said,
        ...(said["contains"] === undefined || minContains === undefined ? {} : { minContains }),
        ...(said["contains"] === undefined || maxContains === undefined ? {} : { maxContains }),
      })),
    logic: fc.oneof(
      fc.array(inner, { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
      fc.array(inner, { minLength: 1, maxLength: 3 }).map((oneOf) => ({ oneOf })),
      fc.array(inner, { minLength: 1, maxLength: 2 }).map((allOf) => ({ allOf })),
      fc.tuple(plain, inner).map(([schema, not]) => ({ ...schema, not })),
      fc.tuple(plain, inner, some(inner), some(inner)).map(([schema, test, then, otherwise]) => ({
        ...schema,
        if: test,
        ...(then === undefined ? {} : { then }),
        ...(otherwise === undefined ? {} : { else: otherwise }),
      })),
    ),
  };
});

function isObject(schema: Json): schema is JsonObject {
  return typeof schema === "object" && schema !== null && !Array.isArray(schema);
}

/** A schema, and one like it of which it is likely to be a part: a keyword less somewhere, an alternative more, another bound. */
export const anyLikePair: fc.Arbitrary<readonly [Json, Json]> = fc.oneof(
  fc.tuple(anyRichSchema, fc.nat()).map(([schema, at]): readonly [Json, Json] => {
    if (!isObject(schema)) return [schema, schema];
    const keys = Object.keys(schema);
    const dropped = keys[at % Math.max(1, keys.length)];
    return [schema, Object.fromEntries(Object.entries(schema).filter(([key]) => key !== dropped))];
  }),
  fc.tuple(anyRichSchema, anyRichSchema).map(([one, other]): readonly [Json, Json] => [one, { anyOf: [one, other] }]),
  fc.tuple(anyRichSchema, anyRichSchema).map(([one, other]): readonly [Json, Json] => [one, { oneOf: [one, other] }]),
  fc.tuple(anyRichSchema, anyRichSchema).map(([one, other]): readonly [Json, Json] => [{ allOf: [one, other] }, other]),
  fc
    .tuple(anyRichSchema, plain)
    .map(([one, other]): readonly [Json, Json] => [isObject(one) ? { ...one, ...other } : one, one]),
  fc
    .tuple(anyRichSchema, plain)
    .map(([one, other]): readonly [Json, Json] => [one, isObject(one) ? { ...one, ...other } : other]),
  fc.tuple(anyRichSchema, anyRichSchema),
);

/** Values of that world. */
export const { anyRichValue } = fc.letrec<{ anyRichValue: Json }>((tie) => ({
  anyRichValue: fc.oneof(
    { maxDepth: 2, depthIdentifier: "value" },
    { arbitrary: leaf, weight: 3 },
    {
      arbitrary: fc.dictionary(anyName, tie("anyRichValue"), { maxKeys: 3 }).map((own): Json => ({ ...own })),
      weight: 3,
    },
    { arbitrary: fc.array(tie("anyRichValue"), { maxLength: 3 }), weight: 2 },
  ),
}));
