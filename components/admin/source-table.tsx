import type { AdminReport } from "@/lib/contract/index.ts";
import { Chip } from "../ui/chip.tsx";
import type { ChipTone } from "../ui/chip.tsx";
import { RelativeTime } from "../ui/relative-time.tsx";

type Source = AdminReport["sources"][number];

const head = "h-8 border-b px-3 text-left text-xs font-medium whitespace-nowrap text-muted";
const cell = "border-b px-3 py-2 align-top text-sm";

const states: { readonly [state in Source["state"]]: { readonly tone: ChipTone; readonly word: string } } = {
  synced: { tone: "safe", word: "Synced" },
  absent: { tone: "neutral", word: "Not installed" },
  stale: { tone: "risky", word: "Stale" },
};

/** Each kind of each cluster: whether what is known of it is current. */
export function SourceTable({ sources }: { readonly sources: readonly Source[] }) {
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Kinds that are watched">
      <table className="w-full min-w-180 border-separate border-spacing-0">
        <thead>
          <tr>
            {["Kind", "State", "Objects", "Confirmed", "Lag"].map((word) => (
              <th key={word} scope="col" className={head}>
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => {
            const { tone, word } = states[source.state];
            return (
              <tr key={`${source.cluster} ${source.group} ${source.kind}`}>
                <td className={cell}>
                  <span className="font-medium">{source.kind}</span>
                  <div className="font-mono text-xs text-muted">
                    {source.cluster} · {source.group === "" ? source.version : `${source.group}/${source.version}`}
                  </div>
                </td>
                <td className={`${cell} max-w-96`}>
                  <Chip tone={tone}>{word}</Chip>
                  {source.reason !== null && <span className="ml-2">{source.reason}</span>}
                  {source.message !== null && <p className="wrap-anywhere text-muted">{source.message}</p>}
                </td>
                <td className={`${cell} tabular-nums`}>{source.objectCount.toLocaleString("en")}</td>
                <td className={cell}>
                  {source.confirmedAt === null ? (
                    <span className="text-muted">never</span>
                  ) : (
                    <RelativeTime at={source.confirmedAt} />
                  )}
                </td>
                <td className={`${cell} tabular-nums`}>
                  {source.lagMs === null ? <span className="text-muted">unknown</span> : `${source.lagMs} ms`}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
