import type { ReactNode } from "react";

/** A page that is not an API's: its title, a line about it, its content. */
export function PageFrame({
  title,
  lead,
  aside,
  children,
}: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className="page flex flex-col gap-5 py-6">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <h1 className="text-lg font-semibold">{title}</h1>
          {lead !== undefined && <div className="prose-width text-muted">{lead}</div>}
        </div>
        {aside}
      </div>
      {children}
    </div>
  );
}
