import type { Json } from "../model/index.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { SchemaForm } from "./schema-form.ts";

function typeOfValue(value: Json): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}

/** Whether a text has a match of an ECMA-262 pattern; null where the pattern is none. */
export function matchesPattern(pattern: string, text: string): boolean | null {
  try {
    return new RegExp(pattern, "u").test(text);
  } catch (err) {
    if (err instanceof SyntaxError) return null;
    throw err;
  }
}

type NumberRules = Pick<SchemaForm, "lower" | "upper" | "multipleOf">;
type TextRules = Pick<SchemaForm, "counts" | "patterns">;

/** Whether a number is within the limits. */
export function allowsNumber(value: number, { lower, upper, multipleOf }: NumberRules): boolean {
  if (lower !== null && (value < lower.value || (lower.exclusive && value === lower.value))) return false;
  if (upper !== null && (value > upper.value || (upper.exclusive && value === upper.value))) return false;
  return multipleOf === null || Number.isInteger(value / multipleOf);
}

/** Whether a text has an allowed length and no pattern is known to refuse it. */
export function allowsText(value: string, { counts, patterns }: TextRules): boolean {
  const length = [...value].length;
  return (
    length >= (counts.get("minLength") ?? 0) &&
    length <= (counts.get("maxLength") ?? Infinity) &&
    patterns.every((pattern) => matchesPattern(pattern, value) !== false)
  );
}

/** Whether a value is of one of the types. */
export function isOfType(value: Json, types: ReadonlySet<string> | null): boolean {
  const type = typeOfValue(value);
  return types === null || types.has(type) || (type === "integer" && types.has("number"));
}

/** Whether a form says anything of what objects and lists hold. */
function saysOfContents(form: SchemaForm): boolean {
  const maps = [form.properties, form.patternProperties, form.dependentRequired, form.dependentSchemas];
  const nodes = [form.additional, form.propertyNames, form.items, form.unevaluatedItems, form.unevaluatedProperties];
  return (
    maps.some((map) => map.size > 0) ||
    nodes.some((node) => node !== null) ||
    form.required.size + form.counts.size + form.prefixItems.length + form.contains.length > 0 ||
    form.uniqueItems
  );
}

/** Whether a form takes a value; null where that cannot be told here: what objects and lists hold, alternatives, conditions. */
export function allowsValue(form: SchemaForm, value: Json): boolean | null {
  if (form.impossible) return false;
  if (!isOfType(value, form.types)) return false;
  if (form.anyOf.length + form.oneOf.length + form.nots.length + form.conditionals.length + form.opaque.length > 0)
    return null;
  if (form.values !== null && !form.values.has(canonicalJson(value))) return false;
  if (typeof value === "object" && value !== null) return saysOfContents(form) ? null : true;
  if (typeof value === "number") return allowsNumber(value, form);
  if (typeof value !== "string") return true;
  if (form.formats.length > 0 || form.contentEncoding !== null) return null;
  return allowsText(value, form);
}

/** The types that a list of values has, as schemas name them. */
export function typesOfValues(values: Iterable<Json>): Set<string> {
  return new Set([...values].map((value) => typeOfValue(value)));
}
