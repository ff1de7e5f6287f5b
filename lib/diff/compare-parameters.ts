import { canonicalJson, serialisationOf } from "../spec/index.ts";
import type { OperationForm, ParameterForm } from "../spec/index.ts";
import { compareContent } from "./compare-content.ts";
import { compareSchemaAt } from "./operation-work.ts";
import type { OperationWork, SchemaSpot } from "./operation-work.ts";

function say(parameter: ParameterForm): string {
  return `the ${parameter.in} parameter \`${parameter.name}\``;
}

function compareParameter(work: OperationWork, before: ParameterForm, after: ParameterForm): void {
  const at = { subject: say(after), before, after };
  const spot: SchemaSpot = { place: "request-parameter", subject: at.subject, name: after.name };
  if (before.required !== after.required)
    work.report(after.required ? "request-parameter-became-required" : "request-parameter-became-optional", "request", {
      ...at,
      from: before.required,
      to: after.required,
    });
  const wasDeprecated = before.value["deprecated"] === true;
  if (wasDeprecated !== (after.value["deprecated"] === true))
    work.report(wasDeprecated ? "request-parameter-reactivated" : "request-parameter-deprecated", "request", at);
  const hadContent = before.value["content"] !== undefined;
  if (hadContent !== (after.value["content"] !== undefined)) {
    work.report("request-parameter-schema-to-content", "request", at);
    return;
  }
  if (hadContent) {
    compareContent(work, before, after, spot);
    return;
  }
  const from = serialisationOf(before);
  const to = serialisationOf(after);
  if (canonicalJson([...from]) !== canonicalJson([...to]))
    work.report("request-parameter-serialization-changed", "request", {
      ...at,
      from: [...from],
      to: [...to],
    });
  compareSchemaAt(work, before, after, spot);
}

/** Compares parameters, paired by place and name; those of a path by their position. */
export function compareParameters(work: OperationWork, before: OperationForm, after: OperationForm): void {
  const left = new Map(before.parameters.map((parameter) => [parameter.key, parameter]));
  const right = new Map(after.parameters.map((parameter) => [parameter.key, parameter]));
  const moved = new Set<string>();
  for (const [key, parameter] of left) {
    const same = right.get(key);
    if (same !== undefined) {
      compareParameter(work, parameter, same);
      continue;
    }
    const elsewhere = [...right].find(([other, { name }]) => name === parameter.name && !left.has(other));
    const at = { subject: say(parameter), before: parameter, after: elsewhere?.[1] ?? null };
    if (elsewhere === undefined) {
      work.report("request-parameter-removed", "request", { ...at, from: parameter.name });
      continue;
    }
    moved.add(elsewhere[0]);
    const needed = parameter.required || elsewhere[1].required;
    work.report(needed ? "request-parameter-moved" : "request-optional-parameter-moved", "request", {
      ...at,
      from: parameter.in,
      to: elsewhere[1].in,
    });
  }
  for (const [key, parameter] of right) {
    if (left.has(key) || moved.has(key)) continue;
    work.report(parameter.required ? "new-required-request-parameter" : "new-optional-request-parameter", "request", {
      subject: say(parameter),
      after: parameter,
      to: parameter.name,
    });
  }
}
