import { canonicalJson, isJsonObject } from "../spec/index.ts";
import type { PairWork } from "./compare-schemas.ts";
import { flattenSchema } from "./flatten-schema.ts";
import type { FlatSchema, SchemaNode, Side } from "./flatten-schema.ts";

/** What tells a branch from its siblings: the component that it names, a constant property, or its types. */
function tagOf(side: Side, node: SchemaNode): string {
  if (isJsonObject(node.schema) && typeof node.schema["$ref"] === "string") return `ref ${node.schema["$ref"]}`;
  const flat = flattenSchema(side, node);
  for (const [name, property] of flat.properties) {
    const values = flattenSchema(side, property).values;
    if (values !== null && values.size === 1 && flat.required.has(name))
      return `const ${name} ${[...values.keys()].join()}`;
  }
  return `types ${canonicalJson([...(flat.types ?? ["any"])].sort())}`;
}

function compareGroup(
  work: PairWork,
  kind: "any-of" | "one-of",
  before: readonly SchemaNode[],
  after: readonly SchemaNode[],
): void {
  const { comparison, context, descend, report } = work;
  const left = before.map((node) => ({ node, digest: comparison.base.hasher.hash(node.schema) }));
  const right = after.map((node) => ({ node, digest: comparison.revision.hasher.hash(node.schema) }));
  let gone = left.filter(({ digest }) => !right.some((other) => other.digest === digest));
  let fresh = right.filter(({ digest }) => !left.some((other) => other.digest === digest));
  const pair = (same: (from: SchemaNode, to: SchemaNode) => boolean): void => {
    for (const from of gone) {
      const matches = fresh.filter((to) => same(from.node, to.node));
      const [to] = matches;
      if (matches.length !== 1 || to === undefined) continue;
      gone = gone.filter((other) => other !== from);
      fresh = fresh.filter((other) => other !== to);
      descend(from.node, to.node, context);
    }
  };
  pair((from, to) => tagOf(comparison.base, from) === tagOf(comparison.revision, to));
  if (gone.length === 1 && fresh.length === 1 && left.length === right.length) pair(() => true);
  const say = (nodes: readonly { readonly node: SchemaNode }[], side: Side): string =>
    nodes.map(({ node }) => tagOf(side, node).replace(/^(ref #\/components\/schemas\/|types )/, "")).join(", ");
  if (gone.length > 0) report(`${kind}-removed`, say(gone, comparison.base), null);
  if (fresh.length > 0) report(`${kind}-added`, null, say(fresh, comparison.revision));
}

/** The branches of a schema that says nothing but "one of these"; null for any other. */
function branchesOf(schema: FlatSchema): readonly SchemaNode[] | null {
  const [group, ...more] = [...schema.anyOf, ...schema.oneOf];
  const bare =
    schema.types === null && schema.values === null && schema.properties.size === 0 && schema.others.size === 0;
  return bare && more.length === 0 ? (group ?? null) : null;
}

/** A schema against alternatives: it is one of them, or none. True where this said all that there is to say. */
export function comparePlainWithUnion(work: PairWork): boolean {
  const { before, after, nodes } = work;
  const left = branchesOf(before);
  const right = branchesOf(after);
  const isPlain = (schema: FlatSchema): boolean =>
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
    return;
  }
  const digests = (groups: readonly (readonly SchemaNode[])[], side: Side): string =>
    groups
      .map((group) =>
        group
          .map((node) => side.hasher.hash(node.schema))
          .sort()
          .join(),
      )
      .sort()
      .join(" ");
  if (digests(left, comparison.base) === digests(right, comparison.revision)) return;
  if (left.length === 0 && before.types !== null)
    report("union-changed", "one schema", "alternatives", { proof: "unknown" });
  else if (right.length === 0 && after.types !== null)
    report("union-changed", "alternatives", "one schema", { proof: "unknown" });
  else if (left.length === 0) report("constraint-added", null, "alternatives");
  else if (right.length === 0) report("constraint-removed", "alternatives", null);
  else report("union-changed", "alternatives", "other alternatives", { proof: "unknown" });
}
