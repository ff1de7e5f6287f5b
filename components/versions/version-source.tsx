import { Server, UserPen } from "lucide-react";
import type { Version } from "@/lib/contract/index.ts";

/** Whether the cluster served a version or a person published it. */
export function VersionSource({ version }: { readonly version: Version }) {
  const published = version.source === "published";
  const Icon = published ? UserPen : Server;
  return (
    <span className="inline-flex items-center gap-1.5 text-sm">
      <Icon aria-hidden className="size-3.5 text-muted" />
      {published ? `Published by ${version.publishedBy ?? "somebody who has left"}` : "Served by the cluster"}
    </span>
  );
}
