import type { Json } from "../model/index.ts";
import type { SchemaForm, SchemaNode } from "../spec/index.ts";
import type { Comparison } from "./comparison.ts";
import type { Finding, SchemaPlace } from "./finding.ts";
import type { SchemaEdit } from "./rules.ts";

/** Where a pair stands: its place in the operation, and the name that people know it by. */
export type PairContext = {
  readonly place: SchemaPlace;
  /** "`customer.age`", "the request body". */
  readonly subject: string;
  /** Names of properties from the nearest root, for the subjects of what is below. */
  readonly name: string;
  /** Which answer it is in, where that is not the ordinary one: " of the answer 404". */
  readonly within?: string;
};

/** What the comparators of one pair share. */
export type PairWork = {
  readonly comparison: Comparison;
  readonly before: SchemaForm;
  readonly after: SchemaForm;
  readonly context: PairContext;
  /** As they stand in their documents. */
  readonly nodes: { readonly before: SchemaNode; readonly after: SchemaNode };
  readonly report: (
    edit: SchemaEdit,
    before: Json,
    after: Json,
    extra?: { readonly level?: Finding["level"]; readonly proof?: Finding["proof"]; readonly witness?: Json },
  ) => void;
  readonly add: (finding: Finding) => void;
  /** Compares two schemas below this pair; null stands for one that takes anything. */
  readonly descend: (before: SchemaNode | null, after: SchemaNode | null, context: PairContext) => void;
};

/** The context of a property, item or the like below a pair. */
export function contextBelow(parent: PairContext, name: string): PairContext {
  const place: SchemaPlace =
    parent.place === "request-body"
      ? "request-property"
      : parent.place === "response-body"
        ? "response-property"
        : parent.place;
  const isStep = name.startsWith("[");
  const path = parent.name === "" || isStep ? `${parent.name}${name}` : `${parent.name}.${name}`;
  const within = parent.within ?? "";
  return { place, name: path, subject: `\`${path}\`${within}`, within };
}
