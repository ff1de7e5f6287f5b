import { engineVersion } from "../diff/index.ts";
import {
  announceVersion,
  insertVersion,
  makeCurrent,
  readVersionState,
  saveChanges,
  saveDocument,
  savePublication,
  saveServedBy,
  saveText,
  setClusterDocument,
  setLifecycle,
} from "../store/index.ts";
import type { Database, VersionHead, VersionState } from "../store/index.ts";
import type { VersionInput, VersionOutcome, VersionPlan } from "./version-plan.ts";

function stillStands(before: VersionState, now: VersionState): boolean {
  return (
    before.current?.id === now.current?.id &&
    before.current?.currentSince?.getTime() === now.current?.currentSince?.getTime() &&
    before.same?.id === now.same?.id &&
    before.same?.lifecycle === now.same?.lifecycle &&
    before.sameDocument === now.sameDocument &&
    before.clusterDocument === now.clusterDocument
  );
}

function insert(tx: Database, input: VersionInput, base: VersionHead | null): Promise<VersionHead> {
  return insertVersion(tx, {
    apiId: input.apiId,
    line: input.line,
    label: input.description.label,
    contractDigest: input.description.contractDigest,
    source: input.source,
    origin: input.origin,
    publishedById: input.publishedById ?? null,
    releaseNote: input.releaseNote ?? null,
    operationCount: input.description.operations.length,
    baseVersionId: base?.id ?? null,
    now: input.now,
  });
}

/** Writes the version itself: new or found, its lifecycle, and what it changed where that is not written yet. */
async function moveVersion(tx: Database, plan: VersionPlan): Promise<VersionHead> {
  const { input, state, step, changes } = plan;
  const base = state.current;
  const version = state.same ?? (await insert(tx, input, base));
  const isUntold = state.same === null || (state.same.currentSince === null && state.same.baseVersionId !== base?.id);
  switch (step) {
    case "unchanged":
    case "text":
      return version;
    case "upcoming":
    case "current":
    case "rollback":
      if (isUntold) await saveChanges(tx, version, base?.id ?? null, changes, engineVersion);
      return step === "upcoming" ? setLifecycle(tx, version, "upcoming") : makeCurrent(tx, version, input.now);
  }
}

/**
 * Writes a plan, in the caller's transaction: document, version, changes, who served it. The row of the API is locked, so
 * that numbers have no gaps and two commits of one plan write once: the second finds that what stood does not stand any more.
 */
export async function commitVersion(tx: Database, plan: VersionPlan): Promise<VersionOutcome> {
  const { input, step, changes } = plan;
  const { description, apiId, line } = input;
  const state = await readVersionState(tx, apiId, description.contractDigest, { line, lock: true });
  if (state === null || state.isRetired) return { kind: "gone" };
  if (!stillStands(plan.state, state)) return { kind: "outdated" };

  if (input.raw !== null) await saveDocument(tx, description, input.raw);
  const version = await moveVersion(tx, plan);
  // A revision beside the current one that serves the current contract in other words does not change those words yet.
  const isItsText = input.lifecycle === "current" || version.id !== state.current?.id;
  if (step !== "unchanged" && isItsText) await saveText(tx, version.id, description.documentDigest, input.now);
  if (
    input.source === "cluster" &&
    input.lifecycle === "current" &&
    state.clusterDocument !== description.documentDigest
  ) {
    await setClusterDocument(tx, apiId, line, description.documentDigest);
  }
  if (input.servedBy !== null) await saveServedBy(tx, version.id, input.servedBy, input.now);
  if (input.source === "published" && state.same !== null) {
    await savePublication(tx, version.id, {
      publishedById: input.publishedById ?? null,
      releaseNote: input.releaseNote ?? null,
    });
  }
  if (step !== "unchanged") await announceVersion(tx, version);
  return { kind: step, version, base: state.current, changes };
}
