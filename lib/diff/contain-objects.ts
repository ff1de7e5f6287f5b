import { admits, allowsValue, matchesPattern } from "../spec/index.ts";
import type { SchemaForm, SchemaNode, SchemaReader } from "../spec/index.ts";
import { isHidden } from "./containment-question.ts";
import type { Containment } from "./containment-question.ts";

/** The names that must be there, of those that travel, with what follows from them. */
function requiredOf(question: Containment, reader: SchemaReader, form: SchemaForm): ReadonlySet<string> {
  const travels = (name: string): boolean => {
    const node = form.properties.get(name);
    return node === undefined || !isHidden(question, reader.form(node));
  };
  const names = new Set([...form.required].filter(travels));
  // A set grows while it is walked: what a name asks for may ask for more.
  for (const name of names)
    for (const other of form.dependentRequired.get(name) ?? []) if (travels(other)) names.add(other);
  return names;
}

/** Everything that the left side says of a property of this name: all of it holds, so one that is enough is enough. */
function nodesNamed(form: SchemaForm, name: string): readonly (SchemaNode | null)[] {
  const matching = [...form.patternProperties].filter(([pattern]) => matchesPattern(pattern, name) === true);
  const own = form.properties.get(name);
  const nodes = [...(own === undefined ? [] : [own]), ...matching.map(([, node]) => node)];
  if (nodes.length > 0) return nodes;
  // Of a pattern that is none nobody knows whether it takes the name from the rest.
  return [...form.patternProperties.keys()].some((pattern) => matchesPattern(pattern, name) === null)
    ? [null]
    : [form.additional];
}

function isClosed(reader: SchemaReader, form: SchemaForm): boolean {
  return form.additional !== null && reader.form(form.additional).impossible && form.patternProperties.size === 0;
}

function arePropertiesWithin(question: Containment, left: SchemaForm, right: SchemaForm): boolean {
  return [...right.properties].every(
    ([name, node]) =>
      isHidden(question, question.right.form(node)) ||
      nodesNamed(left, name).some(
        (own) => (own !== null && isHidden(question, question.left.form(own))) || question.inside(own, node),
      ),
  );
}

/** What the right side says of names by a pattern, or of all others, has to hold for all that the left side has under such names. */
function areOthersWithin(
  question: Containment,
  left: SchemaForm,
  wanted: SchemaNode,
  concerns: (name: string) => boolean,
): boolean {
  return (
    [...left.properties].every(([name, node]) => !concerns(name) || question.inside(node, wanted)) &&
    [...left.patternProperties.values()].every((node) => question.inside(node, wanted)) &&
    question.inside(left.additional, wanted)
  );
}

function arePatternsWithin(question: Containment, left: SchemaForm, right: SchemaForm): boolean {
  return [...right.patternProperties].every(([pattern, node]) => {
    const same = left.patternProperties.get(pattern);
    if (same !== undefined && question.inside(same, node)) return true;
    return areOthersWithin(question, left, node, (name) => matchesPattern(pattern, name) !== false);
  });
}

function areNamesWithin(question: Containment, left: SchemaForm, names: SchemaNode): boolean {
  const text = question.left.node({ type: "string" }, left.pointer);
  if (question.inside(left.propertyNames ?? text, names) || question.inside(text, names)) return true;
  return (
    isClosed(question.left, left) &&
    [...left.properties.keys()].every((name) => allowsValue(question.right.form(names), name) === true)
  );
}

/** A condition that says no more than "with this name, these": the names; null for any other. */
function dependenceOf(question: Containment, form: SchemaForm, name: string): readonly string[] {
  return form.conditionals.flatMap((conditional) => {
    const test = question.left.form(conditional.if);
    const isOfName =
      question.left.digest(conditional.if) === question.left.digest(question.left.node({ required: [name] }, ""));
    return isOfName && test.required.has(name) && conditional.then !== null
      ? [...question.left.form(conditional.then).required]
      : [];
  });
}

function areDependentsWithin(question: Containment, left: SchemaForm, right: SchemaForm): boolean {
  const required = requiredOf(question, question.left, left);
  const areNames = [...right.dependentRequired].every(([name, wanted]) => {
    const known = new Set([...(left.dependentRequired.get(name) ?? []), ...dependenceOf(question, left, name)]);
    return wanted.every((other) => required.has(other) || known.has(other));
  });
  return (
    areNames &&
    [...right.dependentSchemas].every(([name, node]) => {
      const own = left.dependentSchemas.get(name);
      return own !== undefined && question.within(own, node);
    })
  );
}

/** Whether objects that the left side takes are objects that the right side takes. */
export function containsObjects(question: Containment, left: SchemaForm, right: SchemaForm): boolean {
  if (!admits(left.types, "object")) return true;
  if (right.unevaluatedProperties !== null) return false;
  const required = requiredOf(question, question.left, left);
  const { additional } = right;
  return (
    Math.max(left.counts.get("minProperties") ?? 0, required.size) >= (right.counts.get("minProperties") ?? 0) &&
    mostProperties(question, left) <= (right.counts.get("maxProperties") ?? Infinity) &&
    [...requiredOf(question, question.right, right)].every((name) => required.has(name)) &&
    arePropertiesWithin(question, left, right) &&
    arePatternsWithin(question, left, right) &&
    (additional === null ||
      areOthersWithin(
        question,
        left,
        additional,
        (name) =>
          !right.properties.has(name) &&
          ![...right.patternProperties.keys()].some((pattern) => matchesPattern(pattern, name) === true),
      )) &&
    (right.propertyNames === null || areNamesWithin(question, left, right.propertyNames)) &&
    areDependentsWithin(question, left, right)
  );
}

function mostProperties(question: Containment, left: SchemaForm): number {
  const said = left.counts.get("maxProperties") ?? Infinity;
  return isClosed(question.left, left) ? Math.min(said, left.properties.size) : said;
}
