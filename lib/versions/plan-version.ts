import { compareDescriptions } from "../diff/index.ts";
import type { Change, Description } from "../model/index.ts";
import { readDocument, readVersionState } from "../store/index.ts";
import type { Database, VersionState } from "../store/index.ts";
import { decideStep } from "./decide-step.ts";
import type { VersionInput, VersionPlan, VersionStep } from "./version-plan.ts";

/** Finds the changes from a base to a revision; a host may do it in another thread. */
export type Compare = (base: Description, revision: Description) => Promise<readonly Change[]> | readonly Change[];

async function findChanges(
  db: Database,
  input: VersionInput,
  state: VersionState,
  step: VersionStep,
  compare: Compare,
): Promise<readonly Change[]> {
  if (step === "unchanged" || step === "text" || state.currentDocument === null) return [];
  const base = await readDocument(db, state.currentDocument);
  return base === null ? [] : compare(base, input.description);
}

/**
 * Decides what becomes of a description and computes what it changes against the current version. Writes nothing and holds
 * no lock, however large the documents are. Null where there is no such API.
 */
export async function planVersion(
  db: Database,
  input: VersionInput,
  compare: Compare = compareDescriptions,
): Promise<VersionPlan | null> {
  const { apiId, line, description } = input;
  const state = await readVersionState(db, apiId, description.contractDigest, { line });
  if (state === null) return null;
  const step = decideStep(state, input);
  return { input, state, step, changes: await findChanges(db, input, state, step, compare) };
}
