import type { VersionState } from "../store/index.ts";
import type { VersionInput, VersionStep } from "./version-plan.ts";

type Given = Pick<VersionInput, "source" | "lifecycle"> & {
  readonly description: Pick<VersionInput["description"], "contractDigest" | "documentDigest">;
};

function textOr(state: VersionState, documentDigest: string): "text" | "unchanged" {
  return state.sameDocument === documentDigest ? "unchanged" : "text";
}

/** What a description that is current, by its revision or by a person's word, does to the versions of its API. */
function stepOfCurrent(state: VersionState, input: Given): VersionStep {
  const { contractDigest, documentDigest } = input.description;
  const { current, same } = state;
  const isFromCluster = input.source === "cluster";
  if (isFromCluster && current !== null && state.clusterContract === contractDigest) {
    if (state.clusterDocument === documentDigest || same === null) return "unchanged";
    return textOr(state, documentDigest);
  }
  if (same === null) return "current";
  if (same.id === current?.id) return textOr(state, documentDigest);
  return same.currentSince === null ? "current" : "rollback";
}

/**
 * What a description of another revision does: it is announced, unless it is what is current or announced already. What was
 * current once is not: behind a canary that took over it is the revision that leaves, and a return of it is told when it
 * takes over, as a rollback.
 */
function stepOfUpcoming(state: VersionState, input: Given): VersionStep {
  const { same, current } = state;
  if (same === null) return "upcoming";
  if (same.id === current?.id || (same.currentSince !== null && same.lifecycle !== "upcoming")) return "unchanged";
  return same.lifecycle === "upcoming" ? textOr(state, input.description.documentDigest) : "upcoming";
}

/** What becomes of a description, given what stands. Pure and total. */
export function decideStep(state: VersionState, input: Given): VersionStep {
  switch (input.lifecycle) {
    case "current":
      return stepOfCurrent(state, input);
    case "upcoming":
      return stepOfUpcoming(state, input);
  }
}
