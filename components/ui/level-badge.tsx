import { CircleAlert, CircleCheck, Equal, Info, TriangleAlert } from "lucide-react";
import type { ChangeLevel, Verdict } from "@/lib/model/index.ts";
import { Chip } from "./chip.tsx";

const levels = {
  breaking: { tone: "breaking", icon: CircleAlert, word: "Breaking" },
  risky: { tone: "risky", icon: TriangleAlert, word: "Risky" },
  safe: { tone: "safe", icon: CircleCheck, word: "Safe" },
  info: { tone: "info", icon: Info, word: "Info" },
  none: { tone: "neutral", icon: Equal, word: "Same contract" },
} as const;

/** A change level or verdict: always icon and word, never colour alone. With `count`: "2 breaking". */
export function LevelBadge({
  level,
  count,
  className,
}: {
  readonly level: ChangeLevel | Verdict;
  readonly count?: number;
  readonly className?: string;
}) {
  const { tone, icon: Icon, word } = levels[level];
  return (
    <Chip tone={tone} className={className}>
      <Icon aria-hidden className="size-3" strokeWidth={2.25} />
      {count === undefined ? word : `${count.toLocaleString("en")} ${word.toLowerCase()}`}
    </Chip>
  );
}
