import { sha256Hex } from "../base/index.ts";
import type { Json, JsonObject } from "../model/index.ts";
import { buildForm } from "./build-form.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { SchemaForm } from "./schema-form.ts";
import { createNodeMaker } from "./schema-node.ts";
import type { SchemaNode } from "./schema-node.ts";

/** Reads the schemas of one document. */
export type SchemaReader = {
  readonly document: JsonObject;
  /** The node of a schema at a place; a missing schema is one that takes anything. */
  readonly node: (schema: Json | undefined, pointer: string) => SchemaNode;
  readonly form: (node: SchemaNode) => SchemaForm;
  /** Equal for equal schemas of any documents, however they are cut into components, recursive ones included. */
  readonly digest: (node: SchemaNode) => string;
  /** What the node says by itself, without what it says of others; equal where nothing of it differs. */
  readonly own: (node: SchemaNode) => string;
};

/** Schemas that one document may hold after merging; more are not looked into. */
const nodesMax = 2_000_000;

/** Steps that are spent on telling the schemas of one circle apart; a larger circle is known by how it is written. */
const refinementsMax = 400_000;

/**
 * What a node says by itself, and the nodes that it refers to: in their order, as a set, or as a bag, in which one that is there twice
 * says something else (of `oneOf` exactly one must fit).
 */
type Shape = { readonly own: string; readonly edges: readonly Edge[] };
type Edge = { readonly label: string; readonly nodes: readonly SchemaNode[]; readonly order: "list" | "set" | "bag" };

function shapeOf(form: SchemaForm): Shape {
  if (form.impossible) return { own: "impossible", edges: [] };
  const edges: Edge[] = [];
  const add = (label: string, nodes: readonly SchemaNode[], order: Edge["order"] = "list"): void => {
    if (nodes.length > 0) edges.push({ label, nodes, order });
  };
  const addOne = (label: string, node: SchemaNode | null): void => {
    if (node !== null) add(label, [node]);
  };
  const addNamed = (label: string, nodes: ReadonlyMap<string, SchemaNode>): void => {
    for (const name of [...nodes.keys()].sort()) addOne(`${label} ${name}`, nodes.get(name) ?? null);
  };
  addNamed("property", form.properties);
  addNamed("pattern", form.patternProperties);
  addNamed("dependent", form.dependentSchemas);
  addOne("additional", form.additional);
  addOne("names", form.propertyNames);
  add("prefix", form.prefixItems);
  addOne("items", form.items);
  addOne("unevaluated properties", form.unevaluatedProperties);
  addOne("unevaluated items", form.unevaluatedItems);
  for (const { node, min, max } of form.contains) add(`contains ${String(min)} ${String(max)}`, [node]);
  for (const group of form.anyOf) add("any", group, "set");
  for (const group of form.oneOf) add("one", group, "bag");
  add("not", form.nots, "set");
  form.conditionals.forEach((conditional, index) => {
    addOne(`if ${String(index)}`, conditional.if);
    addOne(`then ${String(index)}`, conditional.then);
    addOne(`else ${String(index)}`, conditional.else);
  });
  const own = canonicalJson([
    form.types === null ? null : [...form.types].sort(),
    form.values === null ? null : [...form.values.keys()].sort(),
    form.lower,
    form.upper,
    Object.fromEntries(form.counts),
    form.multipleOf,
    [form.uniqueItems, form.readOnly, form.writeOnly, form.deprecated, form.extensibleEnum],
    form.patterns,
    form.formats,
    [form.contentEncoding, form.contentMediaType],
    [...form.required].sort(),
    Object.fromEntries(form.dependentRequired),
    form.discriminator === null
      ? null
      : [form.discriminator.propertyName, Object.fromEntries(form.discriminator.mapping)],
    form.defaultValue === undefined ? [] : [form.defaultValue],
    form.opaque,
  ]);
  return { own, edges };
}

function digestShape(shape: Shape, digestOf: (node: SchemaNode) => string): string {
  const edges = shape.edges.map(({ label, nodes, order }) => {
    const digests = nodes.map(digestOf);
    const told = order === "list" ? digests : (order === "set" ? [...new Set(digests)] : digests).sort();
    return `${label}=${told.join(",")}`;
  });
  return sha256Hex(`${shape.own}\n${edges.sort().join("\n")}`).slice(0, 40);
}

type Visit = { readonly node: SchemaNode; readonly shape: Shape; readonly next: SchemaNode[]; low: number; at: number };

const readers = new WeakMap<JsonObject, SchemaReader>();

/** The reader of a document; what it has read is kept as long as the document is. */
export function schemaReaderOf(document: JsonObject): SchemaReader {
  const known = readers.get(document);
  if (known !== undefined) return known;
  const reader = createSchemaReader(document);
  readers.set(document, reader);
  return reader;
}

/**
 * A reader of one document's schemas. Digests are made from the leaves up; schemas that refer to each other in a circle are told
 * apart by refining until nothing more is told apart (as a finite automaton is minimised), so a digest says the whole infinite
 * schema and depends on no order or name of components.
 */
function createSchemaReader(document: JsonObject): SchemaReader {
  const maker = createNodeMaker(document);
  const forms = new Map<string, SchemaForm>();
  const digests = new Map<string, string>();
  /** One step of a circular schema written out equals the schema. */
  const unrolled = new Map<string, string>();

  function form(node: SchemaNode): SchemaForm {
    const known = forms.get(node.id);
    if (known !== undefined) return known;
    const built = buildForm(maker, node);
    forms.set(node.id, built);
    return built;
  }

  function digestCircle(circle: readonly Visit[]): void {
    const inside = new Set(circle.map((visit) => visit.node.id));
    let colours = new Map(circle.map((visit) => [visit.node.id, "circle"]));
    let count = 0;
    for (let steps = 0; ; steps += circle.length) {
      if (steps > refinementsMax) {
        const texts = circle.map((visit) => canonicalJson(visit.node.parts.map((part) => part.schema))).sort();
        const text = sha256Hex(texts.join("\n"));
        colours = new Map([...colours].map(([id, colour]) => [id, sha256Hex(`${colour} in ${text}`)]));
        break;
      }
      const current = colours;
      const next = new Map(
        circle.map((visit) => [
          visit.node.id,
          digestShape(visit.shape, (node) =>
            inside.has(node.id) ? (current.get(node.id) ?? "") : (digests.get(node.id) ?? ""),
          ),
        ]),
      );
      colours = next;
      const classes = new Set(next.values()).size;
      if (classes === count) break;
      count = classes;
    }
    const signature = sha256Hex([...new Set(colours.values())].sort().join("\n"));
    for (const [id, colour] of colours) digests.set(id, sha256Hex(`${colour} of ${signature}`).slice(0, 40));
    for (const visit of circle) {
      const own = digests.get(visit.node.id) ?? "";
      unrolled.set(
        digestShape(visit.shape, (node) => digests.get(node.id) ?? ""),
        own,
      );
    }
  }

  /** Tarjan's strongly connected components without recursion: chains of components may be longer than the stack. */
  function visitFrom(root: SchemaNode): void {
    const visits = new Map<string, Visit>();
    const path: Visit[] = [];
    const open: Visit[] = [];
    const enter = (node: SchemaNode): Visit => {
      const shape =
        forms.size > nodesMax
          ? { own: `not looked into ${canonicalJson(node.parts.map((part) => part.schema))}`, edges: [] }
          : shapeOf(form(node));
      const visit: Visit = {
        node,
        shape,
        next: shape.edges.flatMap((edge) => edge.nodes).filter((child) => !digests.has(child.id)),
        low: visits.size,
        at: visits.size,
      };
      visits.set(node.id, visit);
      path.push(visit);
      open.push(visit);
      return visit;
    };
    enter(root);
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const child = visit.next.pop();
      if (child !== undefined) {
        const seen = visits.get(child.id);
        if (seen === undefined) enter(child);
        else if (!digests.has(child.id)) visit.low = Math.min(visit.low, seen.at);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) parent.low = Math.min(parent.low, visit.low);
      if (visit.low !== visit.at) continue;
      const circle = open.splice(open.lastIndexOf(visit));
      const refersToItself = visit.shape.edges.some((edge) => edge.nodes.some((node) => node.id === visit.node.id));
      if (circle.length > 1 || refersToItself) {
        digestCircle(circle);
        continue;
      }
      const digest = digestShape(visit.shape, (node) => digests.get(node.id) ?? "");
      digests.set(visit.node.id, unrolled.get(digest) ?? digest);
    }
  }

  return {
    document,
    node: maker.node,
    form,
    own: (node) => shapeOf(form(node)).own,
    digest(node) {
      if (!digests.has(node.id)) visitFrom(node);
      return digests.get(node.id) ?? "";
    },
  };
}
