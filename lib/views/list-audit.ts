import { isAdmin } from "../access/index.ts";
import type { Viewer } from "../model/index.ts";
import { listAuditRecords } from "../store/index.ts";
import type { PageRequest } from "../store/index.ts";
import type { ViewDeps } from "./deps.ts";

/** The audit log, the newest first; null for everyone but admins. */
export async function listAudit(deps: ViewDeps, viewer: Viewer, page: PageRequest) {
  if (!isAdmin(viewer)) return null;
  const { items, nextCursor } = await listAuditRecords(deps.store.db, page);
  return { items: items.map((entry) => ({ ...entry, at: entry.at.toISOString() })), nextCursor };
}
