import { admits } from "../spec/index.ts";
import type { Contains, SchemaForm, SchemaNode } from "../spec/index.ts";
import type { Containment } from "./containment-question.ts";

function itemAt(form: SchemaForm, index: number): SchemaNode | null {
  return form.prefixItems[index] ?? form.items;
}

function areItemsWithin(question: Containment, left: SchemaForm, right: SchemaForm): boolean {
  const most = left.counts.get("maxItems") ?? Infinity;
  const listed = Math.max(left.prefixItems.length, right.prefixItems.length);
  for (let index = 0; index < Math.min(listed, most); index += 1)
    if (!question.inside(itemAt(left, index), itemAt(right, index))) return false;
  return most <= listed || question.inside(left.items, right.items);
}

function areContained(question: Containment, left: SchemaForm, { node, min, max }: Contains): boolean {
  const most = left.counts.get("maxItems") ?? Infinity;
  const least = left.counts.get("minItems") ?? 0;
  const isEvery = left.prefixItems.every((own) => question.inside(own, node)) && question.inside(left.items, node);
  const isEnough =
    min === 0 ||
    (isEvery && least >= min) ||
    left.contains.some((own) => own.min >= min && question.inside(own.node, node));
  // For no more than so many, the same question is asked the other way round: only of the very same schema is it known.
  const isFew =
    max === null ||
    most <= max ||
    left.contains.some(
      (own) => own.max !== null && own.max <= max && question.left.digest(own.node) === question.right.digest(node),
    );
  return isEnough && isFew;
}

/** Whether lists that the left side takes are lists that the right side takes. */
export function containsArrays(question: Containment, left: SchemaForm, right: SchemaForm): boolean {
  if (!admits(left.types, "array")) return true;
  if (right.unevaluatedItems !== null) return false;
  const most = left.counts.get("maxItems") ?? Infinity;
  return (
    (left.counts.get("minItems") ?? 0) >= (right.counts.get("minItems") ?? 0) &&
    most <= (right.counts.get("maxItems") ?? Infinity) &&
    (!right.uniqueItems || left.uniqueItems || most <= 1) &&
    areItemsWithin(question, left, right) &&
    right.contains.every((own) => areContained(question, left, own))
  );
}
