import type { Metadata } from "next";
import Link from "next/link";
import { NoDescription } from "@/components/api/no-description.tsx";
import { buttonClass } from "@/components/ui/button.tsx";
import { LevelFilter } from "@/components/versions/level-filter.tsx";
import { ReleaseEntry } from "@/components/versions/release-entry.tsx";
import { getDeps } from "@/lib/next/index.ts";
import { getChangelog } from "@/lib/views/index.ts";
import { firstOfEach } from "../../../../search-params.ts";
import type { SearchParams } from "../../../../search-params.ts";
import { found } from "../found.ts";
import { loadApi } from "../load-api.ts";
import type { ApiParams } from "../load-api.ts";

export const metadata: Metadata = { title: "Changelog" };

export default async function ChangelogPage({
  params,
  searchParams,
}: {
  readonly params: ApiParams;
  readonly searchParams: Promise<SearchParams>;
}) {
  const { api, viewer } = await loadApi(params);
  const { only, cursor } = firstOfEach(await searchParams);
  const onlyBreaking = only === "breaking";
  const page = found(
    await getChangelog(getDeps(), viewer, api.id, { limit: 20, ...(cursor === undefined ? {} : { cursor }) }),
  );
  const path = `${api.pagePath}/changelog`;
  if (page.items.length === 0) return <NoDescription api={api} />;
  return (
    <div className="flex max-w-240 flex-col gap-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-md font-semibold">What each version changed</h2>
        <LevelFilter allHref={path} breakingHref={`${path}?only=breaking`} onlyBreaking={onlyBreaking} />
      </div>
      <div className="pl-1.5">
        {page.items.map((release) => (
          <ReleaseEntry
            key={release.version.id}
            release={release}
            pagePath={api.pagePath}
            onlyBreaking={onlyBreaking}
          />
        ))}
      </div>
      {page.nextCursor !== null && (
        <Link
          href={`${path}?${new URLSearchParams({ ...(onlyBreaking ? { only: "breaking" } : {}), cursor: page.nextCursor }).toString()}`}
          className={buttonClass({ className: "self-start" })}
        >
          Older versions
        </Link>
      )}
    </div>
  );
}
