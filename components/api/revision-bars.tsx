import type { ApiDetail } from "@/lib/contract/index.ts";
import { Chip } from "../ui/chip.tsx";

/** The revisions of an API with their share of traffic. */
export function RevisionBars({ api: { revisions, state } }: { readonly api: Pick<ApiDetail, "revisions" | "state"> }) {
  if (revisions.length === 0) return <p className="text-muted">None is known.</p>;
  const hasLines = new Set(revisions.map(({ line }) => line)).size > 1;
  return (
    <ul className="flex flex-col gap-3">
      {revisions.map((revision) => (
        <li key={revision.name} className="flex flex-col gap-1">
          <div className="flex flex-wrap items-center gap-x-2">
            <span className="font-mono text-sm wrap-anywhere">{revision.name}</span>
            {hasLines && <Chip>{revision.line}</Chip>}
            {!revision.ready && state !== "unknown" && <Chip tone="risky">Not ready</Chip>}
            <span className="ml-auto text-sm tabular-nums">{revision.trafficPercent}% of traffic</span>
          </div>
          <svg aria-hidden className="h-1.5 w-full rounded-full bg-hover">
            <rect width={`${revision.trafficPercent}%`} height="100%" rx="3" className="fill-accent" />
          </svg>
          {revision.images.map((image) => (
            <span key={image} title={image} className="font-mono text-xs wrap-anywhere text-muted">
              {image.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]+$/, "$1…")}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}
