import type { ReactNode } from "react";

/** What is shown where there is nothing: what, why, what to do. */
export function EmptyState({
  title,
  heading: Heading = "h2",
  children,
}: {
  readonly title: string;
  readonly heading?: "h1" | "h2";
  readonly children?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-start gap-2 rounded border border-dashed px-5 py-8">
      <Heading className="text-md font-semibold">{title}</Heading>
      <div className="prose-width flex flex-col items-start gap-2 text-muted">{children}</div>
    </div>
  );
}
