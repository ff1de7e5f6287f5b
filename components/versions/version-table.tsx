import Link from "next/link";
import type { Version } from "@/lib/contract/index.ts";
import { LevelBadge } from "../ui/level-badge.tsx";
import { LevelCounts } from "../ui/level-counts.tsx";
import { RelativeTime } from "../ui/relative-time.tsx";
import { DownloadLinks } from "./download-links.tsx";
import { LifecycleChip } from "./lifecycle-chip.tsx";
import { pageHref } from "./page-href.ts";
import type { PagePlace } from "./page-href.ts";
import { VersionSource } from "./version-source.tsx";

const head = "h-8 border-b px-3 text-left text-xs font-medium whitespace-nowrap text-muted";
const cell = "border-b px-3 py-2.5 align-top max-lg:block max-lg:border-0 max-lg:px-0 max-lg:py-0.5";

/** The versions of an API, newest first: what they are, whence they came, and the documents. */
export function VersionTable({
  versions,
  apiId,
  place,
}: {
  readonly versions: readonly Version[];
  readonly apiId: string;
  readonly place: PagePlace;
}) {
  const oldest = versions.at(-1)?.number;
  return (
    <table className="w-full border-separate border-spacing-0 max-lg:block">
      <thead className="max-lg:hidden">
        <tr>
          <th scope="col" className={head}>
            Version
          </th>
          <th scope="col" className={head}>
            Where it came from
          </th>
          <th scope="col" className={head}>
            Changes
          </th>
          <th scope="col" className={head}>
            Download
          </th>
        </tr>
      </thead>
      <tbody className="max-lg:block max-lg:divide-y">
        {versions.map((version) => (
          <tr key={version.id} className="max-lg:block max-lg:py-3">
            <td className={cell}>
              <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <Link
                  href={pageHref(place, "reference", { version: version.number })}
                  prefetch={false}
                  className="font-semibold hover:underline"
                >
                  Version {version.number}
                </Link>
                <LifecycleChip lifecycle={version.lifecycle} />
              </div>
              <div className="text-sm text-muted">
                <span className="font-mono">{version.label}</span> · {version.operationCount}{" "}
                {version.operationCount === 1 ? "operation" : "operations"} · <RelativeTime at={version.createdAt} />
              </div>
            </td>
            <td className={`${cell} lg:max-w-80`}>
              <VersionSource version={version} />
              {version.servedBy.map((served) => (
                <div key={served.revision} className="text-sm wrap-anywhere text-muted">
                  <span className="font-mono">{served.revision}</span>, last seen{" "}
                  <RelativeTime at={served.lastSeenAt} />
                </div>
              ))}
              <div className="font-mono text-xs text-muted" title={`Contract ${version.contractDigest}`}>
                {version.contractDigest.slice(0, 12)}
                {version.textCount > 1 && ` · ${version.textCount} texts`}
              </div>
            </td>
            <td className={cell}>
              {version.number === oldest && version.verdict === "none" ? (
                <span className="text-sm text-muted">First version</span>
              ) : version.verdict === "none" ? (
                <LevelBadge level="none" />
              ) : (
                <Link href={pageHref(place, "changelog", {}, `v${version.number}`)} className="inline-block rounded-sm">
                  <LevelCounts counts={version.counts} />
                </Link>
              )}
            </td>
            <td className={cell}>
              <DownloadLinks apiId={apiId} number={version.number} line={place.line} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
