/** How long things take and how often they are tried. Tests shorten them; production has no reason to. */
export type ReaderTiming = {
  /** The first wait after a failure; doubled each time, up to the maximum, and jittered between a half and the whole. */
  readonly retryFirstMs: number;
  readonly retryMaxMs: number;
  /** Between attempts where rights are missing, jittered the same way. */
  readonly forbiddenRetryMs: number;
  /** The longest wait between looks for a kind that is not installed; a change of its CRD shortens it. */
  readonly absentRetryMaxMs: number;
  /** How long a kind that was there must be gone from discovery before that is believed. */
  readonly absentConfirmMs: number;
  /** A kind that was found, or whose CRD changed, is looked for again so much later: discovery lags behind CRDs. */
  readonly versionRecheckMs: number;
  /** For one answer that is not a watch, with its body. */
  readonly answerTimeoutMs: number;
  /** What the server is asked to end a watch after: between this and its double. */
  readonly watchTimeoutMs: number;
  /** A watch that says nothing for so long, not even a bookmark, which servers send about once a minute, is dropped. */
  readonly watchSilenceMaxMs: number;
  /** A resumed watch counts as synced so long after its start: what was missed arrives first, or the news that it expired. */
  readonly resumeSettleMs: number;
  /** Changes within it are told once. */
  readonly coalesceMs: number;
};

export const defaultReaderTiming: ReaderTiming = {
  retryFirstMs: 400,
  retryMaxMs: 30_000,
  forbiddenRetryMs: 60_000,
  absentRetryMaxMs: 30_000,
  absentConfirmMs: 2_000,
  versionRecheckMs: 3_000,
  answerTimeoutMs: 60_000,
  watchTimeoutMs: 300_000,
  watchSilenceMaxMs: 180_000,
  resumeSettleMs: 500,
  coalesceMs: 20,
};
