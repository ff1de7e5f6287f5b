import type { Change, ChangeCounts, SpecVersion } from "../model/index.ts";
import { countChanges } from "../model/index.ts";
import { countChangesOf } from "./api-reads.ts";
import type { Database } from "./database.ts";
import type { Prisma } from "./generated/client.ts";
import { cutPage, readCursor, takeOf, writeCursor } from "./page.ts";
import type { Page, PageRequest } from "./page.ts";
import { stored } from "./stored-shapes.ts";

/** Which version of a line is meant: by number, or by what it is now. */
export type VersionSelector = number | "current" | "upcoming";

/** A version with the counts of its changes against its base. */
export type VersionRow = {
  readonly version: SpecVersion;
  readonly counts: ChangeCounts;
  readonly baseNumber: number | null;
  readonly baseVersionId: string | null;
};

const include = {
  texts: { orderBy: { lastSeenAt: "desc" }, select: { documentDigest: true } },
  servedBy: { orderBy: { lastSeenAt: "desc" } },
  base: { select: { number: true } },
} as const satisfies Prisma.SpecVersionInclude;
type Row = Prisma.SpecVersionGetPayload<{ include: typeof include }>;

/** The versions of one line of an API, the highest number first; drafts are not versions. */
export async function listVersionRows(
  db: Database,
  apiId: string,
  line: string,
  request: PageRequest,
): Promise<Page<VersionRow>> {
  const after = readCursor(request.cursor, 1);
  const rows = await db.specVersion.findMany({
    where: { apiId, line, ...(after === null ? {} : { number: { lt: Number(after[0]) } }) },
    orderBy: { number: "desc" },
    take: takeOf(request),
    include,
  });
  const read = await readRows(db, rows);
  return cutPage(
    read,
    request,
    (row) => row,
    ({ version }) => writeCursor([version.number]),
  );
}

/** One version of a line, or null where there is none. */
export async function findVersionRow(
  db: Database,
  apiId: string,
  line: string,
  selector: VersionSelector,
): Promise<VersionRow | null> {
  const row = await db.specVersion.findFirst({
    where: {
      apiId,
      line,
      ...(selector === "current"
        ? { lineOf: { apiId, name: line } }
        : selector === "upcoming"
          ? { lifecycle: "upcoming" }
          : { number: selector }),
    },
    orderBy: { number: "desc" },
    include,
  });
  return row === null ? null : ((await readRows(db, [row]))[0] ?? null);
}

/** What each version changed, in the engine's order. */
export async function readChangesOf(
  db: Database,
  versionIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Change[]>> {
  const rows = await db.specChange.findMany({
    where: { versionId: { in: [...versionIds] } },
    orderBy: [{ versionId: "asc" }, { ordinal: "asc" }],
  });
  const result = new Map<string, Change[]>();
  for (const row of rows) {
    const { witness, ...change } = stored.change.parse(row.change);
    const changes = result.get(row.versionId) ?? [];
    changes.push(witness === undefined ? change : { ...change, witness });
    result.set(row.versionId, changes);
  }
  return result;
}

/** What was mended in a document on its way in; empty where the document is unknown. */
export async function readRepairs(
  db: Database,
  digest: string,
): Promise<readonly { readonly pointer: string; readonly message: string }[]> {
  const row = await db.document.findUnique({ where: { digest }, select: { repairs: true } });
  return row === null ? [] : stored.repairs.parse(row.repairs);
}

/** The bytes of a document as they first came, or null. */
export async function readRawDocument(db: Database, digest: string): Promise<Uint8Array | null> {
  const row = await db.document.findUnique({ where: { digest }, select: { raw: true } });
  return row?.raw ?? null;
}

async function readRows(db: Database, rows: readonly Row[]): Promise<readonly VersionRow[]> {
  const publishers = rows.flatMap(({ publishedById }) => publishedById ?? []);
  const [counts, people] = await Promise.all([
    countChangesOf(
      db,
      rows.map(({ id }) => id),
    ),
    publishers.length === 0
      ? []
      : db.user.findMany({ where: { id: { in: publishers } }, select: { id: true, name: true } }),
  ]);
  return rows.map((row) => ({
    counts: counts.get(row.id) ?? countChanges([]),
    baseNumber: row.base?.number ?? null,
    baseVersionId: row.baseVersionId,
    version: {
      id: row.id,
      apiId: row.apiId,
      line: row.line,
      number: row.number,
      label: row.label,
      contractDigest: row.contractDigest,
      documentDigest: row.texts[0]?.documentDigest ?? "",
      lifecycle: stored.lifecycle.parse(row.lifecycle),
      source: stored.versionSource.parse(row.source),
      publishedBy: people.find(({ id }) => id === row.publishedById)?.name ?? null,
      releaseNote: row.releaseNote,
      createdAt: row.createdAt,
      currentSince: row.currentSince,
      operationCount: row.operationCount,
      servedBy: row.servedBy.map(({ revision, images, firstSeenAt, lastSeenAt }) => ({
        revision,
        images,
        firstSeenAt,
        lastSeenAt,
      })),
      textCount: row.texts.length,
    },
  }));
}
