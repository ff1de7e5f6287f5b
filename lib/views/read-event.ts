import { canSee, isAdmin, visibilityFilter } from "../access/index.ts";
import type { PortalEvent } from "../contract/index.ts";
import type { Viewer } from "../model/index.ts";
import { pagePathOf } from "../model/index.ts";
import { countUnread, findNoticeRow, listRecipients, readApis } from "../store/index.ts";
import type { StoreEvent } from "../store/index.ts";
import type { ViewDeps } from "./deps.ts";
import { showNotice } from "./show-notice.ts";

/** Gives what one viewer hears of an event, or null for nothing. */
export type EventReader = (viewer: Viewer) => Promise<PortalEvent | null>;

/**
 * Reads what a store event is about, once, and answers for each viewer by what the viewer may see at this moment. A person
 * hears of notices of their own alone.
 */
export async function readEvent(deps: ViewDeps, event: StoreEvent): Promise<EventReader> {
  const { db } = deps.store;
  switch (event.type) {
    case "sources":
      return async (viewer) => (isAdmin(viewer) ? { type: "sources" } : null);
    case "notice": {
      const recipients = new Set(await listRecipients(db, event.noticeId));
      return async (viewer) => {
        if (viewer.kind !== "person" || !recipients.has(viewer.userId)) return null;
        const filter = visibilityFilter(viewer);
        const row = await findNoticeRow(db, filter, viewer.userId, event.noticeId);
        if (row === null) return null;
        return { type: "notice", notice: showNotice(row), unread: await countUnread(db, filter, viewer.userId) };
      };
    }
    case "api":
    case "version": {
      const [known] = await readApis(db, { kind: "everything" }, [event.apiId], null);
      return async (viewer) => {
        if (known === undefined || !canSee(viewer, known.api)) return null;
        // Without a namesake at all there is none to be told apart; else it depends on what this viewer sees.
        const [row] = known.ambiguous ? await readApis(db, visibilityFilter(viewer), [event.apiId], null) : [known];
        return row === undefined ? null : { ...event, pagePath: pagePathOf(row.api.key, row.ambiguous) };
      };
    }
  }
}
