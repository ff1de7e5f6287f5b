"use client";

import { Check } from "lucide-react";
import Link from "next/link";
import type { NoticeView } from "@/lib/contract/index.ts";
import { Button } from "../ui/button.tsx";
import { CodedText } from "../ui/coded-text.tsx";
import { LevelCounts } from "../ui/level-counts.tsx";
import { RelativeTime } from "../ui/relative-time.tsx";
import { noticeHref, noticeWords } from "./notice-words.ts";

/** One notice: what happened, how bad it is, what to do. */
export function NoticeCard({
  notice,
  onRead,
  onOpen,
}: {
  readonly notice: NoticeView;
  readonly onRead: (id: string) => void;
  readonly onOpen?: () => void;
}) {
  const unread = notice.readAt === null;
  return (
    <article className="flex gap-3 px-4 py-3" data-notice={notice.id}>
      <span aria-hidden className={`mt-2 size-1.5 shrink-0 rounded-full ${unread ? "bg-accent" : "bg-transparent"}`} />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <div className="flex flex-wrap items-baseline gap-x-2">
          <Link
            href={noticeHref(notice)}
            {...(onOpen === undefined ? {} : { onClick: onOpen })}
            className="font-semibold wrap-anywhere hover:underline"
          >
            {unread && <span className="sr-only">Unread: </span>}
            {notice.apiTitle}
          </Link>
          <span className="text-sm text-muted">
            {noticeWords[notice.kind].toLowerCase()} v{notice.versionNumber}
          </span>
          <RelativeTime at={notice.createdAt} className="ml-auto text-xs text-muted" />
        </div>
        <p className="text-sm wrap-anywhere">
          <CodedText text={notice.message} />
        </p>
        <p className="text-sm wrap-anywhere text-muted">
          <CodedText text={notice.advice} />
        </p>
        <div className="mt-0.5 flex items-center justify-between gap-2">
          <LevelCounts counts={notice.counts} />
          {unread && (
            <Button look="quiet" size="small" onClick={() => onRead(notice.id)}>
              <Check aria-hidden className="size-3.5" /> Mark as read
            </Button>
          )}
        </div>
      </div>
    </article>
  );
}
