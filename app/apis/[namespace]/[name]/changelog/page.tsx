import type { Metadata } from "next";
import Link from "next/link";
import { NoDescription } from "@/components/api/no-description.tsx";
import { buttonClass } from "@/components/ui/button.tsx";
import { LevelFilter } from "@/components/versions/level-filter.tsx";
import { LineNav } from "@/components/versions/line-nav.tsx";
import { pageHref } from "@/components/versions/page-href.ts";
import { ReleaseEntry } from "@/components/versions/release-entry.tsx";
import { getDeps } from "@/lib/next/index.ts";
import { getChangelog } from "@/lib/views/index.ts";
import { firstOfEach } from "../../../../search-params.ts";
import type { SearchParams } from "../../../../search-params.ts";
import { chooseLine } from "../choose-line.ts";
import { found } from "../found.ts";
import { loadPage } from "../load-api.ts";
import type { ApiParams } from "../load-api.ts";

export const metadata: Metadata = { title: "Changelog" };

export default async function ChangelogPage({
  params,
  searchParams,
}: {
  readonly params: ApiParams;
  readonly searchParams: Promise<SearchParams>;
}) {
  const { api, viewer } = await loadPage(params, "/changelog", searchParams);
  const { only, cursor, line: asked } = firstOfEach(await searchParams);
  const { line } = chooseLine(api, asked);
  const place = { pagePath: api.pagePath, line };
  const onlyBreaking = only === "breaking";
  const page = found(
    await getChangelog(getDeps(), viewer, api.id, { limit: 20, line, ...(cursor === undefined ? {} : { cursor }) }),
  );
  const lines = <LineNav api={api} chosen={line} part="changelog" />;
  if (page.items.length === 0) {
    return (
      <div className="flex flex-col gap-5">
        {lines}
        <NoDescription api={api} />
      </div>
    );
  }
  return (
    <div className="flex max-w-240 flex-col gap-5">
      {lines}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-md font-semibold">What each version changed</h2>
        <LevelFilter
          allHref={pageHref(place, "changelog")}
          breakingHref={pageHref(place, "changelog", { only: "breaking" })}
          onlyBreaking={onlyBreaking}
        />
      </div>
      <div className="pl-1.5">
        {page.items.map((release) => (
          <ReleaseEntry key={release.version.id} release={release} place={place} onlyBreaking={onlyBreaking} />
        ))}
      </div>
      {page.nextCursor !== null && (
        <Link
          href={pageHref(place, "changelog", {
            ...(onlyBreaking ? { only: "breaking" } : {}),
            cursor: page.nextCursor,
          })}
          className={buttonClass({ className: "self-start" })}
        >
          Older versions
        </Link>
      )}
    </div>
  );
}
