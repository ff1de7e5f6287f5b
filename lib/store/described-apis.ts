import type { ChangeCounts } from "../model/index.ts";
import { countChanges } from "../model/index.ts";
import { countChangesOf } from "./api-reads.ts";
import type { Database } from "./database.ts";
import { stored } from "./stored-shapes.ts";

/** A version as the status of an ApiDescription tells it; `counts` are against the version before. */
export type DescribedVersion = {
  readonly line: string;
  readonly number: number;
  readonly label: string;
  readonly contractDigest: string;
  readonly since: Date;
  readonly counts: ChangeCounts;
};

/** What the store knows of an API that an ApiDescription names, and discovery does not. */
export type DescribedApi = {
  readonly origin: "declared" | "fetched" | "derived" | "none";
  readonly operationCount: number;
  readonly followerCount: number;
  /** One a line at most. */
  readonly current: readonly DescribedVersion[];
  readonly upcoming: readonly DescribedVersion[];
};

const versionFields = {
  id: true,
  apiId: true,
  line: true,
  number: true,
  label: true,
  contractDigest: true,
  createdAt: true,
  currentSince: true,
} as const;

/** What is known of each of these APIs, by id; in a handful of queries, however many they are. */
export async function readDescribedApis(
  db: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, DescribedApi>> {
  if (ids.length === 0) return new Map();
  const apiId = { in: [...ids] };
  const [apis, lines, announced] = await Promise.all([
    db.api.findMany({
      where: { id: apiId },
      select: { id: true, origin: true, operationCount: true, _count: { select: { follows: true } } },
    }),
    db.line.findMany({ where: { apiId }, select: { currentVersion: { select: versionFields } } }),
    db.specVersion.findMany({
      where: { apiId, lifecycle: "upcoming" },
      orderBy: { number: "desc" },
      select: versionFields,
    }),
  ]);
  const held = lines.flatMap(({ currentVersion }) => currentVersion ?? []);
  const counts = await countChangesOf(
    db,
    [...held, ...announced].map(({ id }) => id),
  );
  const show = (row: (typeof announced)[number]): DescribedVersion => ({
    line: row.line,
    number: row.number,
    label: row.label,
    contractDigest: row.contractDigest,
    since: row.currentSince ?? row.createdAt,
    counts: counts.get(row.id) ?? countChanges([]),
  });
  return new Map(
    apis.map((api) => [
      api.id,
      {
        origin: stored.origin.parse(api.origin),
        operationCount: api.operationCount,
        followerCount: api._count.follows,
        current: held.filter((row) => row.apiId === api.id).map(show),
        upcoming: announced.filter((row) => row.apiId === api.id).map(show),
      },
    ]),
  );
}
