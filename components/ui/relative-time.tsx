"use client";

import { useSyncExternalStore } from "react";
import { absoluteTime, relativeTime } from "./time-words.ts";

const tickMs = 20_000;

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, tickMs);
  return () => clearInterval(timer);
}

const snapshot = () => Math.floor(Date.now() / tickMs) * tickMs;

/** A moment as people say it ("2 days ago"), kept true while the page is open; the exact time is its tooltip. */
export function RelativeTime({ at, className }: { readonly at: string; readonly className?: string }) {
  const now = useSyncExternalStore(subscribe, snapshot, snapshot);
  return (
    <time dateTime={at} title={absoluteTime(at)} className={className} suppressHydrationWarning>
      {relativeTime(at, now)}
    </time>
  );
}
