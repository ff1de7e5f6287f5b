import type { Discovery, SourceStatus } from "../model/index.ts";
import type { Database } from "./database.ts";
import { stored } from "./stored-shapes.ts";

/** What the controllers said last: each kind's state, and what discovery left out and warned of. */
export type AdminFacts = {
  readonly sources: readonly (Omit<SourceStatus, "state"> & {
    readonly state: "synced" | "absent" | "stale";
    readonly reason: string | null;
    readonly message: string | null;
  })[];
  readonly leftOut: Discovery["leftOut"];
  readonly warnings: Discovery["warnings"];
  readonly updatedAt: Date | null;
};

/** Reads it for all clusters. */
export async function readAdminFacts(db: Database): Promise<AdminFacts> {
  const [sources, reports] = await Promise.all([
    db.sourceState.findMany({ orderBy: [{ cluster: "asc" }, { kind: "asc" }, { group: "asc" }] }),
    db.discoveryReport.findMany({ orderBy: { cluster: "asc" } }),
  ]);
  const times = [...sources, ...reports].map(({ updatedAt }) => updatedAt.getTime());
  return {
    sources: sources.map((row) => ({
      cluster: row.cluster,
      group: row.group,
      version: row.version,
      kind: row.kind,
      state: stored.listState.parse(row.state),
      reason: row.reason,
      message: row.message,
      objectCount: row.objectCount,
      confirmedAt: row.confirmedAt,
      lagMs: row.lagMs,
    })),
    leftOut: reports.flatMap(({ leftOut }) => stored.leftOut.parse(leftOut)),
    warnings: reports.flatMap(({ warnings }) => stored.warnings.parse(warnings)),
    updatedAt: times.length === 0 ? null : new Date(Math.max(...times)),
  };
}
