/**
 * Which contract of an API is which version (DESIGN §6), and when one follows another. Every line of an API lives on its own:
 * its numbers, what is current in it, and what its versions changed.
 *
 * - `planVersion` reads what stands, decides the step and computes the changes, outside of any transaction; `commitVersion`
 *   writes it under the lock of the API's row, if what it was compared with is still what stands, else answers "outdated":
 *   plan again. Two commits of one plan write once.
 * - A contract that no version of the API carries makes a version, numbered within its line; the same contract with another
 *   document adds a text to its version; a contract that was current before makes its version current again (`rollback`).
 * - What a revision beside the current one serves is `upcoming`, and becomes `current` as the same version, without a
 *   second one. Where the base moved in between, its changes are computed anew.
 * - The cluster moves `current` only when the contract that its current revision serves differs from the one that the
 *   current revision served before. A version that a person published therefore stays, however often the unchanged
 *   document is fetched again, until the cluster serves something new. The same holds for texts.
 * - `judgeFetch` keeps a description that flaps (replicas that differ, timestamps, random order) from making a hundred
 *   versions: it becomes the one stated condition `unstable`.
 *
 * Does not: fetch, parse, tell anybody, decide who may publish.
 * Fails: a lost database throws; whatever is expected is an outcome.
 */
export { commitVersion } from "./commit-version.ts";
export { judgeFetch, judgeSecondFetch, type SeenBefore } from "./judge-fetch.ts";
export { planVersion } from "./plan-version.ts";
export type { VersionInput, VersionOutcome, VersionPlan } from "./version-plan.ts";
export { withdrawUpcoming } from "./withdraw-upcoming.ts";
