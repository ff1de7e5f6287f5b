import type { ApiDetail } from "@/lib/contract/index.ts";
import { Chip } from "../ui/chip.tsx";
import type { ChipTone } from "../ui/chip.tsx";
import { CodeBlock } from "../ui/code-block.tsx";
import { CodedText } from "../ui/coded-text.tsx";
import { RelativeTime } from "../ui/relative-time.tsx";

type Acquisition = ApiDetail["acquisitions"][number];

const faces: { readonly [outcome in Acquisition["outcome"]]: { readonly tone: ChipTone; readonly word: string } } = {
  fetched: { tone: "safe", word: "Fetched" },
  failed: { tone: "breaking", word: "Failed" },
  held: { tone: "info", word: "Not asked" },
  none: { tone: "neutral", word: "None offered" },
};

/** The outcome of asking each revision for its description, with what its owner can do where it failed. */
export function AcquisitionList({ acquisitions }: { readonly acquisitions: readonly Acquisition[] }) {
  if (acquisitions.length === 0) {
    return <p className="text-muted">No revision has been asked yet.</p>;
  }
  return (
    <ul className="divide-y rounded border bg-surface">
      {acquisitions.map((acquisition) => {
        const { tone, word } = faces[acquisition.outcome];
        const stale = acquisition.outcome !== "fetched" && acquisition.fetchedAt !== null;
        return (
          <li key={acquisition.revision} className="flex flex-col gap-1 px-3 py-2.5">
            <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
              <Chip tone={tone}>{word}</Chip>
              <span className="font-mono text-sm wrap-anywhere">{acquisition.revision}</span>
              <span className="text-sm text-muted sm:ml-auto">
                {acquisition.outcome === "held" ? "decided" : "asked"} <RelativeTime at={acquisition.askedAt} />
              </span>
            </div>
            {acquisition.message !== null && (
              <p className="wrap-anywhere">
                <CodedText text={acquisition.message} />
              </p>
            )}
            {acquisition.advice !== null && (
              <p className="text-sm wrap-anywhere text-muted">
                <CodedText text={acquisition.advice} />
              </p>
            )}
            {typeof acquisition.admission?.manifest === "string" && (
              <CodeBlock
                code={acquisition.admission.manifest}
                label={`NetworkPolicy that admits the portal to ${acquisition.revision}`}
              />
            )}
            {stale && acquisition.fetchedAt !== null && (
              <p className="text-sm">
                <Chip tone="risky">Stale</Chip> What is shown was fetched <RelativeTime at={acquisition.fetchedAt} />.
              </p>
            )}
            {acquisition.place !== null && (
              <p className="font-mono text-xs wrap-anywhere text-muted">{acquisition.place}</p>
            )}
          </li>
        );
      })}
    </ul>
  );
}
