"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import type { ReactNode } from "react";
import { usePortalSignals } from "../events/events-provider.tsx";
import { useThrottledRefresh } from "../events/use-throttled-refresh.ts";
import { Button } from "../ui/button.tsx";

const restMs = 2_500;

/**
 * Keeps a list current without moving what somebody is about to click: a line that is already shown changes in place at
 * once; a new one waits, with a word about it, while the pointer moves over the list or the focus is in it.
 */
export function LiveList({ children }: { readonly children: ReactNode }) {
  const router = useRouter();
  const refresh = useThrottledRefresh(router);
  const list = useRef<HTMLDivElement>(null);
  const movedAt = useRef(0);
  const [waiting, setWaiting] = useState(0);

  const show = () => {
    setWaiting(0);
    refresh();
  };
  usePortalSignals((signal) => {
    if (signal.type !== "api" && signal.type !== "version") return;
    const shown = list.current?.querySelector(`[data-api="${CSS.escape(signal.apiId)}"]`) !== null;
    const busy = Date.now() - movedAt.current < restMs || list.current?.contains(document.activeElement) === true;
    if (shown || !busy) return show();
    setWaiting((count) => count + 1);
  });

  return (
    <div
      ref={list}
      onPointerMove={() => (movedAt.current = Date.now())}
      onPointerLeave={() => {
        movedAt.current = 0;
        if (waiting > 0) show();
      }}
      className="relative"
    >
      <div role="status" className="pointer-events-none absolute inset-x-0 -top-1 z-10 flex justify-center">
        {waiting > 0 && (
          <Button
            look="primary"
            size="small"
            className="pointer-events-auto animate-appear shadow-float"
            onClick={show}
          >
            The catalogue changed. Show
          </Button>
        )}
      </div>
      {children}
    </div>
  );
}
