import type { ChangeCounts, FollowLevel, NoticeKind, Verdict, Visibility } from "../model/index.ts";
import { mainLine, pagePathOf } from "../model/index.ts";
import type { Database } from "./database.ts";
import { publishEvent } from "./events.ts";
import { readVisibility, stored } from "./stored-shapes.ts";
import { storableText } from "./to-json.ts";

/** A person who follows an API, with what decides whether they are told. */
export type Follower = {
  readonly userId: string;
  readonly name: string;
  readonly email: string | null;
  readonly groups: readonly string[];
  readonly level: FollowLevel;
};

/** Everybody who follows an API, at whatever level. */
export async function listFollowers(db: Database, apiId: string): Promise<readonly Follower[]> {
  const rows = await db.follow.findMany({
    where: { apiId },
    include: { user: { include: { groups: true } } },
    orderBy: { userId: "asc" },
  });
  return rows.map(({ user, level }) => ({
    userId: user.id,
    name: user.name,
    email: user.email,
    groups: user.groups.map(({ group }) => group),
    level: stored.followLevel.parse(level),
  }));
}

export type NewNotice = {
  readonly apiId: string;
  readonly versionId: string;
  readonly kind: NoticeKind;
  readonly verdict: Verdict;
  readonly counts: ChangeCounts;
  readonly message: string;
  readonly advice: string;
  readonly dedupeKey: string;
  readonly now: Date;
};

/** Writes a notice with its recipients and tells listeners; null where the same was told before. */
export async function insertNotice(
  tx: Database,
  notice: NewNotice,
  userIds: readonly string[],
): Promise<string | null> {
  const { now, counts, message, advice, ...given } = notice;
  const columns = { ...given, message: storableText(message), advice: storableText(advice) };
  const [row] = await tx.notice.createManyAndReturn({
    data: [{ ...columns, counts: { ...counts }, createdAt: now }],
    skipDuplicates: true,
    select: { id: true },
  });
  if (row === undefined) return null;
  await tx.noticeRecipient.createMany({
    data: userIds.map((userId) => ({ noticeId: row.id, userId, createdAt: now })),
    skipDuplicates: true,
  });
  await publishEvent(tx, { type: "notice", noticeId: row.id });
  return row.id;
}

/** Queues one mail a recipient, in the same transaction as the notice. */
export async function enqueueMails(tx: Database, noticeId: string, userIds: readonly string[]): Promise<void> {
  for (const userId of userIds) {
    await tx.$executeRaw`SELECT graphile_worker.add_job('mail-notice', ${JSON.stringify({ noticeId, userId })}::json,
      max_attempts := 20, job_key := ${`mail-notice/${noticeId}/${userId}`}, job_key_mode := 'preserve_run_at')`;
  }
}

/** What one mail says and to whom. */
export type NoticeMail = {
  readonly email: string | null;
  readonly groups: readonly string[];
  readonly mailedAt: Date | null;
  readonly kind: NoticeKind;
  readonly verdict: Verdict;
  readonly message: string;
  readonly advice: string;
  readonly apiTitle: string;
  readonly apiPath: string;
  readonly owner: string | null;
  readonly visibility: Visibility;
  /** The line of the version; null where it is the API's own. */
  readonly line: string | null;
  readonly versionNumber: number;
  readonly versionLabel: string;
};

/** Reads what is to be mailed; null where the notice or the person is gone. */
export async function readNoticeMail(db: Database, noticeId: string, userId: string): Promise<NoticeMail | null> {
  const row = await db.noticeRecipient.findUnique({
    where: { noticeId_userId: { noticeId, userId } },
    include: { user: { include: { groups: true } }, notice: { include: { api: true, version: true } } },
  });
  if (row === null) return null;
  const { user, notice } = row;
  const { api, version } = notice;
  const twins = await db.api.count({
    where: { namespace: api.namespace, name: api.name, retiredAt: null, id: { not: api.id } },
  });
  return {
    email: user.email,
    groups: user.groups.map(({ group }) => group),
    mailedAt: row.mailedAt,
    kind: stored.noticeKind.parse(notice.kind),
    verdict: stored.verdict.parse(notice.verdict),
    message: notice.message,
    advice: notice.advice,
    apiTitle: api.title,
    apiPath: pagePathOf(api, twins > 0),
    owner: api.owner,
    visibility: readVisibility(api.visibility, api.visibilityGroups),
    line: version.line === (api.lines[0] ?? mainLine) ? null : version.line,
    versionNumber: version.number,
    versionLabel: version.label,
  };
}

/** Notes that the SMTP server took the mail, so that a second delivery of the job sends none. */
export async function markMailed(db: Database, noticeId: string, userId: string, now: Date): Promise<void> {
  await db.noticeRecipient.updateMany({ where: { noticeId, userId, mailedAt: null }, data: { mailedAt: now } });
}
