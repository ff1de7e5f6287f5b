import type { NoticeKind } from "@/lib/model/index.ts";

/** What happened to the version, before its number. */
export const noticeWords: { readonly [kind in NoticeKind]: string } = {
  upcoming: "Upcoming",
  current: "Now current",
  rollback: "Rolled back to",
};
