import type { ReactNode } from "react";

/** A part of a page under its heading. */
export function Section({
  title,
  id,
  aside,
  children,
}: {
  readonly title: ReactNode;
  readonly id?: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section id={id} className="flex min-w-0 flex-col gap-2.5">
      <div className="flex min-h-7 flex-wrap items-center justify-between gap-x-3">
        <h2 className="text-md font-semibold">{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
