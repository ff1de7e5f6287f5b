import type { Json } from "../model/index.ts";
import type { Comparison } from "./comparison.ts";
import { emptyPair, pairsMax, schemaFinding } from "./comparison.ts";
import { compareBounds } from "./compare-bounds.ts";
import { compareObjects } from "./compare-objects.ts";
import { comparePlainWithUnion, compareUnions } from "./compare-unions.ts";
import { compareTypes, compareValues } from "./compare-values.ts";
import type { Finding, PairNode, SchemaPlace } from "./finding.ts";
import { flattenSchema } from "./flatten-schema.ts";
import type { FlatSchema, SchemaNode } from "./flatten-schema.ts";
import type { SchemaEdit } from "./rules.ts";

/** Where a pair stands: its place in the operation, and the name that people know it by. */
export type PairContext = {
  readonly place: SchemaPlace;
  /** "`customer.age`", "the request body". */
  readonly subject: string;
  /** Names of properties from the nearest root, for the subjects of what is below. */
  readonly name: string;
};

/** What the comparators of one pair share. */
export type PairWork = {
  readonly comparison: Comparison;
  readonly before: FlatSchema;
  readonly after: FlatSchema;
  readonly context: PairContext;
  /** As they stand, before they were flattened. */
  readonly nodes: { readonly before: SchemaNode; readonly after: SchemaNode };
  readonly report: (
    edit: SchemaEdit,
    before: Json,
    after: Json,
    extra?: { readonly level?: Finding["level"]; readonly proof?: Finding["proof"] },
  ) => void;
  readonly add: (finding: Finding) => void;
  /** Compares two schemas below this pair. */
  readonly descend: (before: SchemaNode, after: SchemaNode, context: PairContext) => void;
};

function compareTexts(work: PairWork): void {
  const { before, after, report } = work;
  const left = [...before.patterns].sort().join("\n");
  const right = [...after.patterns].sort().join("\n");
  if (left !== right) {
    if (left === "") report("pattern-added", null, right);
    else if (right === "") report("pattern-removed", left, null);
    else report("pattern-changed", left, right, { proof: "unknown" });
  }
  if (before.format !== after.format) compareFormats(work);
  if (before.contentEncoding !== after.contentEncoding)
    report("content-encoding-changed", before.contentEncoding, after.contentEncoding);
  if (before.contentMediaType !== after.contentMediaType)
    report("content-media-type-changed", before.contentMediaType, after.contentMediaType);
}

const widerFormat: Readonly<Record<string, string>> = { int32: "int64", float: "double" };

function compareFormats({ before, after, report }: PairWork): void {
  const from = before.format;
  const to = after.format;
  if (from !== null && widerFormat[from] === to) report("format-widened", from, to);
  else if (to !== null && widerFormat[to] === from) report("format-narrowed", from, to);
  else report("format-changed", from, to, { proof: "unknown" });
}

function compareDefaults({ before, after, report, comparison }: PairWork): void {
  const from = before.defaultValue;
  const to = after.defaultValue;
  if (from === undefined && to === undefined) return;
  if (from === undefined) report("default-value-added", null, to ?? null, { proof: "rule" });
  else if (to === undefined) report("default-value-removed", from, null, { proof: "rule" });
  else if (comparison.base.hasher.hashValue(from) !== comparison.revision.hasher.hashValue(to))
    report("default-value-changed", from, to, { proof: "rule" });
}

function compareOthers({ before, after, report }: PairWork): void {
  for (const key of [...new Set([...before.others.keys(), ...after.others.keys()])].sort()) {
    const from = before.others.get(key);
    const to = after.others.get(key);
    if (from === to) continue;
    if (from === undefined) report("constraint-added", null, key);
    else if (to === undefined) report("constraint-removed", key, null);
    else report("constraint-changed", key, key, { proof: "unknown" });
  }
}

function compareItems({ before, after, context, descend }: PairWork): void {
  if (before.items === null && after.items === null) return;
  const anything: SchemaNode = { schema: true, pointer: "" };
  descend(
    before.items ?? { ...anything, pointer: before.pointer },
    after.items ?? { ...anything, pointer: after.pointer },
    {
      place: context.place.endsWith("-body")
        ? context.place === "request-body"
          ? "request-property"
          : "response-property"
        : context.place,
      name: `${context.name}[]`,
      subject: `\`${context.name}[]\``,
    },
  );
}

function compareFlat(work: PairWork): void {
  const { before, after, report } = work;
  if (before.impossible !== after.impossible) {
    report(after.impossible ? "became-impossible" : "became-possible", !before.impossible, !after.impossible);
    return;
  }
  if (before.impossible || comparePlainWithUnion(work)) return;
  if (!compareTypes(work)) return;
  compareValues(work);
  compareBounds(work);
  compareTexts(work);
  compareDefaults(work);
  compareObjects(work);
  compareItems(work);
  compareUnions(work);
  compareOthers(work);
}

/**
 * Compares two schemas in one place. Equal ones by digest cost nothing; a pair that is being compared or was compared is
 * shared, so that recursion ends and a component is judged once for each place.
 */
export function compareSchemas(
  comparison: Comparison,
  before: SchemaNode,
  after: SchemaNode,
  context: PairContext,
): PairNode | null {
  const from = comparison.base.hasher.hash(before.schema);
  const to = comparison.revision.hasher.hash(after.schema);
  if (from === to) return null;
  const left = flattenSchema(comparison.base, before);
  const right = flattenSchema(comparison.revision, after);
  // A component is known by its own place, whoever refers to it.
  const key = [context.place, left.pointer, from, right.pointer, to].join(" ");
  const known = comparison.pairs.get(key);
  if (known !== undefined) return known;
  const pair = emptyPair();
  comparison.pairs.set(key, pair);
  const pointers = { pointerBefore: left.pointer, pointerAfter: right.pointer };
  if (comparison.pairs.size > pairsMax) {
    pair.findings.push(
      schemaFinding(context.place, "comparison-given-up", { ...pointers, subject: context.subject, proof: "unknown" }),
    );
    return pair;
  }
  compareFlat({
    comparison,
    before: left,
    after: right,
    context,
    nodes: { before, after },
    report(edit, beforeValue, afterValue, extra = {}) {
      pair.findings.push(
        schemaFinding(context.place, edit, {
          ...pointers,
          ...extra,
          subject: context.subject,
          before: beforeValue,
          after: afterValue,
        }),
      );
    },
    add(finding) {
      pair.findings.push(finding);
    },
    descend(childBefore, childAfter, childContext) {
      const child = compareSchemas(comparison, childBefore, childAfter, childContext);
      if (child !== null) pair.children.add(child);
    },
  });
  return pair;
}
