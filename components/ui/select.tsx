import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { fieldClass } from "./input.tsx";

/** The browser's own select in our clothes: it has every keyboard and touch habit already. */
export function Select({ className = "", children, ...rest }: ComponentProps<"select">) {
  return (
    <span className={`relative inline-flex min-w-0 ${className}`}>
      <select className={`${fieldClass} h-8 w-full min-w-0 appearance-none truncate pr-8`} {...rest}>
        {children}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute top-2 right-2 size-4 text-muted" />
    </span>
  );
}
