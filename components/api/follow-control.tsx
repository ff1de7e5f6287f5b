"use client";

import { useMutation } from "@tanstack/react-query";
import { BookmarkCheck, BookmarkPlus } from "lucide-react";
import { useRouter } from "next/navigation";
import type { FollowLevel } from "@/lib/model/index.ts";
import { callPortal } from "../rest/call-portal.ts";
import { Button } from "../ui/button.tsx";
import { Select } from "../ui/select.tsx";

const words: { readonly [level in FollowLevel]: string } = {
  all: "Following: every change",
  "breaking-and-risky": "Following: breaking and risky",
  none: "Following: in silence",
};
const stop = "stop";

function isLevel(value: string): value is FollowLevel {
  return value in words;
}

/** Follows an API and chooses what to be told; says why where the viewer may not. */
export function FollowControl({
  apiId,
  level,
  permission,
}: {
  readonly apiId: string;
  readonly level: FollowLevel | null;
  readonly permission: { readonly allowed: boolean; readonly reason: string | null };
}) {
  const router = useRouter();
  const change = useMutation({
    mutationFn: (next: FollowLevel | null) =>
      next === null
        ? callPortal<"unfollowApi">("DELETE", "/api/v1/apis/{id}/follow", { params: { id: apiId } })
        : callPortal<"followApi">("PUT", "/api/v1/apis/{id}/follow", { params: { id: apiId }, body: { level: next } }),
    onSuccess: () => router.refresh(),
  });
  const shown = change.isPending || change.isSuccess ? (change.variables ?? null) : level;
  return (
    <div className="flex flex-col gap-1">
      {shown === null ? (
        <Button
          disabled={!permission.allowed || change.isPending}
          title={permission.reason ?? "Be told when its contract changes"}
          onClick={() => change.mutate("breaking-and-risky")}
        >
          <BookmarkPlus aria-hidden className="size-4" /> Follow
        </Button>
      ) : (
        <span className="relative inline-flex">
          <BookmarkCheck aria-hidden className="absolute top-2 left-2.5 z-10 size-4 text-accent" />
          <Select
            className="w-64 [&>select]:pl-8.5"
            aria-label="What you are told about this API"
            value={shown}
            disabled={change.isPending}
            onChange={(event) => {
              const value = event.target.value;
              change.mutate(isLevel(value) ? value : null);
            }}
          >
            {Object.entries(words).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
            <option value={stop}>Stop following</option>
          </Select>
        </span>
      )}
      {change.isError && (
        <p role="alert" className="max-w-64 text-sm text-level-breaking">
          {change.error.message}
        </p>
      )}
    </div>
  );
}
