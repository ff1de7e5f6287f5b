import { clsx } from "clsx";
import type { ReactNode } from "react";

const tones = {
  neutral: "border-border bg-sunken text-muted",
  outline: "border-border text-muted",
  accent: "border-transparent bg-accent-soft text-accent",
  breaking: "border-transparent bg-level-breaking-soft text-level-breaking",
  risky: "border-transparent bg-level-risky-soft text-level-risky",
  safe: "border-transparent bg-level-safe-soft text-level-safe",
  info: "border-transparent bg-level-info-soft text-level-info",
} as const;

export type ChipTone = keyof typeof tones;

/** A short word or two about the thing beside it. */
export function Chip({
  tone = "neutral",
  className,
  title,
  children,
}: {
  readonly tone?: ChipTone;
  readonly className?: string | undefined;
  readonly title?: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <span
      title={title}
      className={clsx(
        "inline-flex h-5 items-center gap-1 rounded-sm border px-1.5 text-xs font-medium whitespace-nowrap",
        tones[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}
