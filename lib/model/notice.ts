import type { ChangeCounts, Verdict } from "./change.ts";

export const followLevels = ["all", "breaking-and-risky", "none"] as const;
export type FollowLevel = (typeof followLevels)[number];

/** Why people are told: a contract is about to come, has come, or an earlier one came back. */
export const noticeKinds = ["upcoming", "current", "rollback"] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** What one person is told. */
export type Notice = {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly apiId: string;
  readonly apiTitle: string;
  /** Readable path of the API's page, from the root. */
  readonly apiPath: string;
  /** The line of the version; null where it is the API's own. */
  readonly line: string | null;
  readonly versionNumber: number;
  readonly versionLabel: string;
  readonly verdict: Verdict;
  readonly counts: ChangeCounts;
  /** One sentence: what happened. */
  readonly message: string;
  /** One sentence: what to do. */
  readonly advice: string;
  readonly createdAt: Date;
  readonly readAt: Date | null;
};
