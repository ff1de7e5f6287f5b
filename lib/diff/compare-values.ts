import type { Json } from "../model/index.ts";
import { allowsValue, canonicalJson } from "../spec/index.ts";
import type { SchemaForm } from "../spec/index.ts";
import type { SchemaPlace } from "./finding.ts";
import type { PairWork } from "./pair-work.ts";

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
  if (say(before.types) === say(after.types)) return true;
  // The types of enumerations are those of their values, which are compared by themselves.
  if (before.values !== null && after.values !== null) return true;
  const onWire = isWire(context.place);
  const left = new Set<string>(before.types ?? everyType);
  const right = new Set<string>(after.types ?? everyType);
  const nullBefore = left.delete("null");
  const nullAfter = right.delete("null");
  if (left.size === 0 || right.size === 0) {
    // Where null is all that there is, it is a type like any other.
    if (nullBefore) left.add("null");
    if (nullAfter) right.add("null");
  } else if (!onWire && nullBefore !== nullAfter && before.types !== null && after.types !== null)
    report(nullAfter ? "became-nullable" : "became-not-nullable", say(before.types), say(after.types));
  const grows = after.types === null || (before.types !== null && isWithin(left, right, onWire));
  const shrinks = before.types === null || (after.types !== null && isWithin(right, left, onWire));
  if (grows && shrinks) {
    if (onWire) report("type-wire-equal", say(before.types), say(after.types));
    return true;
  }
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

/** Values by the text that tells them apart: as JSON, or as they are written on the wire. */
function byText(values: ReadonlyMap<string, Json>, onWire: boolean): ReadonlyMap<string, Json> {
  if (!onWire) return values;
  return new Map([...values].map(([text, value]) => [typeof value === "string" ? value : text, value]));
}

/** An enumeration against a schema without one: whether every value is one that the schema takes. */
function relation(values: ReadonlyMap<string, Json>, other: SchemaForm): "within" | "outside" | "unknown" {
  const answers = [...values.values()].map((value) => allowsValue(other, value));
  if (answers.includes(false)) return "outside";
  return answers.includes(null) ? "unknown" : "within";
}

/**
 * Reports values of an enumeration that came and went: one finding for all that came, one for all that went. False where one side
 * is an enumeration and the other is not: then all is said.
 */
export function compareValues(work: PairWork): boolean {
  const { before, after, context, report } = work;
  if (before.values === null && after.values === null) return true;
  const onWire = isWire(context.place);
  const isResponse = context.place.startsWith("response");
  const isOpen = isResponse && (before.extensibleEnum || after.extensibleEnum);
  const open = isOpen ? ({ level: "risky", proof: "rule" } as const) : {};
  if (before.values === null || after.values === null) {
    const values = before.values ?? after.values ?? new Map<string, Json>();
    const said = list([...values.values()]);
    const [from, to] = before.values === null ? [null, said] : [said, null];
    switch (relation(values, before.values === null ? before : after)) {
      case "within":
        report(
          before.values === null ? "became-enum" : "became-not-enum",
          from,
          to,
          before.values === null ? {} : open,
        );
        break;
      case "outside":
        report("enum-replaced", from, to);
        break;
      case "unknown":
        report("enum-replaced", from, to, { level: "risky", proof: "unknown" });
    }
    return false;
  }
  const left = byText(before.values, onWire);
  const right = byText(after.values, onWire);
  const nullChanged = !onWire && left.has("null") !== right.has("null");
  if (nullChanged)
    report(right.has("null") ? "became-nullable" : "became-not-nullable", !right.has("null"), right.has("null"));
  const differs = (of: ReadonlyMap<string, Json>, other: ReadonlyMap<string, Json>): Json[] =>
    [...of].filter(([text]) => text !== "null" && !other.has(text)).map(([, value]) => value);
  const removed = differs(left, right);
  const added = differs(right, left);
  if (removed.length > 0) report("enum-value-removed", list(removed), null);
  if (added.length > 0) report("enum-value-added", null, list(added), open);
  if (removed.length + added.length === 0 && onWire && say(before.types) !== say(after.types))
    report("type-wire-equal", say(before.types), say(after.types));
  if (before.extensibleEnum !== after.extensibleEnum)
    report(after.extensibleEnum ? "enum-opened" : "enum-closed", before.extensibleEnum, after.extensibleEnum, {
      proof: "rule",
    });
  return true;
}

/** Reports defaults that came, went or changed. */
export function compareDefaults({ before, after, report }: PairWork): void {
  const from = before.defaultValue;
  const to = after.defaultValue;
  if (from === undefined && to === undefined) return;
  if (from === undefined) report("default-value-added", null, to ?? null, { proof: "rule" });
  else if (to === undefined) report("default-value-removed", from, null, { proof: "rule" });
  else if (canonicalJson(from) !== canonicalJson(to)) report("default-value-changed", from, to, { proof: "rule" });
}
