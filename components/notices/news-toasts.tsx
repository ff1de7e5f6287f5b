"use client";

import { lazy, Suspense, useState } from "react";
import type { NoticeView } from "@/lib/contract/index.ts";
import { usePortalSignals } from "../events/events-provider.tsx";

const ToastStack = lazy(() => import("./toast-stack.tsx").then((file) => ({ default: file.ToastStack })));

export type News =
  { readonly kind: "notice"; readonly notice: NoticeView } | { readonly kind: "session-expired"; readonly at: number };

/** Shows what arrives while a page is open: notices, and that the session has ended. Its code comes with the first. */
export function NewsToasts() {
  const [news, setNews] = useState<readonly News[]>([]);
  usePortalSignals((signal) => {
    if (signal.type === "notice") {
      setNews((before) => [{ kind: "notice" as const, notice: signal.notice }, ...before].slice(0, 3));
    } else if (signal.type === "session-expired") {
      setNews((before) => [
        { kind: "session-expired" as const, at: Date.now() },
        ...before.filter((item) => item.kind !== "session-expired"),
      ]);
    }
  });
  if (news.length === 0) return null;
  return (
    <Suspense>
      <ToastStack news={news} onDismiss={(item) => setNews((before) => before.filter((other) => other !== item))} />
    </Suspense>
  );
}
