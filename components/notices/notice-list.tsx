"use client";

import { useRouter } from "next/navigation";
import type { NoticeView } from "@/lib/contract/index.ts";
import { NoticeCard } from "./notice-card.tsx";
import { useAcknowledge } from "./use-acknowledge.ts";

/** Notices, newest first, each to be marked as read. */
export function NoticeList({ items }: { readonly items: readonly NoticeView[] }) {
  const router = useRouter();
  const acknowledge = useAcknowledge(() => router.refresh());
  return (
    <>
      {acknowledge.isError && (
        <p role="alert" className="text-level-breaking">
          {acknowledge.error.message}
        </p>
      )}
      <ul className="max-w-240 divide-y rounded border bg-surface">
        {items.map((notice) => (
          <li key={notice.id}>
            <NoticeCard notice={notice} onRead={(id) => acknowledge.mutate(id)} />
          </li>
        ))}
      </ul>
    </>
  );
}
