import type { Json } from "../model/index.ts";
import { admits, allowsValue } from "../spec/index.ts";
import type { SchemaForm, SchemaNode, SchemaReader } from "../spec/index.ts";

/** All values of a form, where they are few; null where they are not, or not known. */
export function valuesOf(form: SchemaForm): readonly Json[] | null {
  if (form.values !== null) return [...form.values.values()].filter((value) => allowsValue(form, value) !== false);
  const finite: readonly Json[] = [...(form.types ?? ["string"])].flatMap((type): readonly Json[] =>
    type === "null" ? [null] : type === "boolean" ? [true, false] : ["?"],
  );
  return finite.includes("?") ? null : finite;
}

/** Whether no value can be of both: by types, by values, or by a required property of both that is never the same. */
function areDisjoint(reader: SchemaReader, one: SchemaNode, other: SchemaNode, depth = 0): boolean {
  const [left, right] = [reader.form(one), reader.form(other)];
  if (left.impossible || right.impossible) return true;
  const values = valuesOf(left);
  if (values !== null && values.every((value) => allowsValue(right, value) === false)) return true;
  const otherValues = valuesOf(right);
  if (otherValues !== null && otherValues.every((value) => allowsValue(left, value) === false)) return true;
  if (left.types === null || right.types === null || depth > 3) return false;
  const shared = [...left.types].filter((type) =>
    type === "integer" || type === "number" ? admits(right.types, "integer", "number") : right.types?.has(type),
  );
  if (shared.length === 0) return true;
  if (shared.length > 1 || shared[0] !== "object") return false;
  return [...left.required].some((name) => {
    const [mine, yours] = [left.properties.get(name), right.properties.get(name)];
    return (
      right.required.has(name) &&
      mine !== undefined &&
      yours !== undefined &&
      areDisjoint(reader, mine, yours, depth + 1)
    );
  });
}

/** More alternatives are not held against each other, for each pair costs. */
const branchesMax = 60;

/** Whether no value can be of two of them. */
export function isOneOnly(reader: SchemaReader, nodes: readonly SchemaNode[]): boolean {
  return (
    nodes.length <= branchesMax &&
    nodes.every((one, at) => nodes.slice(at + 1).every((other) => areDisjoint(reader, one, other)))
  );
}
