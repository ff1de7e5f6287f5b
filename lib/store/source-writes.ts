import type { Discovery, SourceStatus } from "../model/index.ts";
import type { Database } from "./database.ts";
import { publishEvent } from "./events.ts";
import { toJson } from "./to-json.ts";

/** Writes the controller's last word on each kind of its cluster; kinds that are not watched any more go. */
export async function saveSourceStates(
  tx: Database,
  cluster: string,
  statuses: readonly SourceStatus[],
): Promise<void> {
  await tx.sourceState.deleteMany({ where: { cluster } });
  await tx.sourceState.createMany({
    data: statuses.map(({ state, ...status }) => ({
      ...status,
      state: state.kind,
      reason: state.kind === "stale" ? state.reason : null,
      message: state.kind === "stale" ? state.message : null,
    })),
  });
  await publishEvent(tx, { type: "sources", cluster });
}

/** Writes what discovery left out and warns of, as one record. */
export async function saveDiscoveryReport(
  tx: Database,
  cluster: string,
  report: Pick<Discovery, "leftOut" | "warnings">,
): Promise<void> {
  const columns = {
    leftOut: toJson(report.leftOut),
    warnings: toJson(report.warnings),
  };
  await tx.discoveryReport.upsert({
    where: { cluster },
    create: { cluster, ...columns },
    update: columns,
    select: { cluster: true },
  });
}
