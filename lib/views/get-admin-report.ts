import { isAdmin } from "../access/index.ts";
import type { AdminReport } from "../contract/index.ts";
import type { Viewer } from "../model/index.ts";
import { readAdminFacts } from "../store/index.ts";
import type { ViewDeps } from "./deps.ts";

/** What is watched, in which state, and what was left out; null for everyone but admins. */
export async function getAdminReport(deps: ViewDeps, viewer: Viewer): Promise<AdminReport | null> {
  if (!isAdmin(viewer)) return null;
  const { sources, leftOut, warnings, updatedAt } = await readAdminFacts(deps.store.db);
  return {
    sources: sources.map((source) => ({
      ...source,
      confirmedAt: source.confirmedAt === null ? null : source.confirmedAt.toISOString(),
    })),
    leftOut: leftOut.map((entry) => ({ ...entry })),
    warnings: warnings.map((entry) => ({ ...entry })),
    updatedAt: updatedAt === null ? null : updatedAt.toISOString(),
  };
}
