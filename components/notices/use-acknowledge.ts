"use client";

import { useMutation } from "@tanstack/react-query";
import { callPortal } from "../rest/call-portal.ts";
import { useSay } from "../events/events-provider.tsx";

/** Marks a notice as read, and tells the bell here and in other tabs. */
export function useAcknowledge(onRead?: (id: string, unread: number) => void) {
  const say = useSay();
  return useMutation({
    mutationFn: (id: string) => callPortal<"acknowledgeNotice">("POST", "/api/v1/notices/{id}/ack", { params: { id } }),
    onSuccess: ({ unread }, id) => {
      onRead?.(id, unread);
      say({ type: "unread", unread });
    },
  });
}
