/** What was had from a revision before, under the same probe key. */
export type SeenBefore = {
  readonly documentDigest: string | null;
  /** All that were seen, the refused ones too. */
  readonly contractDigests: readonly string[];
  readonly contractDigest: string | null;
  readonly unstable: boolean;
};

type Had = { readonly documentDigest: string; readonly contractDigest: string };

/**
 * - accept: take it for what the revision serves.
 * - confirm: ask once more, now, before it is believed.
 * - refuse: keep what was had before, and say that what is served is unstable.
 */
export type FetchJudgement = "accept" | "confirm" | "refuse";

/** Contracts under one key beyond which a document changes for no reason that anybody will be told. */
const restlessMin = 2;

/**
 * Judges one fetched description, so that a document that flaps becomes one stated condition and not a hundred versions.
 *
 * Under one probe key nothing of the workload changed, so its description should not either. What differs from the last fetch
 * is asked for once more: two different answers in a row are `unstable`, two equal ones are a change. A contract that comes
 * back after another under the same key is `unstable` without asking. Under a new key, a contract that the API does not have
 * yet is confirmed in the same way, since it is about to be told to people. Words of an unstable description are not believed
 * again until the key changes; a contract that was never seen under the key still is, once confirmed.
 *
 * The price is one request more when something new appears: at most two on the day of the daily question, and none at all
 * where nothing changed. `isFixed` is for places that a person wrote (a ConfigMap): they have no replicas to flap.
 */
export function judgeFetch(
  had: Had,
  seen: SeenBefore | null,
  api: { readonly knownContracts: ReadonlySet<string>; readonly isFixed: boolean },
): FetchJudgement {
  if (api.isFixed) return "accept";
  if (seen === null || seen.documentDigest === null) {
    return api.knownContracts.size > 0 && !api.knownContracts.has(had.contractDigest) ? "confirm" : "accept";
  }
  if (seen.documentDigest === had.documentDigest) return "accept";
  if (seen.contractDigest === had.contractDigest) return seen.unstable ? "refuse" : "confirm";
  // What had a third contract already will have a fourth: that is one condition, and nothing to ask twice for.
  const isRestless = seen.unstable && seen.contractDigests.length > restlessMin;
  return isRestless || seen.contractDigests.includes(had.contractDigest) ? "refuse" : "confirm";
}

/**
 * Judges the second of two fetches in a row. "text" says that the contract is the same and only words differ: the contract
 * is believed, the words are not.
 */
export function judgeSecondFetch(first: Had, second: Had | null): "accept" | "text" | "refuse" {
  // No second answer is no second opinion: the first stands, and the next day asks again.
  if (second === null || second.documentDigest === first.documentDigest) return "accept";
  return second.contractDigest === first.contractDigest ? "text" : "refuse";
}
