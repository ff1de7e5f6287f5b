import type { ApiSummary } from "@/lib/contract/index.ts";
import { Chip } from "../ui/chip.tsx";
import { LevelBadge } from "../ui/level-badge.tsx";
import { RelativeTime } from "../ui/relative-time.tsx";

/** The current version of an API, and one that is announced. */
export function VersionMark({ api }: { readonly api: ApiSummary }) {
  const { currentVersion: current, upcomingVersion: upcoming } = api;
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      {current === null ? (
        <span className="text-muted">No description</span>
      ) : (
        <span className="whitespace-nowrap" title={`Label ${current.label}`}>
          <span className="font-medium tabular-nums">v{current.number}</span>{" "}
          <RelativeTime at={current.createdAt} className="text-sm text-muted" />
        </span>
      )}
      {upcoming !== null && (
        <span className="inline-flex items-center gap-1">
          <Chip tone="accent">v{upcoming.number} upcoming</Chip>
          {(upcoming.verdict === "breaking" || upcoming.verdict === "risky") && <LevelBadge level={upcoming.verdict} />}
        </span>
      )}
    </span>
  );
}
