import { canonicalJson } from "../spec/index.ts";
import type { SchemaForm, SchemaNode, SchemaReader } from "../spec/index.ts";
import { isOneOnly } from "./disjoint.ts";
import type { PairWork } from "./pair-work.ts";
import { schemaRules } from "./rules.ts";
import type { SchemaEdit } from "./rules.ts";

/** The name of the component that a node is; null where it is none. */
function componentOf(node: SchemaNode): string | null {
  const [part, ...more] = node.parts;
  if (part === undefined || more.length > 0) return null;
  return (
    /^\/components\/schemas\/([^/]+)$/.exec(part.pointer)?.[1]?.replaceAll("~1", "/").replaceAll("~0", "~") ?? null
  );
}

/** The required properties of a branch that have one value only, such as `type: "cat"`. */
function constantsOf(reader: SchemaReader, node: SchemaNode): readonly string[] {
  const form = reader.form(node);
  return [...form.properties]
    .flatMap(([name, property]) => {
      const values = form.required.has(name) ? reader.form(property).values : null;
      return values?.size === 1 ? [`${name}: ${[...values.keys()].join("")}`] : [];
    })
    .sort();
}

/** What tells a branch from its siblings: the component that it names, constant properties, or its types. */
function tagOf(reader: SchemaReader, node: SchemaNode): string {
  const component = componentOf(node);
  if (component !== null) return `ref ${component}`;
  const constants = constantsOf(reader, node);
  if (constants.length > 0) return `const ${constants.join(", ")}`;
  return `types ${canonicalJson([...(reader.form(node).types ?? ["any"])].sort())}`;
}

function sayBranch(reader: SchemaReader, node: SchemaNode): string {
  const component = componentOf(node);
  if (component !== null) return component;
  const constants = constantsOf(reader, node);
  if (constants.length > 0) return `an object with ${constants.join(", ")}`;
  const form = reader.form(node);
  if (form.values !== null) return [...form.values.keys()].join(", ");
  return form.types === null ? "anything" : [...form.types].sort().join(" or ");
}

function groupByTag(reader: SchemaReader, nodes: Iterable<SchemaNode>): ReadonlyMap<string, readonly SchemaNode[]> {
  const groups = new Map<string, SchemaNode[]>();
  for (const node of nodes) {
    const tag = tagOf(reader, node);
    const group = groups.get(tag);
    if (group === undefined) groups.set(tag, [node]);
    else group.push(node);
  }
  return groups;
}

function compareGroup(
  work: PairWork,
  kind: "any-of" | "one-of",
  before: readonly SchemaNode[],
  after: readonly SchemaNode[],
): void {
  const { comparison, context, descend, report } = work;
  const left = new Map(before.map((node) => [comparison.base.digest(node), node]));
  const right = new Map(after.map((node) => [comparison.revision.digest(node), node]));
  const unpaired = {
    gone: new Set([...left].filter(([digest]) => !right.has(digest)).map(([, node]) => node)),
    fresh: new Set([...right].filter(([digest]) => !left.has(digest)).map(([, node]) => node)),
  };
  const pair = (from: SchemaNode, to: SchemaNode): void => {
    unpaired.gone.delete(from);
    unpaired.fresh.delete(to);
    descend(from, to, context);
  };
  const tagged = groupByTag(comparison.revision, unpaired.fresh);
  for (const [tag, [from, ...others]] of groupByTag(comparison.base, unpaired.gone)) {
    const [to, ...rivals] = tagged.get(tag) ?? [];
    // Only what is alone with its tag on both sides is known again.
    if (from !== undefined && to !== undefined && others.length + rivals.length === 0) pair(from, to);
  }
  const [lastGone] = unpaired.gone;
  const [lastFresh] = unpaired.fresh;
  const isOnePair = unpaired.gone.size === 1 && unpaired.fresh.size === 1 && left.size === right.size;
  if (isOnePair && lastGone !== undefined && lastFresh !== undefined) pair(lastGone, lastFresh);
  const gone = [...unpaired.gone];
  const fresh = [...unpaired.fresh];
  const say = (nodes: readonly SchemaNode[], reader: SchemaReader): string =>
    [...new Set(nodes.map((node) => sayBranch(reader, node)))].join(", ");
  // Of alternatives that overlap exactly one must fit: one more may take values away, one less may give values back.
  const isExact =
    kind === "any-of" ||
    (work.before.discriminator !== null && work.after.discriminator !== null) ||
    (isOneOnly(comparison.base, before) && isOneOnly(comparison.revision, after));
  const levelOf = (edit: SchemaEdit) => {
    const side = context.place.startsWith("request") ? "request" : "response";
    return isExact || schemaRules[edit][side] !== "safe" ? {} : ({ level: "risky", proof: "unknown" } as const);
  };
  if (gone.length > 0) report(`${kind}-removed`, say(gone, comparison.base), null, levelOf(`${kind}-removed`));
  if (fresh.length > 0) report(`${kind}-added`, null, say(fresh, comparison.revision), levelOf(`${kind}-added`));
}

/** The branches of a schema that says nothing but "one of these"; null for any other. */
function branchesOf(schema: SchemaForm): readonly SchemaNode[] | null {
  const [group, ...more] = [...schema.anyOf, ...schema.oneOf];
  const bare =
    schema.types === null &&
    schema.values === null &&
    schema.properties.size + schema.required.size + schema.nots.length + schema.conditionals.length === 0 &&
    schema.additional === null &&
    schema.items === null;
  return bare && more.length === 0 ? (group ?? null) : null;
}

/** A schema against alternatives: it is one of them, or none. True where this said all that there is to say. */
export function comparePlainWithUnion(work: PairWork): boolean {
  const { before, after, nodes } = work;
  const left = branchesOf(before);
  const right = branchesOf(after);
  const isPlain = (schema: SchemaForm): boolean =>
    schema.anyOf.length === 0 && schema.oneOf.length === 0 && schema.types !== null;
  if (left === null && right !== null && isPlain(before)) {
    compareGroup(work, "any-of", [nodes.before], right);
    return true;
  }
  if (left !== null && right === null && isPlain(after)) {
    compareGroup(work, "any-of", left, [nodes.after]);
    return true;
  }
  return false;
}

/** Compares `anyOf` and `oneOf` branch by branch; what has no exact counterpart is named, what cannot be judged is unknown. */
export function compareUnions(work: PairWork): void {
  const { before, after, report, comparison } = work;
  const left = [...before.anyOf, ...before.oneOf];
  const right = [...after.anyOf, ...after.oneOf];
  if (left.length === 0 && right.length === 0) return;
  const [from] = left;
  const [to] = right;
  if (left.length === 1 && right.length === 1 && from !== undefined && to !== undefined) {
    compareGroup(work, before.oneOf.length > 0 && after.oneOf.length > 0 ? "one-of" : "any-of", from, to);
    if (before.oneOf.length === after.oneOf.length) return;
    const disjoint = isOneOnly(comparison.base, from) && isOneOnly(comparison.revision, to);
    if (disjoint)
      report("rewritten", before.oneOf.length > 0 ? "oneOf" : "anyOf", after.oneOf.length > 0 ? "oneOf" : "anyOf");
    else if (after.oneOf.length > 0) report("any-of-became-one-of", "anyOf", "oneOf");
    else report("one-of-became-any-of", "oneOf", "anyOf");
    return;
  }
  const digests = (groups: readonly (readonly SchemaNode[])[], reader: SchemaReader): string =>
    groups
      .map((group) =>
        group
          .map((node) => reader.digest(node))
          .sort()
          .join(),
      )
      .sort()
      .join(" ");
  if (digests(left, comparison.base) === digests(right, comparison.revision)) return;
  const typed = (form: SchemaForm): string => (form.types === null ? "" : [...form.types].sort().join());
  const namesOf = (form: SchemaForm): string => [...form.properties.keys(), "/", ...form.required].sort().join("\n");
  // Alternatives that come alone are one more condition; with other properties they may take in what left the schema.
  const sameTypes = typed(before) === typed(after) && namesOf(before) === namesOf(after);
  if (left.length === 0 && !sameTypes) report("union-changed", "one schema", "alternatives", { proof: "unknown" });
  else if (right.length === 0 && !sameTypes)
    report("union-changed", "alternatives", "one schema", { proof: "unknown" });
  else if (left.length === 0) report("all-of-added", null, "alternatives");
  else if (right.length === 0) report("all-of-removed", "alternatives", null);
  else report("union-changed", "alternatives", "other alternatives", { proof: "unknown" });
}

/** Reports changed discriminators. */
export function compareDiscriminators({ before, after, report }: PairWork): void {
  const from = before.discriminator;
  const to = after.discriminator;
  if (from === null && to === null) return;
  if (from === null || to === null) {
    report(
      from === null ? "discriminator-added" : "discriminator-removed",
      from?.propertyName ?? null,
      to?.propertyName ?? null,
      { proof: "rule" },
    );
    return;
  }
  if (from.propertyName !== to.propertyName)
    report("discriminator-property-name-changed", from.propertyName, to.propertyName, { proof: "rule" });
  const tags = [...new Set([...from.mapping.keys(), ...to.mapping.keys()])].sort();
  const added = tags.filter((tag) => !from.mapping.has(tag));
  const removed = tags.filter((tag) => !to.mapping.has(tag));
  const changed = tags.filter(
    (tag) => from.mapping.has(tag) && to.mapping.has(tag) && from.mapping.get(tag) !== to.mapping.get(tag),
  );
  if (added.length > 0) report("discriminator-mapping-added", null, added, { proof: "rule" });
  if (removed.length > 0) report("discriminator-mapping-deleted", removed, null, { proof: "rule" });
  if (changed.length > 0) report("discriminator-mapping-changed", changed, changed, { proof: "rule" });
}
