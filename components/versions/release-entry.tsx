import Link from "next/link";
import type { Release } from "@/lib/contract/index.ts";
import { LevelCounts } from "../ui/level-counts.tsx";
import { Markdown } from "../ui/markdown.tsx";
import { RelativeTime } from "../ui/relative-time.tsx";
import { ChangeList } from "./change-list.tsx";
import { LifecycleChip } from "./lifecycle-chip.tsx";
import { pageHref } from "./page-href.ts";
import type { PagePlace } from "./page-href.ts";
import { VersionSource } from "./version-source.tsx";

/** One step of the timeline: a version, its owner's words, and what it changed. */
export function ReleaseEntry({
  release,
  place,
  onlyBreaking,
}: {
  readonly release: Release;
  readonly place: PagePlace;
  readonly onlyBreaking: boolean;
}) {
  const { version, baseNumber } = release;
  const changes = onlyBreaking ? release.changes.filter(({ level }) => level === "breaking") : release.changes;
  return (
    <article id={`v${version.number}`} className="relative scroll-mt-20 border-l pb-8 pl-6 last:pb-0">
      <span
        aria-hidden
        className={`absolute top-1.5 -left-[5px] size-2.5 rounded-full border-2 border-background ${version.lifecycle === "current" ? "bg-accent" : "bg-border-strong"}`}
      />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="text-md font-semibold">
          <Link
            href={pageHref(place, "reference", { version: version.number })}
            prefetch={false}
            className="hover:underline"
          >
            Version {version.number}
          </Link>
        </h3>
        <span className="font-mono text-sm text-muted">{version.label}</span>
        <LifecycleChip lifecycle={version.lifecycle} />
        {baseNumber !== null && <LevelCounts counts={version.counts} />}
        <RelativeTime at={version.createdAt} className="text-sm text-muted sm:ml-auto" />
      </div>
      <div className="mt-0.5 flex flex-wrap items-center gap-x-4 gap-y-1 text-muted">
        <VersionSource version={version} />
        {version.servedBy.length > 0 && (
          <span className="text-sm wrap-anywhere">
            by{" "}
            <span className="font-mono">
              {version.servedBy
                .slice(0, 4)
                .map(({ revision }) => revision)
                .join(", ")}
            </span>
          </span>
        )}
        {baseNumber !== null && (
          <Link
            href={pageHref(place, "compare", { from: baseNumber, to: version.number })}
            prefetch={false}
            className="text-sm text-link"
          >
            Compare with v{baseNumber}
          </Link>
        )}
      </div>
      {version.releaseNote !== null && version.releaseNote !== "" && (
        <div className="mt-3 border-l-2 pl-3">
          <Markdown text={version.releaseNote} />
        </div>
      )}
      <div className="mt-3">
        {baseNumber === null ? (
          <p className="text-sm text-muted">
            The first version: {version.operationCount} {version.operationCount === 1 ? "operation" : "operations"}.
          </p>
        ) : changes.length === 0 ? (
          <p className="text-sm text-muted">{onlyBreaking ? "Nothing breaking." : "No change of the contract."}</p>
        ) : (
          <ChangeList changes={changes} place={place} from={baseNumber} to={version.number} heading="h4" />
        )}
      </div>
    </article>
  );
}
