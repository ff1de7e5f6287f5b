import { clsx } from "clsx";

/** A place that will be filled; give it the size of what will stand there. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <span aria-hidden className={clsx("block animate-pulse rounded-sm bg-hover", className)} />;
}
