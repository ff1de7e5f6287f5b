"use client";

import { useCallback, useEffect, useRef } from "react";

const settleMs = 120;
const pauseMs = 500;

/**
 * `refresh` of the router, at once for a single piece of news and at most every half second in a storm of it. News that comes
 * while one is waiting is in it; a storm never puts it off.
 */
export function useThrottledRefresh(router: { refresh(): void }): () => void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const lastMs = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    if (timer.current !== undefined) return;
    const waitMs = Math.max(settleMs, lastMs.current + pauseMs - Date.now());
    timer.current = setTimeout(() => {
      timer.current = undefined;
      lastMs.current = Date.now();
      router.refresh();
    }, waitMs);
  }, [router]);
}
