import type { Database } from "./database.ts";

/** What the versions of one line rest on already, so that a controller that begins to lead knows what it need not look at. */
export type ClusterStanding = {
  readonly apiId: string;
  readonly line: string;
  /** The document that the current revision served last. */
  readonly clusterDocument: string | null;
  readonly hasUpcoming: boolean;
  /** Which revisions, with which images, are known to serve which contract. */
  readonly served: readonly {
    readonly contractDigest: string;
    readonly revision: string;
    readonly images: readonly string[];
  }[];
};

/** Reads it for every line of a cluster's APIs that are not retired, in few queries. */
export async function listClusterStanding(db: Database, cluster: string): Promise<readonly ClusterStanding[]> {
  const lines = await db.line.findMany({
    where: { api: { cluster, retiredAt: null } },
    select: { apiId: true, name: true, clusterDigest: true },
  });
  const announced = await db.specVersion.findMany({
    where: { lifecycle: "upcoming", api: { cluster, retiredAt: null } },
    select: { apiId: true, line: true },
  });
  const upcoming = new Set(announced.map(({ apiId, line }) => `${apiId} ${line}`));
  const rows = await db.servedBy.findMany({
    where: { version: { api: { cluster, retiredAt: null } } },
    select: { revision: true, images: true, version: { select: { apiId: true, line: true, contractDigest: true } } },
  });
  const served = new Map<string, ClusterStanding["served"][number][]>();
  for (const { revision, images, version } of rows) {
    const place = `${version.apiId} ${version.line}`;
    const list = served.get(place) ?? [];
    served.set(place, list);
    list.push({ contractDigest: version.contractDigest, revision, images });
  }
  return lines.map(({ apiId, name, clusterDigest }) => ({
    apiId,
    line: name,
    clusterDocument: clusterDigest,
    hasUpcoming: upcoming.has(`${apiId} ${name}`),
    served: served.get(`${apiId} ${name}`) ?? [],
  }));
}

/** Lines of a cluster's APIs in which a revision announced a version that still stands, whether its API is there at present or not. */
export async function listAnnouncedLines(
  db: Database,
  cluster: string,
): Promise<readonly { readonly apiId: string; readonly line: string }[]> {
  return db.specVersion.findMany({
    where: { lifecycle: "upcoming", source: "cluster", api: { cluster } },
    distinct: ["apiId", "line"],
    select: { apiId: true, line: true },
  });
}
