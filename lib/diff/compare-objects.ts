import { admits } from "../spec/index.ts";
import type { SchemaForm, SchemaNode, SchemaReader } from "../spec/index.ts";
import { fixedFinding, schemaFinding } from "./comparison.ts";
import type { Comparison } from "./comparison.ts";
import { contextBelow } from "./pair-work.ts";
import type { PairWork } from "./pair-work.ts";
import type { FixedEdit, SchemaEdit } from "./rules.ts";

type Property = {
  readonly node: SchemaNode;
  readonly required: boolean;
  /** It does not travel in this direction: read-only in requests, write-only in responses. */
  readonly hidden: boolean;
};

/** The properties of a form; those that are only required are there too, as anything that the object takes. */
function propertiesOf(reader: SchemaReader, form: SchemaForm, isRequest: boolean): ReadonlyMap<string, Property> {
  const result = new Map<string, Property>();
  for (const [name, node] of form.properties) {
    const { readOnly, writeOnly } = reader.form(node);
    result.set(name, { node, required: form.required.has(name), hidden: isRequest ? readOnly : writeOnly });
  }
  for (const name of form.required) {
    if (!result.has(name))
      result.set(name, { node: form.additional ?? reader.node(true, form.pointer), required: true, hidden: false });
  }
  return result;
}

/** Removed and added with the same schema, and only one candidate each: the same property under another name. */
function findRenames(
  { base, revision }: Comparison,
  removed: ReadonlyMap<string, Property>,
  added: ReadonlyMap<string, Property>,
): ReadonlyMap<string, string> {
  const keyOf = (reader: SchemaReader, property: Property): string =>
    `${String(property.required)} ${reader.digest(property.node)}`;
  const group = (reader: SchemaReader, properties: ReadonlyMap<string, Property>): Map<string, string[]> => {
    const groups = new Map<string, string[]>();
    for (const [name, property] of properties) {
      const key = keyOf(reader, property);
      groups.set(key, [...(groups.get(key) ?? []), name]);
    }
    return groups;
  };
  const left = group(base, removed);
  const renames = new Map<string, string>();
  for (const [key, [to, ...others]] of group(revision, added)) {
    const [from, ...rivals] = left.get(key) ?? [];
    if (from !== undefined && to !== undefined && others.length + rivals.length === 0) renames.set(from, to);
  }
  return renames;
}

type Sides = { readonly left: ReadonlyMap<string, Property>; readonly right: ReadonlyMap<string, Property> };

function removalOf(property: Property, staysDeclared: boolean, isRequest: boolean, isClosed: boolean): FixedEdit {
  if (staysDeclared) {
    if (isRequest) return "request-property-became-read-only";
    return property.required
      ? "response-required-property-became-write-only"
      : "response-optional-property-became-write-only";
  }
  if (isRequest) return isClosed ? "request-property-removed-from-closed-object" : "request-property-removed";
  return property.required ? "response-required-property-removed" : "response-optional-property-removed";
}

function additionOf(property: Property, isRequest: boolean): FixedEdit {
  if (isRequest) return property.required ? "new-required-request-property" : "new-optional-request-property";
  return property.required ? "response-required-property-added" : "response-optional-property-added";
}

function compareMoved(work: PairWork, { left, right }: Sides): void {
  const { comparison, before, after, context, nodes, add, descend } = work;
  const isRequest = context.place.startsWith("request");
  const direction = isRequest ? "request" : "response";
  const removed = new Map([...left].filter(([name, old]) => !old.hidden && (right.get(name)?.hidden ?? true)));
  const added = new Map([...right].filter(([name, now]) => !now.hidden && (left.get(name)?.hidden ?? true)));
  const renames = findRenames(
    comparison,
    new Map([...removed].filter(([name]) => !right.has(name))),
    new Map([...added].filter(([name]) => !left.has(name))),
  );
  const renamedTo = new Set(renames.values());
  const isClosed = after.additional !== null && comparison.revision.form(after.additional).impossible;
  for (const [name, old] of removed) {
    const child = contextBelow(context, name);
    const renamed = renames.get(name);
    const now = right.get(renamed ?? name);
    const details = {
      subject: child.subject,
      pointerBefore: old.node.pointer,
      pointerAfter: now?.node.pointer ?? nodes.after.pointer,
      before: name,
    };
    if (renamed === undefined)
      add(fixedFinding(removalOf(old, right.has(name), isRequest, isClosed), direction, details));
    else
      add(
        schemaFinding(child.place, old.required ? "required-property-renamed" : "property-renamed", {
          ...details,
          after: renamed,
          proof: "rule",
        }),
      );
  }
  for (const [name, now] of added) {
    if (renamedTo.has(name)) continue;
    const child = contextBelow(context, name);
    add(
      fixedFinding(additionOf(now, isRequest), direction, {
        subject: child.subject,
        pointerBefore: left.get(name)?.node.pointer ?? nodes.before.pointer,
        pointerAfter: now.node.pointer,
        after: name,
      }),
    );
    // What was under a schema for all names is now under one of its own: what was sent before must fit both.
    if (isRequest && before.additional !== null && !comparison.base.form(before.additional).impossible)
      descend(before.additional, now.node, child);
  }
}

function compareStaying(work: PairWork, { left, right }: Sides): void {
  const { comparison, context, add, descend } = work;
  for (const [name, old] of left) {
    const now = right.get(name);
    if (now === undefined) continue;
    const child = contextBelow(context, name);
    const details = { subject: child.subject, pointerBefore: old.node.pointer, pointerAfter: now.node.pointer };
    if (old.hidden || now.hidden) {
      const same =
        old.required === now.required && comparison.base.digest(old.node) === comparison.revision.digest(now.node);
      if (old.hidden && now.hidden && !same)
        add(schemaFinding(child.place, "hidden-changed", { ...details, proof: "rule" }));
      continue;
    }
    if (old.required !== now.required)
      add(
        schemaFinding(child.place, now.required ? "became-required" : "became-optional", {
          ...details,
          before: old.required,
          after: now.required,
        }),
      );
    descend(old.node, now.node, child);
  }
}

function compareAdditional(work: PairWork): void {
  const { comparison, before, after, context, report, descend } = work;
  const from = before.additional;
  const to = after.additional;
  if (from === null && to === null) return;
  const closedBefore = from !== null && comparison.base.form(from).impossible;
  const closedAfter = to !== null && comparison.revision.form(to).impossible;
  if (closedBefore && closedAfter) return;
  const say = (node: SchemaNode | null, closed: boolean): string | boolean =>
    node === null ? true : closed ? false : "a schema";
  if (from === null || closedAfter)
    report("additional-properties-closed", say(from, closedBefore), say(to, closedAfter));
  else if (to === null || closedBefore)
    report("additional-properties-opened", say(from, closedBefore), say(to, closedAfter));
  else descend(from, to, contextBelow(context, "*"));
}

/** Maps of names to schemas or conditions: what came, what went, what stayed. */
function compareNamed(
  work: PairWork,
  before: ReadonlyMap<string, SchemaNode>,
  after: ReadonlyMap<string, SchemaNode>,
  edits: readonly [added: SchemaEdit, removed: SchemaEdit],
): void {
  const isLoosened = (form: SchemaForm): boolean =>
    edits[0] === "pattern-property-added" && (form.additional !== null || form.unevaluatedProperties !== null);
  for (const name of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const from = before.get(name);
    const to = after.get(name);
    // Beside `additionalProperties` a pattern also takes names out of its reach, so neither direction is proven.
    const proof =
      isLoosened(work.before) || isLoosened(work.after) ? ({ level: "risky", proof: "unknown" } as const) : {};
    if (from !== undefined && to !== undefined) work.descend(from, to, contextBelow(work.context, name));
    else if (from === undefined) work.report(edits[0], null, name, proof);
    else work.report(edits[1], name, null, proof);
  }
}

function compareDependentNames({ before, after, report }: PairWork): void {
  const names = new Set([...before.dependentRequired.keys(), ...after.dependentRequired.keys()]);
  for (const name of [...names].sort()) {
    const from = before.dependentRequired.get(name) ?? [];
    const to = after.dependentRequired.get(name) ?? [];
    if (to.some((other) => !from.includes(other))) report("dependent-required-added", [name, ...from], [name, ...to]);
    if (from.some((other) => !to.includes(other))) report("dependent-required-removed", [name, ...from], [name, ...to]);
  }
}

function comparePropertyNames({ before, after, context, report, descend }: PairWork): void {
  if (before.propertyNames === null && after.propertyNames === null) return;
  if (before.propertyNames === null) report("property-names-added", null, null);
  else if (after.propertyNames === null) report("property-names-removed", null, null);
  else descend(before.propertyNames, after.propertyNames, contextBelow(context, "(names)"));
}

/** Reports properties that came, went, were renamed or changed their need, and compares those that stayed. */
export function compareObjects(work: PairWork): void {
  const { comparison, before, after, context } = work;
  if (!admits(before.types, "object") || !admits(after.types, "object")) return;
  const isRequest = context.place.startsWith("request");
  const sides: Sides = {
    left: propertiesOf(comparison.base, before, isRequest),
    right: propertiesOf(comparison.revision, after, isRequest),
  };
  compareMoved(work, sides);
  compareStaying(work, sides);
  compareAdditional(work);
  compareNamed(work, before.patternProperties, after.patternProperties, [
    "pattern-property-added",
    "pattern-property-removed",
  ]);
  compareNamed(work, before.dependentSchemas, after.dependentSchemas, [
    "dependent-schema-added",
    "dependent-schema-removed",
  ]);
  compareDependentNames(work);
  comparePropertyNames(work);
}
