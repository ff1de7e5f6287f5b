import type { ChangeDirection, ChangeLevel, ChangeProof, Json } from "../model/index.ts";
import type { Edit } from "./rules.ts";

/** Where in an operation a schema stands; the first part of its rules' ids. */
export type SchemaPlace =
  "request-body" | "request-property" | "request-parameter" | "response-body" | "response-property" | "response-header";

/** What the comparison found, before it has words. */
export type Finding = {
  readonly id: string;
  /** The row of the table that made the id. */
  readonly edit: Edit;
  readonly level: ChangeLevel;
  readonly direction: ChangeDirection;
  /** What it is about, for people: "`age`", "the request body". */
  readonly subject: string;
  readonly pointerBefore: string | null;
  readonly pointerAfter: string | null;
  readonly before: Json;
  readonly after: Json;
  readonly proof: ChangeProof;
  /** A value of the subject that was fine and is not any more; missing where none is known. */
  readonly witness?: Json;
};

/** The findings of one pair of schemas, and the pairs below it; shared by all that refer to the same components. */
export type PairNode = {
  readonly findings: Finding[];
  readonly children: Set<PairNode>;
  /** What is said where the two differ and neither the pair nor anything below it found how; null where they need not differ. */
  unknown: Finding | null;
};
