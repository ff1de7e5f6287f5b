import type { ReactNode } from "react";

/** Names and values, one a line. */
export function Facts({
  facts,
}: {
  readonly facts: readonly { readonly name: string; readonly value: ReactNode; readonly mono?: boolean }[];
}) {
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1.5 text-sm">
      {facts.map(({ name, value, mono }) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className={`wrap-anywhere ${mono === true ? "font-mono" : ""}`}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
