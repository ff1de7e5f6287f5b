"use client";

import { useEffect, useState } from "react";
import { useRouter } from "next/navigation";
import { usePortalSignals, useStreamState } from "../events/events-provider.tsx";
import { useThrottledRefresh } from "../events/use-throttled-refresh.ts";

const patienceMs = 4_000;

/** Says that news does not arrive at the moment, once that has lasted; renders the page anew when it does again. */
export function ConnectionNote() {
  const refresh = useThrottledRefresh(useRouter());
  usePortalSignals((signal) => {
    if (signal.type === "reconnected") refresh();
  });
  const offline = useStreamState() === "offline";
  const [lasted, setLasted] = useState(false);
  useEffect(() => {
    if (!offline) return;
    const timer = setTimeout(() => setLasted(true), patienceMs);
    return () => {
      clearTimeout(timer);
      setLasted(false);
    };
  }, [offline]);
  return (
    <div role="status" className="fixed bottom-3 left-3 z-40">
      {offline && lasted && (
        <span className="block animate-appear rounded border bg-raised px-3 py-1.5 text-sm shadow-float">
          No connection to the portal. What you see may be out of date; trying again.
        </span>
      )}
    </div>
  );
}
