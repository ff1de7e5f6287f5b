import type { ErrorCode } from "../base/index.ts";
import type { DescriptionProblem } from "../model/index.ts";

/** An act that was not done, and why; `problems` where it is about a document. */
export type Refusal = {
  readonly kind: "refused";
  readonly code: Extract<
    ErrorCode,
    "not-found" | "unauthenticated" | "forbidden" | "conflict" | "too-large" | "invalid-document" | "bad-request"
  >;
  readonly reason: string | null;
  readonly problems?: readonly DescriptionProblem[];
};

/** A refusal; `reason` is for the person. */
export function refuse(
  code: Refusal["code"],
  reason: string | null = null,
  problems?: readonly DescriptionProblem[],
): Refusal {
  return { kind: "refused", code, reason, ...(problems === undefined ? {} : { problems }) };
}

/** Absent or hidden: the same to whoever asks. */
export const notThere: Refusal = refuse("not-found");
