import { sha256Hex } from "../base/index.ts";
import type { Json, JsonObject } from "../model/index.ts";
import { canonicalJson } from "./canonical-json.ts";
import { pointerOfReference, resolvePointer } from "./json-pointer.ts";
import { isJsonObject } from "./json-value.ts";

/** A schema as it stands in its document, references that say nothing more followed. */
export type SchemaPart = { readonly id: string; readonly schema: Json; readonly pointer: string };

/** One schema, or several of which all must hold (`allOf` merged on the way down). Nodes of one reader with one `id` are one. */
export type SchemaNode = { readonly id: string; readonly pointer: string; readonly parts: readonly SchemaPart[] };

export type NodeMaker = {
  readonly node: (schema: Json | undefined, pointer: string) => SchemaNode;
  readonly both: (left: SchemaNode, right: SchemaNode) => SchemaNode;
  /** What a reference of this document leads to; null where it leads nowhere, outside or round in a circle. */
  readonly target: (reference: string) => SchemaPart | null;
};

/**
 * How many merged schemas one document may make. `allOf` in circles can make as many as there are sets of schemas; real documents
 * make some hundreds.
 */
const mergedMax = 10_000;

/** Makes the nodes of one document. Schemas are known by identity, so a component is one node wherever it is referred to. */
export function createNodeMaker(document: JsonObject): NodeMaker {
  const ids = new Map<object, string>();
  const targets = new Map<string, SchemaPart | null>();
  const merged = new Set<string>();

  function idOf(schema: Json): string {
    if (!isJsonObject(schema)) return typeof schema === "boolean" ? String(schema) : `!${canonicalJson(schema)}`;
    const known = ids.get(schema);
    if (known !== undefined) return known;
    const id = String(ids.size);
    ids.set(schema, id);
    return id;
  }

  function target(reference: string): SchemaPart | null {
    const known = targets.get(reference);
    if (known !== undefined) return known;
    // A circle of references meets itself here, and is nothing.
    targets.set(reference, null);
    const pointer = pointerOfReference(reference);
    const schema = pointer === null ? undefined : resolvePointer(document, pointer);
    const part = pointer === null || schema === undefined ? null : partOf(schema, pointer);
    targets.set(reference, part);
    return part;
  }

  function partOf(schema: Json, pointer: string): SchemaPart | null {
    if (isJsonObject(schema)) {
      const reference = schema["$ref"];
      if (typeof reference === "string" && Object.keys(schema).length === 1) return target(reference);
    }
    return { id: idOf(schema), schema, pointer };
  }

  function join(parts: readonly SchemaPart[], pointer: string): SchemaNode {
    const unique = new Map(parts.filter((part) => part.schema !== true).map((part) => [part.id, part]));
    const kept = [...unique.values()];
    const id = kept
      .map((part) => part.id)
      .sort()
      .join("&");
    return { id: id === "" ? "true" : id, pointer: kept[0]?.pointer ?? pointer, parts: kept };
  }

  return {
    target,
    node(schema, pointer) {
      const value = schema ?? true;
      return join([partOf(value, pointer) ?? { id: idOf(value), schema: value, pointer }], pointer);
    },
    both(left, right) {
      const node = join([...left.parts, ...right.parts], left.pointer);
      if (node.parts.length < 2 || merged.has(node.id)) return node;
      if (merged.size < mergedMax) {
        merged.add(node.id);
        return node;
      }
      // Known by how it is written, and not looked into: as text it is no schema, so it says nothing but that it differs.
      const text = sha256Hex(canonicalJson(node.parts.map(({ schema }) => schema)));
      return join([{ id: `!merged ${text}`, schema: text, pointer: node.pointer }], node.pointer);
    },
  };
}
