"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button } from "@/components/ui/button.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";

export default function PageError({
  error,
  reset,
}: {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const again = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return (
    <div className="page py-10" role="alert">
      <EmptyState heading="h1" title="This page could not be made">
        <p>
          The portal lost something that it needs, most likely its database, for a moment. Nothing that you did is lost.
          Try again; if it stays, tell whoever runs the portal
          {error.digest !== undefined && (
            <>
              {" "}
              and name <code className="font-mono">{error.digest}</code>
            </>
          )}
          .
        </p>
        <Button onClick={again} disabled={pending}>
          Try again
        </Button>
      </EmptyState>
    </div>
  );
}
