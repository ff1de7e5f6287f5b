import { BookmarkCheck } from "lucide-react";
import type { ApiSummary } from "@/lib/contract/index.ts";
import { Chip } from "../ui/chip.tsx";
import { HoverLink } from "../ui/hover-link.tsx";
import { protocolWords } from "../ui/protocol-words.ts";
import { StateDot } from "../ui/state-dot.tsx";
import { VersionMark } from "./version-mark.tsx";
import { VisibilityMark } from "./visibility-mark.tsx";

/** APIs as cards. */
export function ApiCards({ items }: { readonly items: readonly ApiSummary[] }) {
  return (
    <ul className="grid gap-3 sm:grid-cols-2 2xl:grid-cols-3">
      {items.map((api) => (
        <li
          key={api.id}
          data-api={api.id}
          className="relative flex min-h-40 flex-col gap-2 rounded border bg-surface p-4 transition-colors duration-150 hover:border-border-strong"
        >
          <div className="flex items-start justify-between gap-2">
            <div className="min-w-0">
              <h2 className="flex items-center gap-2">
                <HoverLink
                  href={api.pagePath}
                  className="font-semibold wrap-anywhere after:absolute after:inset-0 after:rounded"
                >
                  {api.title}
                </HoverLink>
                <VisibilityMark visibility={api.visibility} />
                {api.following && (
                  <span title="You follow this API">
                    <BookmarkCheck aria-hidden className="size-3.5 text-accent" />
                    <span className="sr-only">You follow this API</span>
                  </span>
                )}
              </h2>
              <p className="truncate font-mono text-xs text-muted">
                {api.namespace}/{api.name}
              </p>
            </div>
            <Chip>{protocolWords[api.protocol]}</Chip>
          </div>
          <p className="line-clamp-2 text-sm wrap-anywhere text-muted">{api.summary}</p>
          <div className="mt-auto flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
            <StateDot state={api.state} reason={api.stateReason} />
            <VersionMark api={api} />
            <span className="ml-auto text-muted">{api.owner}</span>
          </div>
        </li>
      ))}
    </ul>
  );
}
