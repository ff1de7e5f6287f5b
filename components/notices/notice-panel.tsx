"use client";

import Link from "next/link";
import type { NoticeView } from "@/lib/contract/index.ts";
import { QueryProvider } from "../rest/query-provider.tsx";
import { NoticeCard } from "./notice-card.tsx";
import { useAcknowledge } from "./use-acknowledge.ts";

type Props = {
  readonly items: readonly NoticeView[];
  readonly onRead: (id: string, unread: number) => void;
};

/** What the bell opens: the newest notices. */
export function NoticePanel(props: Props) {
  return (
    <QueryProvider>
      <Panel {...props} />
    </QueryProvider>
  );
}

function Panel({ items, onRead }: Props) {
  const acknowledge = useAcknowledge(onRead);
  const close = () => document.getElementById("notice-panel")?.hidePopover();
  return (
    <div>
      <div className="flex items-baseline justify-between border-b px-4 py-2.5">
        <h2 className="font-semibold">Notices</h2>
        <Link href="/notices" onClick={close} className="text-sm text-link">
          All notices
        </Link>
      </div>
      {acknowledge.isError && (
        <p role="alert" className="border-b px-4 py-2 text-sm text-level-breaking">
          {acknowledge.error.message}
        </p>
      )}
      {items.length === 0 ? (
        <p className="px-4 py-6 text-muted">Nothing yet. Follow an API, and what changes in it is told here.</p>
      ) : (
        <ul className="divide-y">
          {items.map((notice) => (
            <li key={notice.id}>
              <NoticeCard notice={notice} onRead={(id) => acknowledge.mutate(id)} onOpen={close} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
