import type { ChangeDirection, ChangeLevel, ChangeProof, Json } from "../model/index.ts";
import type { SchemaReader } from "../spec/index.ts";
import type { ProofBudget } from "./containment.ts";
import type { Finding, PairNode, SchemaPlace } from "./finding.ts";
import { fixedRules, schemaRules } from "./rules.ts";
import type { FixedEdit, SchemaEdit } from "./rules.ts";

/** How many pairs of schemas one comparison looks into; more is said to be unknown (DIFF §6: bounded, never a hang). */
export const pairsMax = 200_000;

/** Steps of proofs of one comparison: some seconds at most; afterwards rules alone decide. */
export const proofStepsMax = 300_000;

/** What is shared by one run. */
export type Comparison = {
  readonly base: SchemaReader;
  readonly revision: SchemaReader;
  readonly pairs: Map<string, PairNode>;
  /** Pairs that are known and not yet looked into; a list, not a recursion, for schemas may be deeper than the stack. */
  readonly waiting: (() => void)[];
  readonly proofs: ProofBudget;
  /** The time that sunset dates are judged by; null where none was given. */
  readonly now: Date | null;
};

type Details = {
  readonly subject: string;
  readonly pointerBefore?: string | null;
  readonly pointerAfter?: string | null;
  readonly before?: Json;
  readonly after?: Json;
  readonly proof?: ChangeProof;
  readonly level?: ChangeLevel;
  readonly witness?: Json;
};

export function emptyPair(): PairNode {
  return { findings: [], children: new Set(), unknown: null };
}

function directionOf(place: SchemaPlace): "request" | "response" {
  return place.startsWith("request") ? "request" : "response";
}

/** A finding about a schema, named by its place and edit. */
export function schemaFinding(place: SchemaPlace, edit: SchemaEdit, details: Details): Finding {
  const direction = directionOf(place);
  const level = details.level ?? schemaRules[edit][direction];
  return {
    id: `${place}-${edit}`,
    edit,
    level,
    direction,
    subject: details.subject,
    pointerBefore: details.pointerBefore ?? null,
    pointerAfter: details.pointerAfter ?? null,
    before: details.before ?? null,
    after: details.after ?? null,
    proof: details.proof ?? "contained",
    ...(details.witness === undefined ? {} : { witness: details.witness }),
  };
}

/** A finding with an id of its own. */
export function fixedFinding(edit: FixedEdit, direction: ChangeDirection, details: Details): Finding {
  return {
    id: edit,
    edit,
    level: details.level ?? fixedRules[edit].level,
    direction,
    subject: details.subject,
    pointerBefore: details.pointerBefore ?? null,
    pointerAfter: details.pointerAfter ?? null,
    before: details.before ?? null,
    after: details.after ?? null,
    proof: details.proof ?? "rule",
  };
}
