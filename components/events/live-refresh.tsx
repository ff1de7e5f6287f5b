"use client";

import { useRouter } from "next/navigation";
import { usePortalSignals } from "./events-provider.tsx";
import type { PortalSignal } from "./portal-signal.ts";
import { useThrottledRefresh } from "./use-throttled-refresh.ts";

/** Renders this page anew, in place, when something of this API moved (or anything at all, without `apiId`). */
export function LiveRefresh({ apiId, on }: { readonly apiId?: string; readonly on?: PortalSignal["type"] }) {
  const router = useRouter();
  const refresh = useThrottledRefresh(router);
  usePortalSignals((signal) => {
    if (on !== undefined && signal.type === on) return refresh();
    if (apiId !== undefined && "apiId" in signal && signal.apiId === apiId) return refresh();
  });
  return null;
}
