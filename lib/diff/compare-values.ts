import type { Json } from "../model/index.ts";
import type { PairWork } from "./compare-schemas.ts";
import type { SchemaPlace } from "./finding.ts";

const everyType = ["array", "boolean", "null", "number", "object", "string"] as const;

/** On the wire a parameter is text: numbers and booleans are within text, and null says nothing of its own (DIFF §7a). */
function isWire(place: SchemaPlace): boolean {
  return place === "request-parameter" || place === "response-header";
}

function contains(outer: ReadonlySet<string>, type: string, onWire: boolean): boolean {
  if (outer.has(type)) return true;
  if (type === "integer" && outer.has("number")) return true;
  return onWire && outer.has("string") && ["integer", "number", "boolean"].includes(type);
}

function isWithin(inner: ReadonlySet<string>, outer: ReadonlySet<string>, onWire: boolean): boolean {
  return [...inner].every((type) => contains(outer, type, onWire));
}

function say(types: ReadonlySet<string> | null): Json {
  return types === null ? "any" : [...types].sort().join(" or ");
}

/** Reports changed types; false where they have nothing in common, so that looking further would only make noise. */
export function compareTypes(work: PairWork): boolean {
  const { before, after, context, report } = work;
  if (before.types === null && after.types === null) return true;
  const onWire = isWire(context.place);
  const left = new Set<string>(before.types ?? everyType);
  const right = new Set<string>(after.types ?? everyType);
  const nullBefore = left.delete("null");
  const nullAfter = right.delete("null");
  if (!onWire && nullBefore !== nullAfter && before.types !== null && after.types !== null) {
    report(nullAfter ? "became-nullable" : "became-not-nullable", say(before.types), say(after.types));
  }
  const grows = isWithin(left, right, onWire);
  const shrinks = isWithin(right, left, onWire);
  if (grows && shrinks) return true;
  if (grows) report("type-generalized", say(before.types), say(after.types));
  else if (shrinks) report("type-specialized", say(before.types), say(after.types));
  else report("type-changed", say(before.types), say(after.types));
  return (
    [...left].some((type) => contains(right, type, false)) || [...right].some((type) => contains(left, type, false))
  );
}

function list(values: readonly Json[]): Json {
  return values.length === 1 ? (values[0] ?? null) : values;
}

/** Reports values of an enumeration that came and went: one finding for all that came, one for all that went. */
export function compareValues(work: PairWork): void {
  const { before, after, context, report } = work;
  const left = before.values;
  const right = after.values;
  if (left === null && right === null) return;
  const isResponse = context.place.startsWith("response");
  const open =
    isResponse && (before.extensibleEnum || after.extensibleEnum) ? ({ level: "risky", proof: "rule" } as const) : {};
  if (left === null) {
    report("became-enum", null, [...(right?.values() ?? [])]);
    return;
  }
  if (right === null) {
    report("became-not-enum", [...left.values()], null, open);
    return;
  }
  // Null came or went with the types already.
  const differs = (of: ReadonlyMap<string, Json>, other: ReadonlyMap<string, Json>): Json[] =>
    [...of].filter(([text]) => text !== "null" && !other.has(text)).map(([, value]) => value);
  const removed = differs(left, right);
  const added = differs(right, left);
  if (removed.length > 0) report("enum-value-removed", list(removed), null);
  if (added.length > 0) report("enum-value-added", null, list(added), open);
}
