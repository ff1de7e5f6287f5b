import type { SchemaForm, SchemaNode } from "../spec/index.ts";
import { compareBounds } from "./compare-bounds.ts";
import { compareConditions } from "./compare-conditions.ts";
import { compareObjects } from "./compare-objects.ts";
import { compareTexts } from "./compare-texts.ts";
import { compareDiscriminators, comparePlainWithUnion, compareUnions } from "./compare-unions.ts";
import { compareDefaults, compareTypes, compareValues } from "./compare-values.ts";
import { emptyPair, pairsMax, schemaFinding } from "./comparison.ts";
import { isProvedWithin } from "./containment.ts";
import type { Comparison } from "./comparison.ts";
import { findWitness } from "./find-witness.ts";
import type { Finding, PairNode } from "./finding.ts";
import type { PairContext, PairWork } from "./pair-work.ts";
import { schemaRules } from "./rules.ts";
import type { SchemaEdit } from "./rules.ts";

/** Whether a form says nothing at all: next to it, the change of type says everything. */
function takesAnything(form: SchemaForm): boolean {
  return (
    form.types === null &&
    form.values === null &&
    form.properties.size + form.required.size + form.patternProperties.size + form.opaque.length === 0 &&
    form.anyOf.length + form.oneOf.length + form.nots.length + form.conditionals.length === 0 &&
    form.additional === null &&
    form.items === null &&
    form.prefixItems.length === 0
  );
}

function compareForms(work: PairWork): void {
  const { before, after, report } = work;
  if (before.impossible !== after.impossible) {
    report(after.impossible ? "became-impossible" : "became-possible", !before.impossible, !after.impossible);
    return;
  }
  if (before.impossible || comparePlainWithUnion(work)) return;
  const goesOn = compareTypes(work);
  compareDefaults(work);
  compareDiscriminators(work);
  if (!goesOn || (before.types !== after.types && (takesAnything(before) || takesAnything(after)))) return;
  if (!compareValues(work)) return;
  compareBounds(work);
  compareTexts(work);
  compareObjects(work);
  compareUnions(work);
  compareConditions(work);
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
  const { base, revision, pairs } = comparison;
  if (base.digest(before) === revision.digest(after)) return null;
  const key = `${context.place} ${before.id} ${after.id}`;
  const known = pairs.get(key);
  if (known !== undefined) return known;
  const pair = emptyPair();
  pairs.set(key, pair);
  const details = { pointerBefore: before.pointer, pointerAfter: after.pointer, subject: context.subject };
  if (pairs.size > pairsMax) {
    pair.findings.push(schemaFinding(context.place, "comparison-given-up", { ...details, proof: "unknown" }));
    return pair;
  }
  pair.unknown = schemaFinding(context.place, "changed-unknown", { ...details, proof: "unknown" });
  comparison.waiting.push(() => {
    comparePair(comparison, pair, before, after, context);
  });
  return pair;
}

/** Edits that are judged by a convention, or by what is not of the values: containment says nothing of them. */
const conventional: ReadonlySet<string> = new Set<SchemaEdit>([
  "comparison-given-up",
  "constraint-changed",
  "content-encoding-changed",
  "content-media-type-changed",
  "default-value-added",
  "default-value-changed",
  "default-value-removed",
  "deprecated",
  "discriminator-added",
  "discriminator-mapping-added",
  "discriminator-mapping-changed",
  "discriminator-mapping-deleted",
  "discriminator-property-name-changed",
  "discriminator-removed",
  "enum-closed",
  "enum-opened",
  "hidden-changed",
  "mutability-changed",
  "property-renamed",
  "reactivated",
  "required-property-renamed",
]);

/**
 * What rules call a break by the keyword that changed is none where all values of the one side are values of the other all the same:
 * a bound that an enumeration implies, an alternative that another one covers. One proof clears all that it is a proof of.
 */
function clearProved(
  comparison: Comparison,
  pair: PairNode,
  before: SchemaNode,
  after: SchemaNode,
  isRequest: boolean,
): void {
  const isDoubtful = ({ edit, level }: Finding): boolean =>
    (level === "breaking" || level === "risky") && edit in schemaRules && !conventional.has(edit);
  if (!pair.findings.some(isDoubtful)) return;
  const { base, revision, proofs } = comparison;
  const isProved = isRequest
    ? isProvedWithin(base, before, revision, after, true, proofs)
    : isProvedWithin(revision, after, base, before, false, proofs);
  if (!isProved) return;
  for (const [at, finding] of pair.findings.entries()) {
    if (!isDoubtful(finding)) continue;
    const { witness: _, ...rest } = finding;
    pair.findings[at] = { ...rest, level: "safe", proof: "contained" };
  }
}

function comparePair(
  comparison: Comparison,
  pair: PairNode,
  before: SchemaNode,
  after: SchemaNode,
  context: PairContext,
): void {
  const { base, revision } = comparison;
  const pointers = { pointerBefore: before.pointer, pointerAfter: after.pointer };
  compareForms({
    comparison,
    before: base.form(before),
    after: revision.form(after),
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
      const child = compareSchemas(
        comparison,
        childBefore ?? base.node(true, before.pointer),
        childAfter ?? revision.node(true, after.pointer),
        childContext,
      );
      if (child !== null) pair.children.add(child);
    },
  });
  // What a schema says by itself differs, and no rule named it: it is said to be unknown, never left out.
  if (pair.findings.length === 0 && base.own(before) !== revision.own(after) && pair.unknown !== null)
    pair.findings.push(pair.unknown);
  const isRequest = context.place.startsWith("request");
  clearProved(comparison, pair, before, after, isRequest);
  const [takes, refuses] = isRequest
    ? [base.form(before), revision.form(after)]
    : [revision.form(after), base.form(before)];
  for (const [at, finding] of pair.findings.entries()) {
    if (finding.level !== "breaking" || finding.witness !== undefined) continue;
    const witness = findWitness(finding.edit, takes, refuses);
    if (witness !== undefined) pair.findings[at] = { ...finding, witness, proof: "witness" };
  }
}
