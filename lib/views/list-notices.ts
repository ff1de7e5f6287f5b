import { visibilityFilter } from "../access/index.ts";
import type { NoticeView } from "../contract/index.ts";
import type { Viewer } from "../model/index.ts";
import { countUnread, listNoticeRows } from "../store/index.ts";
import type { PageRequest } from "../store/index.ts";
import type { ViewDeps } from "./deps.ts";
import { showNotice } from "./show-notice.ts";

type NoticePage = { readonly items: NoticeView[]; readonly nextCursor: string | null; readonly unread: number };

/** What a person was told, the newest first; nobody else was told anything. */
export async function listNotices(deps: ViewDeps, viewer: Viewer, page: PageRequest): Promise<NoticePage> {
  if (viewer.kind !== "person") return { items: [], nextCursor: null, unread: 0 };
  const { db } = deps.store;
  const filter = visibilityFilter(viewer);
  const [rows, unread] = await Promise.all([
    listNoticeRows(db, filter, viewer.userId, page),
    countUnread(db, filter, viewer.userId),
  ]);
  return { items: rows.items.map(showNotice), nextCursor: rows.nextCursor, unread };
}
