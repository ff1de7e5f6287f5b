"use client";

import { X } from "lucide-react";
import Link from "next/link";
import { Toast } from "radix-ui";
import { SignInLink } from "../shell/sign-in-link.tsx";
import { Button, buttonClass } from "../ui/button.tsx";
import { CodedText } from "../ui/coded-text.tsx";
import { LevelCounts } from "../ui/level-counts.tsx";
import type { News } from "./news-toasts.tsx";
import { noticeHref } from "./notice-words.ts";

/** The toasts at the lower right: read out by screen readers, kept while pointed at, gone after a while. */
export function ToastStack({
  news,
  onDismiss,
}: {
  readonly news: readonly News[];
  readonly onDismiss: (item: News) => void;
}) {
  return (
    <Toast.Provider label="Notice" duration={20_000} swipeDirection="right">
      {news.map((item) => (
        <Toast.Root
          key={item.kind === "notice" ? item.notice.id : "session"}
          onOpenChange={(open) => {
            if (!open) onDismiss(item);
          }}
          {...(item.kind === "session-expired" ? { duration: Number.POSITIVE_INFINITY } : {})}
          className="flex animate-appear gap-3 rounded border bg-raised py-3 pr-2 pl-4 shadow-float"
        >
          <div className="flex min-w-0 flex-1 flex-col gap-1">
            {item.kind === "notice" ? <NoticeNews notice={item.notice} /> : <SessionNews />}
          </div>
          <Toast.Close asChild>
            <Button look="quiet" size="icon" className="size-7" aria-label="Dismiss">
              <X aria-hidden className="size-4" />
            </Button>
          </Toast.Close>
        </Toast.Root>
      ))}
      <Toast.Viewport className="fixed right-3 bottom-3 z-50 flex w-104 max-w-[calc(100vw-1.5rem)] flex-col gap-2 outline-none" />
    </Toast.Provider>
  );
}

function NoticeNews({ notice }: { readonly notice: Extract<News, { kind: "notice" }>["notice"] }) {
  return (
    <>
      <Toast.Title className="flex flex-wrap items-center gap-x-2 gap-y-1 font-semibold">
        <span className="wrap-anywhere">{notice.apiTitle}</span>
        <LevelCounts counts={notice.counts} />
      </Toast.Title>
      <Toast.Description className="text-sm wrap-anywhere">
        <CodedText text={notice.message} />{" "}
        <span className="text-muted">
          <CodedText text={notice.advice} />
        </span>
      </Toast.Description>
      <Toast.Action asChild altText={`Open the changelog of ${notice.apiTitle}`}>
        <Link href={noticeHref(notice)} className="self-start text-sm text-link">
          See what changed
        </Link>
      </Toast.Action>
    </>
  );
}

function SessionNews() {
  return (
    <>
      <Toast.Title className="font-semibold">Your session has ended</Toast.Title>
      <Toast.Description className="text-sm">
        Sign in again to go on; what you have typed here stays until you leave the page.
      </Toast.Description>
      <SignInLink className={buttonClass({ size: "small", look: "primary", className: "mt-1 self-start" })}>
        Sign in again
      </SignInLink>
    </>
  );
}
