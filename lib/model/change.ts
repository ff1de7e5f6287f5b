import type { HttpMethod, Json } from "./description.ts";

export const changeLevels = ["breaking", "risky", "safe", "info"] as const;
export type ChangeLevel = (typeof changeLevels)[number];

export type ChangeDirection = "request" | "response" | "none";

/** How sure the engine is: by containment, by a witness, by a rule, or not (then the level is at least `risky`). */
export type ChangeProof = "contained" | "witness" | "rule" | "unknown";

/** The operations that a change touches, and through what. */
export type ChangeUse = { readonly method: HttpMethod; readonly path: string; readonly direction: ChangeDirection };

/** One finding between two spec versions. Public: DESIGN §14. */
export type Change = {
  /** A rule id of `lib/diff`'s table. */
  readonly id: string;
  readonly level: ChangeLevel;
  readonly direction: ChangeDirection;
  /** Null where the change is not of one operation: a shared component, the document. */
  readonly method: HttpMethod | null;
  readonly path: string | null;
  /** JSON pointers into the base and the revision as they were read; null on the side where it is absent. */
  readonly pointerBefore: string | null;
  readonly pointerAfter: string | null;
  readonly before: Json;
  readonly after: Json;
  readonly message: string;
  /** What the consumer must do. */
  readonly advice: string;
  readonly proof: ChangeProof;
  readonly witness?: Json;
  /** Stable over runs and over unrelated edits. */
  readonly fingerprint: string;
  readonly usedBy: readonly ChangeUse[];
};

const witnessMax = 160;

/** What a witness shows, in a sentence in which the value stands between backticks; null where there is none. */
export function sayWitness({
  witness,
  direction,
}: {
  readonly witness?: Json | undefined;
  readonly direction: ChangeDirection;
}): string | null {
  if (witness === undefined) return null;
  // As JSON, so that signs that nobody sees are seen; backticks would end the value.
  const text = JSON.stringify(witness).replaceAll("`", "\\u0060");
  const shown = text.length > witnessMax ? `${text.slice(0, witnessMax)}…` : text;
  return direction === "response"
    ? `For example, \`${shown}\` may come now and could not before.`
    : `For example, \`${shown}\` was accepted and is not any more.`;
}

export type Verdict = "breaking" | "risky" | "safe" | "none";

/** How many changes there are of each level. */
export type ChangeCounts = { readonly [level in ChangeLevel]: number };

/** Counts by level; all four keys are there. */
export function countChanges(changes: readonly Pick<Change, "level">[]): ChangeCounts {
  const counts = { breaking: 0, risky: 0, safe: 0, info: 0 };
  for (const change of changes) counts[change.level] += 1;
  return counts;
}

/** The worst level; "none" where there is no change, and "safe" where there is nothing but safe changes and news. */
export function verdictOf(counts: ChangeCounts): Verdict {
  if (counts.breaking > 0) return "breaking";
  if (counts.risky > 0) return "risky";
  return counts.safe + counts.info > 0 ? "safe" : "none";
}
