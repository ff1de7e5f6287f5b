"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { TokenView } from "@/lib/contract/index.ts";
import { callPortal } from "../rest/call-portal.ts";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { RelativeTime } from "../ui/relative-time.tsx";

/** One token: how to recognise it, how long it lives, and its end. */
export function TokenRow({ token }: { readonly token: TokenView }) {
  const router = useRouter();
  const [asked, setAsked] = useState(false);
  const revoke = useMutation({
    mutationFn: () => callPortal<"revokeToken">("DELETE", "/api/v1/tokens/{id}", { params: { id: token.id } }),
    onSuccess: () => router.refresh(),
  });
  const revoked = token.revokedAt !== null || revoke.isSuccess;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-2.5">
      <div className="min-w-0 flex-1">
        <span className="font-medium wrap-anywhere">{token.name}</span>{" "}
        <code className="font-mono text-sm text-muted">{token.hint}…</code>
        <div className="text-sm text-muted">
          created <RelativeTime at={token.createdAt} />, expires <RelativeTime at={token.expiresAt} />,{" "}
          {token.lastUsedAt === null ? (
            "never used"
          ) : (
            <>
              used <RelativeTime at={token.lastUsedAt} />
            </>
          )}
        </div>
        {revoke.isError && (
          <p role="alert" className="text-sm text-level-breaking">
            {revoke.error.message}
          </p>
        )}
      </div>
      {revoked ? (
        <Chip>Revoked</Chip>
      ) : asked ? (
        <span className="flex items-center gap-1.5">
          <span className="text-sm">Programs that use it stop working.</span>
          <Button look="danger" size="small" disabled={revoke.isPending} onClick={() => revoke.mutate()} autoFocus>
            Revoke “{token.name}”
          </Button>
          <Button look="quiet" size="small" onClick={() => setAsked(false)}>
            Keep
          </Button>
        </span>
      ) : (
        <Button size="small" onClick={() => setAsked(true)} aria-label={`Revoke ${token.name}`}>
          Revoke
        </Button>
      )}
    </li>
  );
}
