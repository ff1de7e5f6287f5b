import { visibilityFilter } from "../access/index.ts";
import type { Viewer } from "../model/index.ts";
import { appendAudit, countUnread, findNoticeRow, markNoticeRead } from "../store/index.ts";
import type { ActDeps } from "./act-deps.ts";
import { auditOf } from "./audit-of.ts";
import { notThere, refuse } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";

/** Marks a notice of one's own as read; a second time changes nothing. */
export async function acknowledgeNotice(
  deps: ActDeps,
  viewer: Viewer,
  input: { readonly id: string },
): Promise<{ readonly kind: "done"; readonly unread: number } | Refusal> {
  if (viewer.kind === "anonymous") return refuse("unauthenticated", "Sign in to read your notices.");
  if (viewer.kind === "machine" || input.id.includes("\0")) return notThere;
  const { userId } = viewer;
  const filter = visibilityFilter(viewer);
  return deps.store.transaction(async (tx) => {
    const notice = await findNoticeRow(tx, filter, userId, input.id);
    if (notice === null) return notThere;
    if (notice.readAt === null) {
      await markNoticeRead(tx, { id: input.id, userId }, deps.clock());
      await appendAudit(tx, auditOf(viewer, { act: "notice.acknowledge", target: `notice:${input.id}`, detail: {} }));
    }
    return { kind: "done", unread: await countUnread(tx, filter, userId) };
  });
}
