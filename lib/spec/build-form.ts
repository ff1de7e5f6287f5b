import type { Json } from "../model/index.ts";
import { allowsNumber, allowsText, isOfType, matchesPattern, typesOfValues } from "./allows-value.ts";
import { collect, createDraft, intersectTypes } from "./schema-draft.ts";
import type { ArrayPart, ObjectPart, SchemaDraft } from "./schema-draft.ts";
import { admits, wholeTypes } from "./schema-form.ts";
import type { CountKeyword, Limit, SchemaForm } from "./schema-form.ts";
import type { NodeMaker, SchemaNode } from "./schema-node.ts";

/** Whether a draft says nothing but which types it has. */
function onlyTypes(draft: SchemaDraft): boolean {
  const { seen: _seen, types, ...rest } = draft;
  return (
    types !== null &&
    Object.values(rest).every((value) => {
      if (value instanceof Map || value instanceof Set) return value.size === 0;
      if (Array.isArray(value)) return value.length === 0;
      return value === null || value === undefined || value === false;
    })
  );
}

function isNullOnly(draft: SchemaDraft): boolean {
  if (draft.values !== null) return draft.values.size === 1 && draft.values.has("null");
  return draft.types?.size === 1 && draft.types.has("null");
}

/** Drafts of branches by document; without them, alternatives of alternatives would be read once for each way to them. */
const branchDrafts = new WeakMap<NodeMaker, Map<string, SchemaDraft>>();

function draftOf(maker: NodeMaker, node: SchemaNode, depth: number): SchemaDraft {
  const drafts = branchDrafts.get(maker) ?? new Map<string, SchemaDraft>();
  branchDrafts.set(maker, drafts);
  // The depth belongs to the key: what is read at the limit of depth is simplified less.
  const key = `${String(depth)} ${node.id}`;
  const known = drafts.get(key);
  if (known !== undefined) return known;
  const draft = createDraft();
  drafts.set(key, draft);
  collect(draft, maker, node);
  simplifyUnions(draft, maker, depth + 1);
  return draft;
}

/** Constraints that null has to meet as well as any other value. */
function constrainsNull(draft: SchemaDraft): boolean {
  return (
    draft.anyOf.length + draft.oneOf.length + draft.nots.length + draft.conditionals.length + draft.opaque.size > 0
  );
}

/** "A or null" in all its spellings becomes A with null among its types, and alternatives of bare types a list of types. */
function simplifyUnions(draft: SchemaDraft, maker: NodeMaker, depth: number): void {
  if (depth > 8 || draft.discriminator !== null) return;
  for (const key of ["anyOf", "oneOf"] as const) {
    const [group] = draft[key];
    if (group === undefined || draft[key].length !== 1 || group.length < 2) continue;
    const branches = group.map((node) => ({ node, draft: draftOf(maker, node, depth) }));
    const all = branches.flatMap((branch) => [...(branch.draft.types ?? [])]);
    const distinct = new Set(all).size === all.length && !(all.includes("integer") && all.includes("number"));
    if (branches.every((branch) => onlyTypes(branch.draft)) && (key === "anyOf" || distinct)) {
      draft[key] = [];
      draft.types = intersectTypes(draft.types, new Set(all));
      continue;
    }
    const others = branches.filter((branch) => !isNullOnly(branch.draft));
    const [only] = others;
    if (only === undefined || others.length !== 1 || others.length === group.length) continue;
    if (draft.types !== null || draft.values !== null) continue;
    const inner = only.draft;
    if ((inner.types === null && inner.values === null) || constrainsNull(inner)) continue;
    if (key === "oneOf" && isNullAllowed(inner)) continue;
    draft[key] = [];
    collect(draft, maker, only.node);
    simplifyUnions(draft, maker, depth + 1);
    admitNull(draft);
  }
}

function admitNull(draft: SchemaDraft): void {
  draft.types?.add("null");
  draft.values?.set("null", null);
}

function isNullAllowed(draft: SchemaDraft): boolean {
  return (draft.types === null || draft.types.has("null")) && (draft.values === null || draft.values.has("null"));
}

function mergeAll(maker: NodeMaker, nodes: readonly (SchemaNode | null)[]): SchemaNode | null {
  let merged: SchemaNode | null = null;
  for (const node of nodes) {
    if (node === null) continue;
    merged = merged === null ? node : maker.both(merged, node);
  }
  return merged;
}

function restFor(part: ObjectPart, name: string): readonly SchemaNode[] {
  const matched = [...part.patternProperties].filter(([pattern]) => matchesPattern(pattern, name) === true);
  if (matched.length > 0) return matched.map(([, node]) => node);
  return part.additional === null ? [] : [part.additional];
}

type Objects = Pick<SchemaForm, "properties" | "patternProperties" | "additional"> & { readonly exact: boolean };

/** What is said of properties together: a property that one schema does not name is under its `additionalProperties`. */
function mergeObjects(maker: NodeMaker, parts: readonly ObjectPart[]): Objects {
  const [first] = parts;
  if (first === undefined)
    return { properties: new Map(), patternProperties: new Map(), additional: null, exact: true };
  if (parts.length === 1) return { ...first, exact: true };
  const properties = new Map<string, SchemaNode>();
  for (const name of new Set(parts.flatMap((part) => [...part.properties.keys()]))) {
    const nodes = parts.flatMap((part) => {
      const own = part.properties.get(name);
      return own === undefined ? restFor(part, name) : [own];
    });
    const merged = mergeAll(maker, nodes);
    if (merged !== null) properties.set(name, merged);
  }
  const patternProperties = new Map<string, SchemaNode>();
  for (const part of parts) {
    for (const [pattern, node] of part.patternProperties) {
      const known = patternProperties.get(pattern);
      patternProperties.set(pattern, known === undefined ? node : maker.both(known, node));
    }
  }
  const additional = mergeAll(
    maker,
    parts.map((part) => part.additional),
  );
  return { properties, patternProperties, additional, exact: patternProperties.size === 0 || additional === null };
}

function mergeArrays(
  maker: NodeMaker,
  parts: readonly ArrayPart[],
): { readonly prefixItems: readonly SchemaNode[]; readonly items: SchemaNode | null } {
  const length = Math.max(0, ...parts.map((part) => part.prefixItems.length));
  const prefixItems = Array.from({ length }, (_, index) =>
    mergeAll(
      maker,
      parts.map((part) => part.prefixItems[index] ?? part.items),
    ),
  );
  return {
    prefixItems: prefixItems.map((node) => node ?? maker.node(true, "")),
    items: mergeAll(
      maker,
      parts.map((part) => part.items),
    ),
  };
}

function onlyIntegers(types: ReadonlySet<string> | null): boolean {
  return types !== null && types.has("integer") && !admits(types, "number");
}

/** The tightest lower bound; of integers rounded inwards, so that "more than 0" is "at least 1". */
function tightest(limits: readonly Limit[], integers: boolean, isLower: boolean): Limit | null {
  let best: Limit | null = null;
  for (const { value, exclusive } of limits) {
    const limit = integers
      ? {
          value: isLower
            ? exclusive
              ? Math.floor(value) + 1
              : Math.ceil(value)
            : exclusive
              ? Math.ceil(value) - 1
              : Math.floor(value),
          exclusive: false,
        }
      : { value, exclusive };
    const beats =
      best === null ||
      (isLower ? limit.value > best.value : limit.value < best.value) ||
      (limit.value === best.value && limit.exclusive);
    if (beats) best = limit;
  }
  return best;
}

const countTypes: Readonly<Record<CountKeyword, string>> = {
  minLength: "string",
  maxLength: "string",
  minItems: "array",
  maxItems: "array",
  minProperties: "object",
  maxProperties: "object",
};

function greatestDivisor(left: number, right: number): number {
  return right === 0 ? left : greatestDivisor(right, left % right);
}

function mergeMultiples(multiples: readonly number[]): number | null {
  const [first, ...rest] = multiples;
  if (first === undefined) return null;
  return rest.reduce((left, right) => (left * right) / greatestDivisor(left, right), first);
}

/** Numbers among `types`, an integer being one; all of them are "any". */
function simplifyTypes(types: ReadonlySet<string> | null): ReadonlySet<string> | null {
  if (types === null) return null;
  const result = new Set(types);
  if (result.has("number")) result.delete("integer");
  return wholeTypes.every((type) => type === "integer" || result.has(type)) ? null : result;
}

/** Raw bytes are outside JSON's types: "string" beside their media type says nothing. */
function typesOnTheWire({ types, contentMediaType, contentEncoding }: SchemaDraft): ReadonlySet<string> | null {
  const isRaw = contentMediaType === "application/octet-stream" && contentEncoding === null;
  return isRaw && types?.size === 1 && types.has("string") ? null : types;
}

type Scalars = Pick<SchemaForm, "lower" | "upper" | "counts" | "multipleOf" | "patterns">;

const noScalars: Scalars = { lower: null, upper: null, counts: new Map(), multipleOf: null, patterns: [] };

function scalarsOf(draft: SchemaDraft, types: ReadonlySet<string> | null): Scalars {
  const numeric = admits(types, "number", "integer");
  const counts = new Map(
    [...draft.counts].filter(
      ([key, value]) => admits(types, countTypes[key]) && !(key.startsWith("min") && value <= 0),
    ),
  );
  return {
    lower: numeric ? tightest(draft.minimums, onlyIntegers(types), true) : null,
    upper: numeric ? tightest(draft.maximums, onlyIntegers(types), false) : null,
    counts,
    multipleOf: numeric ? mergeMultiples(draft.multiples) : null,
    patterns: admits(types, "string")
      ? [...draft.patterns].filter((pattern) => !["", ".*", "^.*$", "^"].includes(pattern)).sort()
      : [],
  };
}

/** An enumeration of plain values takes its own constraints in; what it cannot have goes. */
function limitByValues(
  draft: SchemaDraft,
  scalars: Scalars,
): { readonly values: ReadonlyMap<string, Json> | null; readonly scalars: Scalars } {
  if (draft.values === null) return { values: null, scalars };
  const kept = [...draft.values].filter(
    ([, value]) =>
      isOfType(value, draft.types) &&
      (typeof value !== "number" || allowsNumber(value, scalars)) &&
      (typeof value !== "string" || allowsText(value, scalars)),
  );
  const plain = kept.every(([, value]) => typeof value !== "object" || value === null);
  const readable = scalars.patterns.every((pattern) => matchesPattern(pattern, "") !== null);
  return { values: new Map(kept), scalars: plain && readable ? noScalars : scalars };
}

/** The form of one node of a document. */
export function buildForm(maker: NodeMaker, node: SchemaNode): SchemaForm {
  const draft = createDraft();
  collect(draft, maker, node);
  simplifyUnions(draft, maker, 0);
  const declared = simplifyTypes(typesOnTheWire(draft));
  const limited = limitByValues(draft, scalarsOf(draft, declared));
  const values = limited.values;
  const types = values === null ? declared : simplifyTypes(typesOfValues(values.values()));
  const hasObjects = admits(types, "object");
  const hasArrays = admits(types, "array");
  const objects = mergeObjects(maker, hasObjects ? draft.objects : []);
  const arrays = mergeArrays(maker, hasArrays ? draft.arrays : []);
  const opaque = new Set(draft.opaque);
  if (!objects.exact) opaque.add(`objects that cannot be merged ${node.id === "" ? "" : String(draft.objects.length)}`);
  const impossible = draft.impossible || types?.size === 0 || values?.size === 0;
  return {
    pointer: node.pointer,
    impossible,
    types,
    values,
    ...limited.scalars,
    uniqueItems: hasArrays && draft.uniqueItems,
    formats: [...draft.formats].sort(),
    contentEncoding: draft.contentEncoding,
    contentMediaType: draft.contentMediaType,
    properties: objects.properties,
    patternProperties: objects.patternProperties,
    required: hasObjects ? draft.required : new Set(),
    additional: objects.additional,
    propertyNames: hasObjects ? draft.propertyNames : null,
    dependentRequired: hasObjects ? draft.dependentRequired : new Map(),
    dependentSchemas: hasObjects ? draft.dependentSchemas : new Map(),
    prefixItems: arrays.prefixItems,
    items: arrays.items,
    contains: hasArrays ? draft.contains : [],
    unevaluatedProperties: hasObjects ? draft.unevaluatedProperties : null,
    unevaluatedItems: hasArrays ? draft.unevaluatedItems : null,
    anyOf: draft.anyOf,
    oneOf: draft.oneOf,
    nots: draft.nots,
    conditionals: draft.conditionals,
    readOnly: draft.readOnly,
    writeOnly: draft.writeOnly,
    deprecated: draft.deprecated,
    extensibleEnum: draft.extensibleEnum,
    discriminator: draft.discriminator,
    defaultValue: draft.defaultValue,
    opaque: [...opaque].sort(),
  };
}
