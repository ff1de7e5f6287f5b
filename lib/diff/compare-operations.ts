import type { OperationForm } from "../spec/index.ts";
import { readBasePaths, textOf } from "../spec/index.ts";
import { compareContent } from "./compare-content.ts";
import { compareParameters } from "./compare-parameters.ts";
import { compareResponses } from "./compare-responses.ts";
import { compareSecurity } from "./compare-security.ts";
import { emptyPair } from "./comparison.ts";
import type { Comparison } from "./comparison.ts";
import type { PairNode } from "./finding.ts";
import { createOperationWork } from "./operation-work.ts";
import type { OperationWork } from "./operation-work.ts";

function compareBodies(work: OperationWork, before: OperationForm, after: OperationForm): void {
  const left = before.body;
  const right = after.body;
  const at = { subject: "the request body", before: left, after: right };
  if (left === null && right === null) return;
  if (left === null) {
    const required = right?.value["required"] === true;
    work.report(required ? "request-body-added-required" : "request-body-added-optional", "request", at);
    return;
  }
  if (right === null) {
    work.report("request-body-removed", "request", at);
    return;
  }
  const was = left.value["required"] === true;
  if (was !== (right.value["required"] === true))
    work.report(was ? "request-body-became-optional" : "request-body-became-required", "request", at);
  compareContent(work, left, right, { place: "request-body", subject: at.subject, name: "" });
}

function compareSunset(work: OperationWork, before: OperationForm, after: OperationForm): void {
  const at = { subject: "the operation", before, after };
  const was = before.value["deprecated"] === true;
  const is = after.value["deprecated"] === true;
  const from = textOf(before.value["x-sunset"]);
  const to = textOf(after.value["x-sunset"]);
  if (!was && is)
    work.report(to === null ? "endpoint-deprecated" : "endpoint-deprecated-with-sunset", "none", { ...at, to });
  else if (was && !is) work.report("endpoint-reactivated", "none", at);
  else if (from !== null && to === null) work.report("sunset-deleted", "none", { ...at, from });
  else if (from === null && to !== null) work.report("sunset-added", "none", { ...at, to });
  else if (from !== null && to !== null && from !== to) {
    // A date that cannot be read may be any date: the later word counts as the earlier day.
    const isLater = Date.parse(to) > Date.parse(from);
    work.report(isLater ? "sunset-moved-later" : "sunset-moved-earlier", "none", { ...at, from, to });
  }
}

function compareIdentity(work: OperationWork, before: OperationForm, after: OperationForm): void {
  const at = { subject: "the operation", before, after };
  const from = textOf(before.value["operationId"]);
  const to = textOf(after.value["operationId"]);
  if (from !== to)
    work.report(from === null ? "api-operation-id-added" : "api-operation-id-removed", "none", { ...at, from, to });
  if (before.basePaths === null && after.basePaths === null) return;
  const left = before.basePaths ?? readBasePaths(work.comparison.base.document["servers"]);
  const right = after.basePaths ?? readBasePaths(work.comparison.revision.document["servers"]);
  if (left.join("\n") === right.join("\n")) return;
  const kept = left.every((path) => right.includes(path));
  work.report(kept ? "base-path-added" : "base-path-changed", "none", { ...at, from: [...left], to: [...right] });
}

function compareCallbacks(work: OperationWork, before: OperationForm, after: OperationForm): void {
  for (const [key, callback] of before.callbacks) {
    const same = after.callbacks.get(key);
    if (same !== undefined) work.pair.children.add(compareOperations(work.comparison, callback, same, !work.inverted));
    else work.report("callback-removed", "response", { subject: `the callback \`${key}\``, before: callback, after });
  }
  for (const [key, callback] of after.callbacks) {
    if (!before.callbacks.has(key))
      work.report("callback-added", "response", { subject: `the callback \`${key}\``, before, after: callback });
  }
}

/** Compares two forms of one operation; everything that it finds hangs on the returned pair. */
export function compareOperations(
  comparison: Comparison,
  before: OperationForm,
  after: OperationForm,
  inverted: boolean,
): PairNode {
  const work = createOperationWork(comparison, emptyPair(), inverted);
  compareSunset(work, before, after);
  compareIdentity(work, before, after);
  compareSecurity(work, before, after);
  compareParameters(work, before, after);
  compareBodies(work, before, after);
  compareResponses(work, before, after);
  compareCallbacks(work, before, after);
  return work.pair;
}
