import type { Json } from "../model/index.ts";
import type { SchemaNode } from "./schema-node.ts";

/** A bound of numbers. */
export type Limit = { readonly value: number; readonly exclusive: boolean };

export type CountKeyword = "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties";

export type Contains = { readonly node: SchemaNode; readonly min: number; readonly max: number | null };

export type Conditional = {
  readonly if: SchemaNode;
  readonly then: SchemaNode | null;
  readonly else: SchemaNode | null;
};

export type Discriminator = { readonly propertyName: string; readonly mapping: ReadonlyMap<string, string> };

/**
 * What a schema says, in the one form that digests and comparisons work on (DIFF §6.1.3): references followed, `allOf` merged,
 * equal spellings made one, keywords that cannot apply left out. Everything that is not merged exactly is in `opaque`.
 */
export type SchemaForm = {
  readonly pointer: string;
  /** Nothing is valid. */
  readonly impossible: boolean;
  /** Null for any type. */
  readonly types: ReadonlySet<string> | null;
  /** By canonical text; null for any value. */
  readonly values: ReadonlyMap<string, Json> | null;
  readonly lower: Limit | null;
  readonly upper: Limit | null;
  readonly counts: ReadonlyMap<CountKeyword, number>;
  readonly multipleOf: number | null;
  readonly uniqueItems: boolean;
  readonly patterns: readonly string[];
  readonly formats: readonly string[];
  readonly contentEncoding: string | null;
  readonly contentMediaType: string | null;
  readonly properties: ReadonlyMap<string, SchemaNode>;
  readonly patternProperties: ReadonlyMap<string, SchemaNode>;
  readonly required: ReadonlySet<string>;
  /** What properties that are not named must be; null for anything. */
  readonly additional: SchemaNode | null;
  readonly propertyNames: SchemaNode | null;
  readonly dependentRequired: ReadonlyMap<string, readonly string[]>;
  readonly dependentSchemas: ReadonlyMap<string, SchemaNode>;
  readonly prefixItems: readonly SchemaNode[];
  readonly items: SchemaNode | null;
  readonly contains: readonly Contains[];
  readonly unevaluatedProperties: SchemaNode | null;
  readonly unevaluatedItems: SchemaNode | null;
  readonly anyOf: readonly (readonly SchemaNode[])[];
  readonly oneOf: readonly (readonly SchemaNode[])[];
  readonly nots: readonly SchemaNode[];
  readonly conditionals: readonly Conditional[];
  readonly readOnly: boolean;
  readonly writeOnly: boolean;
  readonly deprecated: boolean;
  readonly extensibleEnum: boolean;
  readonly discriminator: Discriminator | null;
  readonly defaultValue: Json | undefined;
  /** Constraints that are kept as they are written, as texts; equal ones are equal. */
  readonly opaque: readonly string[];
};

export const wholeTypes = ["array", "boolean", "integer", "null", "number", "object", "string"] as const;

/** Whether a schema of these types may have one of `types`; unknown type names may be anything. */
export function admits(types: ReadonlySet<string> | null, ...asked: readonly string[]): boolean {
  if (types === null) return true;
  return [...types].some((type) => asked.includes(type) || !(wholeTypes as readonly string[]).includes(type));
}
