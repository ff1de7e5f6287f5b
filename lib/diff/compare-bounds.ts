import { admits } from "../spec/index.ts";
import type { CountKeyword, Limit } from "../spec/index.ts";
import type { PairWork } from "./pair-work.ts";
import type { SchemaEdit } from "./rules.ts";

function say(limit: Limit | null, kind: "min" | "max"): string | number | null {
  if (limit === null) return null;
  return limit.exclusive ? `${kind === "min" ? "more than" : "less than"} ${String(limit.value)}` : limit.value;
}

function compareNumbers({ before, after, report }: PairWork): void {
  if (!admits(before.types, "number", "integer") || !admits(after.types, "number", "integer")) return;
  const low = { from: before.lower, to: after.lower };
  if (low.from === null && low.to !== null) report("min-set", null, say(low.to, "min"));
  else if (low.from !== null && low.to === null) report("min-unset", say(low.from, "min"), null);
  else if (low.from !== null && low.to !== null) {
    const grows =
      low.to.value > low.from.value || (low.to.value === low.from.value && low.to.exclusive && !low.from.exclusive);
    const shrinks =
      low.to.value < low.from.value || (low.to.value === low.from.value && !low.to.exclusive && low.from.exclusive);
    if (grows) report("min-increased", say(low.from, "min"), say(low.to, "min"));
    if (shrinks) report("min-decreased", say(low.from, "min"), say(low.to, "min"));
  }
  const high = { from: before.upper, to: after.upper };
  if (high.from === null && high.to !== null) report("max-set", null, say(high.to, "max"));
  else if (high.from !== null && high.to === null) report("max-unset", say(high.from, "max"), null);
  else if (high.from !== null && high.to !== null) {
    const shrinks =
      high.to.value < high.from.value ||
      (high.to.value === high.from.value && high.to.exclusive && !high.from.exclusive);
    const grows =
      high.to.value > high.from.value ||
      (high.to.value === high.from.value && !high.to.exclusive && high.from.exclusive);
    if (shrinks) report("max-decreased", say(high.from, "max"), say(high.to, "max"));
    if (grows) report("max-increased", say(high.from, "max"), say(high.to, "max"));
  }
  compareMultiples({ from: before.multipleOf, to: after.multipleOf }, report);
}

function compareMultiples({ from, to }: { from: number | null; to: number | null }, report: PairWork["report"]): void {
  if (from === to) return;
  if (from === null) report("multiple-of-set", null, to);
  else if (to === null) report("multiple-of-unset", from, null);
  else if (Number.isInteger(from / to)) report("multiple-of-generalized", from, to);
  else if (Number.isInteger(to / from)) report("multiple-of-specialized", from, to);
  else report("multiple-of-changed", from, to);
}

type CountRule = {
  readonly type: string;
  readonly min: CountKeyword;
  readonly max: CountKeyword;
  readonly minEdits: readonly [increased: SchemaEdit, decreased: SchemaEdit];
  readonly maxEdits: readonly [decreased: SchemaEdit, increased: SchemaEdit, set: SchemaEdit, unset: SchemaEdit];
};

const counts: readonly CountRule[] = [
  {
    type: "string",
    min: "minLength",
    max: "maxLength",
    minEdits: ["min-length-increased", "min-length-decreased"],
    maxEdits: ["max-length-decreased", "max-length-increased", "max-length-set", "max-length-unset"],
  },
  {
    type: "array",
    min: "minItems",
    max: "maxItems",
    minEdits: ["min-items-increased", "min-items-decreased"],
    maxEdits: ["max-items-decreased", "max-items-increased", "max-items-set", "max-items-unset"],
  },
  {
    type: "object",
    min: "minProperties",
    max: "maxProperties",
    minEdits: ["min-properties-increased", "min-properties-decreased"],
    maxEdits: ["max-properties-decreased", "max-properties-increased", "max-properties-set", "max-properties-unset"],
  },
];

function compareCounts({ before, after, report }: PairWork, rule: CountRule): void {
  if (!admits(before.types, rule.type) || !admits(after.types, rule.type)) return;
  const low = { from: before.counts.get(rule.min) ?? 0, to: after.counts.get(rule.min) ?? 0 };
  if (low.to !== low.from) report(rule.minEdits[low.to > low.from ? 0 : 1], low.from, low.to);
  const from = before.counts.get(rule.max);
  const to = after.counts.get(rule.max);
  if (from === to) return;
  if (from === undefined) report(rule.maxEdits[2], null, to ?? null);
  else if (to === undefined) report(rule.maxEdits[3], from, null);
  else report(rule.maxEdits[to < from ? 0 : 1], from, to);
}

/** Reports moved bounds, where the keyword can apply at all. */
export function compareBounds(work: PairWork): void {
  compareNumbers(work);
  for (const rule of counts) compareCounts(work, rule);
  if (
    work.before.uniqueItems !== work.after.uniqueItems &&
    admits(work.before.types, "array") &&
    admits(work.after.types, "array")
  ) {
    work.report(
      work.after.uniqueItems ? "unique-items-set" : "unique-items-unset",
      work.before.uniqueItems,
      work.after.uniqueItems,
    );
  }
}
