import type { NoticeView } from "@/lib/contract/index.ts";
import type { NoticeKind } from "@/lib/model/index.ts";
import { pageHref } from "../versions/page-href.ts";

/** What happened to the version, before its number. */
export const noticeWords: { readonly [kind in NoticeKind]: string } = {
  upcoming: "Upcoming",
  current: "Now current",
  rollback: "Rolled back to",
};

/** Where what a notice is about can be read. */
export function noticeHref({ apiPath, line, versionNumber }: NoticeView): string {
  return pageHref({ pagePath: apiPath, line: line ?? undefined }, "changelog", {}, `v${versionNumber}`);
}
