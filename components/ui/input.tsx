import type { ComponentProps } from "react";

export const fieldClass =
  "rounded border border-border-strong/60 bg-surface px-2.5 text-base text-foreground placeholder:text-muted disabled:opacity-55 aria-invalid:border-level-breaking";

/** A text field of one line. */
export function Input({ className = "", ...rest }: ComponentProps<"input">) {
  return <input className={`${fieldClass} h-8 min-w-0 ${className}`} {...rest} />;
}
