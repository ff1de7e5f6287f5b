import { z } from "zod";
import type { Notice, VisibilityFilter } from "../model/index.ts";
import type { Database } from "./database.ts";
import { Prisma } from "./generated/client.ts";
import { cutPage, readCursor, takeOf, writeCursor } from "./page.ts";
import type { Page, PageRequest } from "./page.ts";
import { stored } from "./stored-shapes.ts";
import { visibleTo } from "./visible-to.ts";

/** A notice as one person got it, with the place of the API's page instead of its path. */
export type NoticeRow = Omit<Notice, "apiPath"> & {
  readonly place: { readonly namespace: string; readonly name: string; readonly kind: string };
  readonly ambiguous: boolean;
};

const rowSchema = z.object({
  id: z.string(),
  kind: stored.noticeKind,
  apiId: z.string(),
  apiTitle: z.string(),
  namespace: z.string(),
  name: z.string(),
  apiKind: z.string(),
  ambiguous: z.boolean(),
  line: z.string().nullable(),
  versionNumber: z.int(),
  versionLabel: z.string(),
  verdict: stored.verdict,
  counts: stored.counts,
  message: z.string(),
  advice: z.string(),
  createdAt: z.date(),
  toldAt: z.date(),
  readAt: z.date().nullable(),
});

/** What one person was told, the newest first; nothing of an API that the person may no longer see. */
export async function listNoticeRows(
  db: Database,
  filter: VisibilityFilter,
  userId: string,
  request: PageRequest,
): Promise<Page<NoticeRow>> {
  const after = readCursor(request.cursor, 2);
  const rows = await readRows(
    db,
    filter,
    Prisma.sql`r."userId" = ${userId} AND ${
      after === null
        ? Prisma.sql`TRUE`
        : Prisma.sql`(r."createdAt", r."noticeId") < (to_timestamp(${Number(after[0])}::double precision / 1000), ${String(after[1])})`
    }`,
    takeOf(request),
  );
  return cutPage(rows, request, toNotice, (row) => writeCursor([row.toldAt.getTime(), row.id]));
}

/** One notice as this person got it; null where the person was not told or may no longer see the API. */
export async function findNoticeRow(
  db: Database,
  filter: VisibilityFilter,
  userId: string,
  noticeId: string,
): Promise<NoticeRow | null> {
  const rows = await readRows(db, filter, Prisma.sql`r."userId" = ${userId} AND r."noticeId" = ${noticeId}`, 1);
  const row = rows[0];
  return row === undefined ? null : toNotice(row);
}

/** How many notices the person has not read. */
export async function countUnread(db: Database, filter: VisibilityFilter, userId: string): Promise<number> {
  const rows = z.array(z.object({ count: z.int() })).parse(
    await db.$queryRaw`
      SELECT count(*)::int AS count FROM notice_recipient r
      JOIN notice n ON n.id = r."noticeId" JOIN api ON api.id = n."apiId"
      WHERE r."userId" = ${userId} AND r."readAt" IS NULL AND ${visibleTo(filter, "api")}`,
  );
  return rows[0]?.count ?? 0;
}

/** Marks a notice as read; false where the person was not told it. A second time changes nothing. */
export async function markNoticeRead(
  db: Database,
  notice: { readonly id: string; readonly userId: string },
  now: Date,
): Promise<boolean> {
  const { id: noticeId, userId } = notice;
  await db.noticeRecipient.updateMany({ where: { noticeId, userId, readAt: null }, data: { readAt: now } });
  return (await db.noticeRecipient.count({ where: { noticeId, userId } })) > 0;
}

/** Who is told a notice. */
export async function listRecipients(db: Database, noticeId: string): Promise<readonly string[]> {
  const rows = await db.noticeRecipient.findMany({ where: { noticeId }, select: { userId: true } });
  return rows.map(({ userId }) => userId);
}

async function readRows(db: Database, filter: VisibilityFilter, condition: Prisma.Sql, limit: number) {
  return z.array(rowSchema).parse(
    await db.$queryRaw`
      SELECT n.id, n.kind, n."apiId", api.title AS "apiTitle", api.namespace, api.name, api.kind AS "apiKind",
        EXISTS (
          SELECT 1 FROM api other
          WHERE other.namespace = api.namespace AND other.name = api.name AND other.id <> api.id
            AND other."retiredAt" IS NULL AND ${visibleTo(filter, "other")}
        ) AS ambiguous,
        nullif(v.line, coalesce(api.lines[1], v.line)) AS line, v.number AS "versionNumber", v.label AS "versionLabel", n.verdict, n.counts, n.message, n.advice,
        n."createdAt", r."createdAt" AS "toldAt", r."readAt"
      FROM notice_recipient r
      JOIN notice n ON n.id = r."noticeId"
      JOIN spec_version v ON v.id = n."versionId"
      JOIN api ON api.id = n."apiId"
      WHERE ${condition} AND ${visibleTo(filter, "api")}
      ORDER BY r."createdAt" DESC, r."noticeId" DESC LIMIT ${limit}`,
  );
}

function toNotice(row: z.infer<typeof rowSchema>): NoticeRow {
  const { namespace, name, apiKind, toldAt: _toldAt, ...notice } = row;
  return { ...notice, place: { namespace, name, kind: apiKind } };
}
