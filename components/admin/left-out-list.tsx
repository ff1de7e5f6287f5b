import type { AdminReport } from "@/lib/contract/index.ts";
import { CodedText } from "../ui/coded-text.tsx";

/** What was seen and is not an API, grouped by the reason. */
export function LeftOutList({ leftOut }: { readonly leftOut: AdminReport["leftOut"] }) {
  if (leftOut.length === 0) return <p className="text-muted">Nothing was left out.</p>;
  const groups = Map.groupBy(leftOut, ({ reason }) => reason);
  return (
    <div className="flex flex-col gap-2">
      {[...groups].map(([reason, members]) => (
        <details key={reason} className="group rounded border bg-surface">
          <summary className="flex items-baseline gap-3 rounded px-3 py-2 hover:bg-hover/60">
            <span aria-hidden className="text-muted transition-transform duration-150 group-open:rotate-90">
              ›
            </span>
            <span className="min-w-0 flex-1 wrap-anywhere">
              <CodedText text={reason} />
            </span>
            <span className="text-sm text-muted tabular-nums">{members.length.toLocaleString("en")}</span>
          </summary>
          <ul className="border-t px-3 py-2 pl-8.5 text-sm">
            {members.map(({ object }) => (
              <li key={`${object.kind} ${object.namespace} ${object.name}`} className="wrap-anywhere">
                {object.kind}{" "}
                <span className="font-mono text-muted">
                  {object.namespace}/{object.name}
                </span>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </div>
  );
}
