import type { Database } from "./database.ts";

/** What the versions of one API rest on already, so that a controller that begins to lead knows what it need not look at. */
export type ClusterStanding = {
  readonly apiId: string;
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

/** Reads it for every API of a cluster that is not retired, in two queries. */
export async function listClusterStanding(db: Database, cluster: string): Promise<readonly ClusterStanding[]> {
  const apis = await db.api.findMany({
    where: { cluster, retiredAt: null },
    select: { id: true, clusterDigest: true, versions: { where: { lifecycle: "upcoming" }, select: { id: true } } },
  });
  const rows = await db.servedBy.findMany({
    where: { version: { api: { cluster, retiredAt: null } } },
    select: { revision: true, images: true, version: { select: { apiId: true, contractDigest: true } } },
  });
  const served = new Map<string, ClusterStanding["served"][number][]>();
  for (const { revision, images, version } of rows) {
    const list = served.get(version.apiId) ?? [];
    served.set(version.apiId, list);
    list.push({ contractDigest: version.contractDigest, revision, images });
  }
  return apis.map(({ id, clusterDigest, versions }) => ({
    apiId: id,
    clusterDocument: clusterDigest,
    hasUpcoming: versions.length > 0,
    served: served.get(id) ?? [],
  }));
}
