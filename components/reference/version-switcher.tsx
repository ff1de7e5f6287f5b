"use client";

import { useRouter } from "next/navigation";
import { useOptimistic, useTransition } from "react";
import type { Lifecycle } from "@/lib/model/index.ts";
import { Select } from "../ui/select.tsx";
import { pageHref } from "../versions/page-href.ts";
import type { PagePlace } from "../versions/page-href.ts";

/** Which version's reference is read; the operation stays the same where it exists. */
export function VersionSwitcher({
  versions,
  chosen,
  place,
  operation,
}: {
  readonly versions: readonly { readonly number: number; readonly label: string; readonly lifecycle: Lifecycle }[];
  readonly chosen: number;
  readonly place: PagePlace;
  readonly operation?: string;
}) {
  const router = useRouter();
  const [, startTransition] = useTransition();
  const [shown, show] = useOptimistic(chosen);
  return (
    <Select
      aria-label="Version"
      value={shown}
      className="w-72 max-w-full"
      onChange={(event) => {
        const number = Number(event.target.value);
        const query = { version: number, ...(operation === undefined ? {} : { op: operation }) };
        startTransition(() => {
          show(number);
          router.push(pageHref(place, "reference", query), { scroll: false });
        });
      }}
    >
      {versions.map((version) => (
        <option key={version.number} value={version.number}>
          v{version.number} · {version.label} · {version.lifecycle}
        </option>
      ))}
    </Select>
  );
}
