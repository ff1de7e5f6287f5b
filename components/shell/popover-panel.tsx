import { clsx } from "clsx";
import type { ReactNode, ToggleEvent } from "react";

/**
 * A panel that floats below the right end of the header, opened by a button with `popoverTarget={id}`. The browser's own
 * popover closes it on Esc and on a click elsewhere and gives the focus back.
 */
export function PopoverPanel({
  id,
  label,
  className,
  onToggle,
  children,
}: {
  readonly id: string;
  readonly label: string;
  readonly className?: string;
  readonly onToggle?: (event: ToggleEvent<HTMLDivElement>) => void;
  readonly children: ReactNode;
}) {
  return (
    <div
      id={id}
      popover="auto"
      role="group"
      aria-label={label}
      onToggle={onToggle}
      className={clsx(
        "fixed inset-auto top-14 right-[max(0.75rem,calc((100vw-1440px)/2+1.5rem))] max-h-[calc(100dvh-4.5rem)] max-w-[calc(100vw-2.5rem)] overflow-y-auto rounded border bg-raised text-foreground shadow-float open:animate-appear",
        className,
      )}
    >
      {children}
    </div>
  );
}
