import { z } from "zod";
import type {
  AcquisitionRecord,
  Api,
  ChangeCounts,
  Endpoint,
  FollowLevel,
  SpecVersion,
  VisibilityFilter,
} from "../model/index.ts";
import { countChanges, mainLine } from "../model/index.ts";
import type { Database } from "./database.ts";
import type { Prisma } from "./generated/client.ts";
import { readObjectKey, readVisibility, stored } from "./stored-shapes.ts";
import { visibleTo } from "./visible-to.ts";

/** An API as lists show it, with what a viewer's row needs beside it. */
export type ApiRow = {
  readonly api: Omit<Api, "endpoints">;
  readonly publicUrls: readonly string[];
  readonly operationCount: number;
  readonly unstable: boolean;
  /** True where another API that the viewer sees has the same namespace and name: the page's path must name the kind. */
  readonly ambiguous: boolean;
  readonly currentVersion: Pick<SpecVersion, "id" | "number" | "label" | "contractDigest" | "createdAt"> | null;
  readonly upcomingVersion: { readonly number: number; readonly label: string; readonly counts: ChangeCounts } | null;
  readonly followLevel: FollowLevel | null;
  /** Moves when discovery says something else of the API. */
  readonly observedDigest: string;
  /** Why no description was had at the last attempt; null where one was, or none was tried. */
  readonly acquisitionProblem: string | null;
};

/** An acquisition with the time of its last success. */
export type AcquisitionRow = AcquisitionRecord & { readonly fetchedAt: Date | null };

/** Reads the APIs of these ids that exist for the viewer, in the order of the ids. */
export async function readApis(
  db: Database,
  filter: VisibilityFilter,
  ids: readonly string[],
  followerId: string | null,
): Promise<readonly ApiRow[]> {
  if (ids.length === 0) return [];
  const seen = await findVisible(db, filter, ids);
  const rows = await db.api.findMany({
    where: { id: { in: [...seen.keys()] } },
    include: {
      currentVersion: true,
      versions: { where: { lifecycle: "upcoming" }, orderBy: { number: "desc" } },
      follows: { where: { userId: followerId ?? "" }, take: 1 },
      acquisitions: { where: { outcome: "failed" }, orderBy: { askedAt: "desc" }, take: 1, select: { message: true } },
    },
  });
  const counts = await countChangesOf(
    db,
    rows.flatMap(({ versions }) => versions.map(({ id }) => id)),
  );
  const byId = new Map(
    rows.map((row) => {
      const { currentVersion, versions, follows } = row;
      // Lists tell of the API's own line; the others are on its page.
      const upcoming = versions.find(({ line }) => line === (row.lines[0] ?? mainLine));
      const result: ApiRow = {
        api: readApiRow(row),
        publicUrls: row.publicUrls,
        operationCount: row.operationCount,
        unstable: row.unstable,
        ambiguous: seen.get(row.id) ?? false,
        currentVersion,
        upcomingVersion:
          upcoming === undefined
            ? null
            : {
                number: upcoming.number,
                label: upcoming.label,
                counts: counts.get(upcoming.id) ?? countChanges([]),
              },
        followLevel: follows[0] === undefined ? null : stored.followLevel.parse(follows[0].level),
        observedDigest: row.observedDigest,
        acquisitionProblem: row.acquisitions[0]?.message ?? null,
      };
      return [row.id, result] as const;
    }),
  );
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Which of the ids exist for the viewer, and whether their path would be ambiguous to that viewer. */
async function findVisible(
  db: Database,
  filter: VisibilityFilter,
  ids: readonly string[],
): Promise<ReadonlyMap<string, boolean>> {
  const rows = z.array(z.object({ id: z.string(), ambiguous: z.boolean() })).parse(
    await db.$queryRaw`
      SELECT api.id, EXISTS (
        SELECT 1 FROM api other
        WHERE other.namespace = api.namespace AND other.name = api.name AND other.id <> api.id
          AND other."retiredAt" IS NULL AND ${visibleTo(filter, "other")}
      ) AS ambiguous
      FROM api WHERE api.id = ANY(${[...ids]}::text[]) AND ${visibleTo(filter, "api")}`,
  );
  return new Map(rows.map(({ id, ambiguous }) => [id, ambiguous]));
}

/**
 * The ids of what may be meant by a page's path: what is there under this name, the older first; then what had it before; then
 * what is retired, so that an old link says what happened.
 */
export async function findApiIds(
  db: Database,
  filter: VisibilityFilter,
  place: { readonly namespace: string; readonly name: string; readonly kind: string | null },
): Promise<readonly string[]> {
  const { namespace, name, kind } = place;
  const rows = z.array(z.object({ id: z.string() })).parse(
    await db.$queryRaw`
      SELECT api.id FROM api
      LEFT JOIN api_alias alias ON alias."apiId" = api.id
        AND alias.namespace = ${namespace} AND alias.name = ${name} AND (${kind}::text IS NULL OR alias.kind = ${kind})
      WHERE (
          alias."apiId" IS NOT NULL
          OR (api.namespace = ${namespace} AND api.name = ${name} AND (${kind}::text IS NULL OR api.kind = ${kind}))
        )
        AND ${visibleTo(filter, "api")}
      GROUP BY api.id
      ORDER BY (api."retiredAt" IS NOT NULL), NOT (api.namespace = ${namespace} AND api.name = ${name}),
        api."retiredAt" DESC, api."createdAt", api.id
      LIMIT 10`,
  );
  return rows.map(({ id }) => id);
}

/** The addresses of an API that still exist, public ones first. */
export async function readEndpoints(db: Database, apiId: string): Promise<readonly Endpoint[]> {
  const rows = await db.endpoint.findMany({
    where: { apiId, removedAt: null },
    orderBy: [{ reach: "desc" }, { url: "asc" }, { id: "asc" }],
  });
  return rows.map((row) => ({
    id: row.id,
    url: row.url,
    reach: stored.reach.parse(row.reach),
    ...stored.endpointDetail.parse(row.detail),
    address: stored.address.parse(row.address),
    via: readObjectKey(row.via),
    problem: row.problem,
  }));
}

/** How each revision's description was had, or why not. */
export async function readAcquisitions(db: Database, apiId: string): Promise<readonly AcquisitionRow[]> {
  const rows = await db.acquisition.findMany({ where: { apiId }, orderBy: { revision: "asc" } });
  return rows.map((row) => ({
    revision: row.revision,
    probeKey: row.probeKey,
    askedAt: row.askedAt,
    outcome: stored.acquisitionOutcome.parse(row.outcome),
    failure: stored.acquisitionFailure.parse(row.failure),
    origin: stored.acquisitionOrigin.parse(row.origin),
    place: row.place,
    message: row.message,
    advice: row.advice,
    etag: row.etag,
    requests: row.requests,
    fetchedAt: row.fetchedAt,
    failures: row.failures,
    prefixes: row.prefixes,
    admission: stored.admission.parse(row.admission),
  }));
}

/** The digest of the document that was had last from one revision, or null. */
export async function findRevisionDocument(db: Database, apiId: string, revision: string): Promise<string | null> {
  const row = await db.acquisition.findUnique({ where: { apiId_revision: { apiId, revision } } });
  return row?.documentDigest ?? null;
}

/** How many changes of each level the versions have against their bases. */
export async function countChangesOf(
  db: Database,
  versionIds: readonly string[],
): Promise<ReadonlyMap<string, ChangeCounts>> {
  if (versionIds.length === 0) return new Map();
  const rows = await db.specChange.groupBy({
    by: ["versionId", "level"],
    where: { versionId: { in: [...versionIds] } },
    _count: true,
  });
  const result = new Map<string, ChangeCounts>();
  for (const row of rows) {
    const counts = result.get(row.versionId) ?? countChanges([]);
    result.set(row.versionId, { ...counts, [stored.level.parse(row.level)]: row._count });
  }
  return result;
}

function readApiRow(row: Prisma.ApiModel): Omit<Api, "endpoints"> {
  return {
    id: row.id,
    key: { cluster: row.cluster, namespace: row.namespace, group: row.group, kind: row.kind, name: row.name },
    title: row.title,
    summary: row.summary,
    protocol: stored.protocol.parse(row.protocol),
    server: row.server,
    modelName: row.modelName,
    owner: row.owner,
    visibility: readVisibility(row.visibility, row.visibilityGroups),
    tags: row.tags,
    state: stored.state.parse(row.state),
    stateReason: row.stateReason,
    internalUrl: row.internalUrl,
    revisions: stored.revisions.parse(row.revisions),
    provenance: stored.provenance.parse(row.provenance),
    facts: stored.facts.parse(row.facts),
    task: row.task,
    framework: row.framework,
    lines: row.lines.length === 0 ? [mainLine] : row.lines,
    origin: stored.origin.parse(row.origin),
    confirmedByCluster: row.confirmedByCluster,
    confirmedAt: row.confirmedAt,
    createdAt: row.createdAt,
    retiredAt: row.retiredAt,
  };
}
