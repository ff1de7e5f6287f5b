import type { NoticeView } from "../contract/index.ts";
import { pagePathOf } from "../model/index.ts";
import type { NoticeRow } from "../store/index.ts";

/** A notice as one person got it. */
export function showNotice({ place, ambiguous, ...notice }: NoticeRow): NoticeView {
  return {
    ...notice,
    counts: { ...notice.counts },
    apiPath: pagePathOf(place, ambiguous),
    createdAt: notice.createdAt.toISOString(),
    readAt: notice.readAt === null ? null : notice.readAt.toISOString(),
  };
}
