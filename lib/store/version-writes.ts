import type { Change, Lifecycle, Origin, VersionSource } from "../model/index.ts";
import { mainLine } from "../model/index.ts";
import type { Database } from "./database.ts";
import { publishEvent } from "./events.ts";
import { storableTextOrNull, toJson } from "./to-json.ts";
import { refreshShownTexts } from "./shown-texts.ts";
import { stored } from "./stored-shapes.ts";

/** A version as far as deciding about versions needs it. */
export type VersionHead = {
  readonly id: string;
  readonly apiId: string;
  readonly line: string;
  readonly number: number;
  readonly label: string;
  readonly contractDigest: string;
  readonly lifecycle: Lifecycle;
  readonly source: VersionSource;
  readonly currentSince: Date | null;
  readonly baseVersionId: string | null;
};

/** What stands in one line when a version is planned; it must still stand when the plan is committed. */
export type VersionState = {
  readonly apiId: string;
  readonly isRetired: boolean;
  /** What the line's current revision served last, and its contract; null before the first. */
  readonly clusterDocument: string | null;
  readonly clusterContract: string | null;
  readonly current: VersionHead | null;
  /** The version that carries the contract in question, in whatever lifecycle. */
  readonly same: VersionHead | null;
  /** The newest document of each of the two. */
  readonly currentDocument: string | null;
  readonly sameDocument: string | null;
};

const columns = {
  id: true,
  apiId: true,
  line: true,
  number: true,
  label: true,
  contractDigest: true,
  lifecycle: true,
  source: true,
  currentSince: true,
  baseVersionId: true,
} as const;

type Row = Omit<VersionHead, "lifecycle" | "source"> & { readonly lifecycle: string; readonly source: string };

function readVersion(row: Row): VersionHead {
  return { ...row, lifecycle: stored.lifecycle.parse(row.lifecycle), source: stored.versionSource.parse(row.source) };
}

async function newestDocument(db: Database, versionId: string | undefined): Promise<string | null> {
  if (versionId === undefined) return null;
  const text = await db.specText.findFirst({
    where: { versionId },
    orderBy: { lastSeenAt: "desc" },
    select: { documentDigest: true },
  });
  return text?.documentDigest ?? null;
}

/** Keeps everybody else from moving the versions of an API until the transaction ends. */
export async function lockApi(tx: Database, apiId: string): Promise<void> {
  await tx.$executeRaw`SELECT id FROM api WHERE id = ${apiId} FOR NO KEY UPDATE`;
}

/**
 * Reads what stands for one contract in one line of an API; with `lock`, nobody else moves its versions until the transaction
 * ends. Null where there is no such API.
 */
export async function readVersionState(
  db: Database,
  apiId: string,
  contractDigest: string,
  options: { readonly line: string; readonly lock?: boolean },
): Promise<VersionState | null> {
  const { line } = options;
  if (options.lock === true) await lockApi(db, apiId);
  const api = await db.api.findUnique({
    where: { id: apiId },
    select: {
      retiredAt: true,
      lineRows: { where: { name: line }, select: { clusterDigest: true, currentVersion: { select: columns } } },
    },
  });
  if (api === null) return null;
  const same = await db.specVersion.findUnique({
    where: { apiId_line_contractDigest: { apiId, line, contractDigest } },
    select: columns,
  });
  const [row] = api.lineRows;
  const current = row?.currentVersion ?? null;
  const clusterDigest = row?.clusterDigest ?? null;
  const clusterDocument =
    clusterDigest === null
      ? null
      : await db.document.findUnique({ where: { digest: clusterDigest }, select: { contractDigest: true } });
  const currentDocument = await newestDocument(db, current?.id);
  return {
    apiId,
    isRetired: api.retiredAt !== null,
    clusterDocument: clusterDigest,
    clusterContract: clusterDocument?.contractDigest ?? null,
    current: current === null ? null : readVersion(current),
    same: same === null ? null : readVersion(same),
    currentDocument,
    sameDocument: same?.id === current?.id ? currentDocument : await newestDocument(db, same?.id),
  };
}

/** Adds an announced version with the next number of its line. The API's row must be locked. */
export async function insertVersion(
  tx: Database,
  version: {
    readonly apiId: string;
    readonly line: string;
    /** Null where the description has none: then it is the number with a v. */
    readonly label: string | null;
    readonly contractDigest: string;
    readonly source: VersionSource;
    readonly origin: Origin;
    readonly publishedById: string | null;
    readonly releaseNote: string | null;
    readonly operationCount: number;
    readonly baseVersionId: string | null;
    readonly now: Date;
  },
): Promise<VersionHead> {
  const { label, now, ...given } = version;
  const last = await tx.specVersion.aggregate({
    where: { apiId: version.apiId, line: version.line },
    _max: { number: true },
  });
  const number = (last._max.number ?? 0) + 1;
  const row = await tx.specVersion.create({
    data: {
      ...given,
      number,
      label: storableTextOrNull(label) ?? derivedLabel(version.line, number),
      createdAt: now,
      lifecycle: "upcoming",
    },
    select: columns,
  });
  return readVersion(row);
}

/** What a version is called whose description has no word for it: of the line v2 the first is v2-1. */
function derivedLabel(line: string, number: number): string {
  return line === mainLine ? `v${String(number)}` : `${line}-${String(number)}`;
}

/** Makes a version the current one of its line; the one before is superseded. The API's row must be locked. */
export async function makeCurrent(tx: Database, version: VersionHead, now: Date): Promise<VersionHead> {
  const { apiId, line } = version;
  await tx.specVersion.updateMany({
    where: { apiId, line, lifecycle: "current", id: { not: version.id } },
    data: { lifecycle: "superseded" },
  });
  const row = await tx.specVersion.update({
    where: { id: version.id },
    data: { lifecycle: "current", currentSince: now },
    select: columns,
  });
  await saveLine(tx, apiId, line, { currentVersionId: version.id });
  await refreshCurrent(tx, [apiId]);
  return readVersion(row);
}

async function saveLine(
  tx: Database,
  apiId: string,
  name: string,
  columnsOfLine: { readonly currentVersionId: string } | { readonly clusterDigest: string },
): Promise<void> {
  await tx.line.upsert({
    where: { apiId_name: { apiId, name } },
    create: { apiId, name, ...columnsOfLine },
    update: columnsOfLine,
    select: { apiId: true },
  });
}

/** Lists show the current version of an API's first line: to be called after either moved. */
export async function refreshCurrent(tx: Database, apiIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE api SET "currentVersionId" = shown."currentVersionId"
    FROM (
      SELECT api.id, line."currentVersionId" FROM api
      LEFT JOIN line ON line."apiId" = api.id AND line.name = api.lines[1]
      WHERE api.id = ANY(${[...apiIds]}::text[])
    ) AS shown
    WHERE shown.id = api.id AND api."currentVersionId" IS DISTINCT FROM shown."currentVersionId"`;
}

/** Moves a version that is not current to another lifecycle. */
export async function setLifecycle(
  tx: Database,
  version: VersionHead,
  lifecycle: "upcoming" | "superseded",
): Promise<VersionHead> {
  const row = await tx.specVersion.update({ where: { id: version.id }, data: { lifecycle }, select: columns });
  return readVersion(row);
}

/** Notes what the current revision of a line serves. The document must be kept already. */
export async function setClusterDocument(
  tx: Database,
  apiId: string,
  line: string,
  documentDigest: string,
): Promise<void> {
  await saveLine(tx, apiId, line, { clusterDigest: documentDigest });
}

/** Notes who published a version and what they wrote of it. */
export async function savePublication(
  tx: Database,
  versionId: string,
  publication: { readonly publishedById: string | null; readonly releaseNote: string | null },
): Promise<void> {
  await tx.specVersion.update({ where: { id: versionId }, data: publication, select: { id: true } });
}

/** Adds a document to the texts of a version, or makes one that it had before the newest again. */
export async function saveText(tx: Database, versionId: string, documentDigest: string, now: Date): Promise<void> {
  await tx.specText.upsert({
    where: { versionId_documentDigest: { versionId, documentDigest } },
    create: { versionId, documentDigest, firstSeenAt: now, lastSeenAt: now },
    update: { lastSeenAt: now },
    select: { versionId: true },
  });
}

/** Replaces what a version changed against its base: once, when it is made, and again where its base moved before it came. */
export async function saveChanges(
  tx: Database,
  version: Pick<VersionHead, "id">,
  baseVersionId: string | null,
  changes: readonly Change[],
  engineVersion: number,
): Promise<void> {
  await tx.specChange.deleteMany({ where: { versionId: version.id } });
  await tx.specVersion.update({ where: { id: version.id }, data: { baseVersionId }, select: { id: true } });
  if (changes.length === 0) return;
  await tx.specChange.createMany({
    data: changes.map((change, ordinal) => ({
      versionId: version.id,
      ordinal,
      level: change.level,
      ruleId: change.id,
      change: toJson(change),
      engineVersion,
    })),
  });
}

/** Notes that a revision serves a version. */
export async function saveServedBy(
  tx: Database,
  versionId: string,
  served: { readonly revision: string; readonly images: readonly string[] },
  now: Date,
): Promise<void> {
  const { revision } = served;
  const images = [...served.images];
  await tx.servedBy.upsert({
    where: { versionId_revision: { versionId, revision } },
    create: { versionId, revision, images, firstSeenAt: now, lastSeenAt: now },
    update: { images, lastSeenAt: now },
    select: { versionId: true },
  });
}

/** Says to listeners that a version moved, and brings what is shown of its API in line. */
export async function announceVersion(tx: Database, version: VersionHead): Promise<void> {
  await refreshShownTexts(tx, [version.apiId]);
  const { apiId, line, number, lifecycle } = version;
  await publishEvent(tx, { type: "version", apiId, line, number, lifecycle });
}

/** The contracts that are announced for a line because a revision of it served them. */
export async function listUpcoming(db: Database, apiId: string, line: string): Promise<readonly VersionHead[]> {
  const rows = await db.specVersion.findMany({
    where: { apiId, line, lifecycle: "upcoming", source: "cluster" },
    select: columns,
  });
  return rows.map(readVersion);
}

/** The contracts of all versions of a line. */
export async function listContracts(db: Database, apiId: string, line: string): Promise<ReadonlySet<string>> {
  const rows = await db.specVersion.findMany({ where: { apiId, line }, select: { contractDigest: true } });
  return new Set(rows.map(({ contractDigest }) => contractDigest));
}
