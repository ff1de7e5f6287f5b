"use client";

import { Bell } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { NoticeView } from "@/lib/contract/index.ts";
import { usePortalSignals } from "../events/events-provider.tsx";
import { PopoverPanel } from "../shell/popover-panel.tsx";
import { Skeleton } from "../ui/skeleton.tsx";

const panelId = "notice-panel";
const NoticePanel = lazy(() => import("./notice-panel.tsx").then((file) => ({ default: file.NoticePanel })));

/** The bell: how many notices are unread, live, and the newest of them. The panel's code comes when it is first opened. */
export function NoticeBell({
  unread: initialUnread,
  items: initialItems,
}: {
  readonly unread: number;
  readonly items: readonly NoticeView[];
}) {
  const [unread, setUnread] = useState(initialUnread);
  const [items, setItems] = useState(initialItems);
  const [opened, setOpened] = useState(false);
  // The page was rendered anew: what the server says now is the truth.
  const [given, setGiven] = useState(initialItems);
  if (given !== initialItems) {
    setGiven(initialItems);
    setItems(initialItems);
    setUnread(initialUnread);
  }
  usePortalSignals((signal) => {
    if (signal.type === "notice") {
      setUnread(signal.unread);
      setItems((before) => [signal.notice, ...before.filter((item) => item.id !== signal.notice.id)].slice(0, 10));
    } else if (signal.type === "unread") setUnread(signal.unread);
  });
  const label = unread === 0 ? "Notices, none unread" : `Notices, ${unread} unread`;
  return (
    <>
      <button
        type="button"
        popoverTarget={panelId}
        aria-label={label}
        title={label}
        className="relative grid size-8 place-items-center rounded text-muted transition-colors duration-150 hover:bg-hover hover:text-foreground"
      >
        <Bell aria-hidden className="size-4" />
        {unread > 0 && (
          <span
            aria-hidden
            className="absolute -top-0.5 -right-0.5 min-w-4 animate-appear rounded-full bg-accent px-1 text-center text-xs leading-4 font-semibold text-on-accent tabular-nums"
          >
            {unread > 99 ? "99+" : unread}
          </span>
        )}
      </button>
      <PopoverPanel
        id={panelId}
        label="Notices"
        className="w-104"
        onToggle={(event) => setOpened(event.newState === "open")}
      >
        {opened && (
          <Suspense fallback={<Skeleton className="m-4 h-24" />}>
            <NoticePanel
              items={items}
              onRead={(id, count) => {
                setUnread(count);
                setItems((before) =>
                  before.map((item) => (item.id === id ? { ...item, readAt: new Date().toISOString() } : item)),
                );
              }}
            />
          </Suspense>
        )}
      </PopoverPanel>
    </>
  );
}
