import { cva } from "class-variance-authority";
import type { VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";

/** The look of a button, for links that act as one. */
export const buttonClass = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded font-medium whitespace-nowrap transition-colors duration-150 select-none disabled:opacity-55 aria-disabled:opacity-55",
  {
    variants: {
      look: {
        primary: "bg-accent text-on-accent not-disabled:hover:bg-accent-hover",
        plain: "border bg-surface text-foreground not-disabled:hover:bg-hover",
        quiet: "text-muted not-disabled:hover:bg-hover not-disabled:hover:text-foreground",
        danger:
          "border border-level-breaking/40 bg-surface text-level-breaking not-disabled:hover:bg-level-breaking-soft",
      },
      size: {
        small: "h-7 px-2.5 text-sm",
        medium: "h-8 px-3 text-base",
        icon: "size-8",
      },
    },
    defaultVariants: { look: "plain", size: "medium" },
  },
);

/** A button in one of four looks; `type` is "button" unless told otherwise, so that it never submits by accident. */
export function Button({
  look,
  size,
  className,
  type = "button",
  ...rest
}: ComponentProps<"button"> & VariantProps<typeof buttonClass>) {
  return <button type={type} className={buttonClass({ look, size, className })} {...rest} />;
}
