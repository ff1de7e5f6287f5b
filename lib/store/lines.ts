import { countChangesOf } from "./api-reads.ts";
import type { ApiRow } from "./api-reads.ts";
import type { Database } from "./database.ts";
import { countChanges } from "../model/index.ts";

/** A line of an API with what is current and what is announced in it. */
export type LineRow = {
  readonly name: string;
  /** False for a line whose versions stay although nothing serves it any more. */
  readonly served: boolean;
  readonly currentVersion: ApiRow["currentVersion"];
  readonly upcomingVersion: ApiRow["upcomingVersion"];
};

/** The lines of an API in the order of `served`, what discovery finds; those that are not served any more behind them, by name. */
export async function readLines(db: Database, apiId: string, served: readonly string[]): Promise<readonly LineRow[]> {
  const [rows, announced] = await Promise.all([
    db.line.findMany({ where: { apiId }, orderBy: { name: "asc" }, include: { currentVersion: true } }),
    db.specVersion.findMany({ where: { apiId, lifecycle: "upcoming" }, orderBy: { number: "desc" } }),
  ]);
  const counts = await countChangesOf(
    db,
    announced.map(({ id }) => id),
  );
  const names = [...new Set([...served, ...rows.map(({ name }) => name)])];
  return names.map((name) => {
    const upcoming = announced.find(({ line }) => line === name);
    return {
      name,
      served: served.includes(name),
      currentVersion: rows.find((row) => row.name === name)?.currentVersion ?? null,
      upcomingVersion:
        upcoming === undefined
          ? null
          : { number: upcoming.number, label: upcoming.label, counts: counts.get(upcoming.id) ?? countChanges([]) },
    };
  });
}
