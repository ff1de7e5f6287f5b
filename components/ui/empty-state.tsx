import type { ReactNode } from "react";

/** What is shown where there is nothing: what, why, what to do. */
export function EmptyState({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-2 rounded border border-dashed px-5 py-8">
      <h2 className="text-md font-semibold">{title}</h2>
      <div className="prose-width flex flex-col items-start gap-2 text-muted">{children}</div>
    </div>
  );
}
