import { admits } from "../spec/index.ts";
import type { SchemaNode, SchemaReader } from "../spec/index.ts";
import { contextBelow } from "./pair-work.ts";
import type { PairWork } from "./pair-work.ts";

type Presence = "added" | "removed" | "changed";

/** What happened to a list of conditions that all have to hold; null where nothing did. */
function compareLists(before: readonly string[], after: readonly string[]): Presence | null {
  const added = after.some((item) => !before.includes(item));
  const removed = before.some((item) => !after.includes(item));
  if (added && removed) return "changed";
  return added ? "added" : removed ? "removed" : null;
}

function compareItems({ comparison, before, after, nodes, context, descend }: PairWork): void {
  if (!admits(before.types, "array") || !admits(after.types, "array")) return;
  const length = Math.max(before.prefixItems.length, after.prefixItems.length);
  const below = (reader: SchemaReader, node: SchemaNode | null, pointer: string): SchemaNode =>
    node ?? reader.node(true, pointer);
  for (let index = 0; index < length; index += 1) {
    descend(
      below(comparison.base, before.prefixItems[index] ?? before.items, nodes.before.pointer),
      below(comparison.revision, after.prefixItems[index] ?? after.items, nodes.after.pointer),
      contextBelow(context, `[${String(index)}]`),
    );
  }
  descend(before.items, after.items, contextBelow(context, "[]"));
}

function compareContains(work: PairWork): void {
  const { comparison, before, after, report } = work;
  const [from] = before.contains;
  const [to] = after.contains;
  const single = before.contains.length <= 1 && after.contains.length <= 1;
  if (single && from !== undefined && to !== undefined) {
    if (comparison.base.digest(from.node) !== comparison.revision.digest(to.node)) {
      report("contains-changed", null, null, { proof: "unknown" });
      return;
    }
    if (to.min !== from.min)
      report(to.min > from.min ? "min-contains-increased" : "min-contains-decreased", from.min, to.min);
    const most = { from: from.max ?? Infinity, to: to.max ?? Infinity };
    if (most.to !== most.from)
      report(most.to < most.from ? "max-contains-decreased" : "max-contains-increased", from.max, to.max);
    return;
  }
  const textOf = (reader: SchemaReader, list: typeof before.contains): readonly string[] =>
    list.map(({ node, min, max }) => `${String(min)} ${String(max)} ${reader.digest(node)}`);
  const presence = compareLists(textOf(comparison.base, before.contains), textOf(comparison.revision, after.contains));
  if (presence === "changed") report("contains-changed", null, null, { proof: "unknown" });
  else if (presence !== null) report(presence === "added" ? "contains-added" : "contains-removed", null, null);
}

function compareNots({ comparison, before, after, report }: PairWork): void {
  const presence = compareLists(
    before.nots.map((node) => comparison.base.digest(node)),
    after.nots.map((node) => comparison.revision.digest(node)),
  );
  if (presence === "changed") report("not-changed", null, null, { proof: "unknown" });
  else if (presence !== null) report(presence === "added" ? "not-added" : "not-removed", null, null);
}

function compareConditionals({ comparison, before, after, report }: PairWork): void {
  const textOf = (reader: SchemaReader, list: typeof before.conditionals): readonly string[] =>
    list.map((conditional) =>
      [conditional.if, conditional.then, conditional.else]
        .map((node) => (node === null ? "anything" : reader.digest(node)))
        .join(" "),
    );
  const presence = compareLists(
    textOf(comparison.base, before.conditionals),
    textOf(comparison.revision, after.conditionals),
  );
  if (presence === "changed") report("condition-changed", null, null, { proof: "unknown" });
  else if (presence !== null) report(presence === "added" ? "condition-added" : "condition-removed", null, null);
}

function compareUnevaluated({ comparison, before, after, report }: PairWork): void {
  for (const [key, added, removed] of [
    ["unevaluatedProperties", "unevaluated-properties-added", "unevaluated-properties-removed"],
    ["unevaluatedItems", "unevaluated-items-added", "unevaluated-items-removed"],
  ] as const) {
    const from = before[key];
    const to = after[key];
    if (from === null && to === null) continue;
    if (from === null) report(added, null, null);
    else if (to === null) report(removed, null, null);
    else if (comparison.base.digest(from) !== comparison.revision.digest(to))
      report("constraint-changed", key, key, { proof: "unknown" });
  }
}

function compareMarks({ before, after, report }: PairWork): void {
  if (before.deprecated !== after.deprecated)
    report(after.deprecated ? "deprecated" : "reactivated", before.deprecated, after.deprecated, { proof: "rule" });
  if (before.readOnly !== after.readOnly || before.writeOnly !== after.writeOnly)
    report("mutability-changed", [before.readOnly, before.writeOnly], [after.readOnly, after.writeOnly], {
      proof: "rule",
    });
  const presence = compareLists(before.opaque, after.opaque);
  if (presence !== null)
    report("constraint-changed", before.opaque.join(", "), after.opaque.join(", "), { proof: "unknown" });
}

/** Reports what changed of items, of conditions beyond properties, and of the marks that a schema carries. */
export function compareConditions(work: PairWork): void {
  compareItems(work);
  compareContains(work);
  compareNots(work);
  compareConditionals(work);
  compareUnevaluated(work);
  compareMarks(work);
}
