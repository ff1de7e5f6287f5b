import type { Json } from "../model/index.ts";
import type { Database } from "./database.ts";
import { cutPage, readCursor, takeOf, writeCursor } from "./page.ts";
import type { Page, PageRequest } from "./page.ts";
import { stored } from "./stored-shapes.ts";

/** One act: who did what to what. `detail` never holds a secret or a body. */
export type AuditRecord = {
  /** "person:<id>", "machine:<token id>" or "anonymous". */
  readonly actor: string;
  readonly actorName: string;
  readonly act: string;
  readonly target: string;
  readonly detail: { readonly [name: string]: Json };
};

export type StoredAuditRecord = Omit<AuditRecord, "detail"> & {
  readonly id: string;
  readonly at: Date;
  readonly detail: Json;
};

/** Writes one line of the audit log; in the act's own transaction, so that neither is without the other. */
export async function appendAudit(tx: Database, record: AuditRecord): Promise<void> {
  await tx.auditEntry.create({ data: record });
}

/** The audit log, the newest first. */
export async function listAuditRecords(db: Database, request: PageRequest): Promise<Page<StoredAuditRecord>> {
  const after = readCursor(request.cursor, 1);
  const before = after === null || !/^[0-9]{1,18}$/.test(String(after[0])) ? null : BigInt(String(after[0]));
  const rows = await db.auditEntry.findMany({
    ...(before === null ? {} : { where: { id: { lt: before } } }),
    orderBy: { id: "desc" },
    take: takeOf(request),
  });
  return cutPage(
    rows,
    request,
    ({ id, at, actor, actorName, act, target, detail }) => ({
      id: String(id),
      at,
      actor,
      actorName,
      act,
      target,
      detail: stored.json.parse(detail),
    }),
    ({ id }) => writeCursor([String(id)]),
  );
}
