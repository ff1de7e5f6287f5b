"use client";

import { useCallback, useEffect, useRef } from "react";

const settleMs = 120;
const pauseMs = 500;

/** `refresh` of the router, at once for a single piece of news and at most every 1.5 s for a storm of it. */
export function useThrottledRefresh(router: { refresh(): void }): () => void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const lastMs = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    clearTimeout(timer.current);
    const waitMs = Math.max(settleMs, lastMs.current + pauseMs - Date.now());
    timer.current = setTimeout(() => {
      lastMs.current = Date.now();
      router.refresh();
    }, waitMs);
  }, [router]);
}
