import { changeLevels } from "@/lib/model/index.ts";
import type { ChangeCounts } from "@/lib/model/index.ts";
import { LevelBadge } from "./level-badge.tsx";

/** How many changes there are of each level; levels without any are left out. */
export function LevelCounts({ counts }: { readonly counts: ChangeCounts }) {
  const present = changeLevels.filter((level) => counts[level] > 0);
  if (present.length === 0) return <LevelBadge level="none" />;
  return (
    <span className="inline-flex flex-wrap gap-1">
      {present.map((level) => (
        <LevelBadge key={level} level={level} count={counts[level]} />
      ))}
    </span>
  );
}
