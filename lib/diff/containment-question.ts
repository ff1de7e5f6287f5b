import type { SchemaForm, SchemaNode, SchemaReader } from "../spec/index.ts";

/** One question: whether every value of a schema of the left document is one of a schema of the right. */
export type Containment = {
  readonly left: SchemaReader;
  readonly right: SchemaReader;
  /** Where it is asked for: what is only read does not travel in requests, what is only written not in responses. */
  readonly isRequest: boolean;
  /** The same question of the very same value; true only where it is proved. */
  readonly within: (left: SchemaNode, right: SchemaNode | null) => boolean;
  /** The question of a value inside: a property, an item, a name. Null stands for a schema that takes anything. */
  readonly inside: (left: SchemaNode | null, right: SchemaNode | null) => boolean;
};

/** Whether a property travels in the direction that is asked for. */
export function isHidden({ isRequest }: Containment, { readOnly, writeOnly }: SchemaForm): boolean {
  return isRequest ? readOnly : writeOnly;
}

/** Formats of which every value of the first is one of the second. */
export const widerFormats: ReadonlyMap<string, string> = new Map([
  ["int32", "int64"],
  ["float", "double"],
]);
