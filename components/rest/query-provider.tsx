"use client";

import { MutationCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import { useSay } from "../events/events-provider.tsx";
import { PortalError } from "./call-portal.ts";

/**
 * TanStack Query for an island of a page; made per mount, so that nothing of one viewer is kept for another. An act that is
 * refused because the session has ended says so to every open page.
 */
export function QueryProvider({ children }: { readonly children: ReactNode }) {
  const say = useSay();
  const [client] = useState(
    () =>
      new QueryClient({
        mutationCache: new MutationCache({
          onError: (err) => {
            if (err instanceof PortalError && err.status === 401) say({ type: "session-expired" });
          },
        }),
        defaultOptions: {
          queries: {
            staleTime: 30_000,
            retry: (count, err) =>
              count < 2 && (!(err instanceof PortalError) || err.status === 0 || err.status >= 500),
          },
        },
      }),
  );
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
