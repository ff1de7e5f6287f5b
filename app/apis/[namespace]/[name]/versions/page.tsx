import type { Metadata } from "next";
import Link from "next/link";
import { NoDescription } from "@/components/api/no-description.tsx";
import { buttonClass } from "@/components/ui/button.tsx";
import { Section } from "@/components/ui/section.tsx";
import { LineNav } from "@/components/versions/line-nav.tsx";
import { pageHref } from "@/components/versions/page-href.ts";
import { VersionTable } from "@/components/versions/version-table.tsx";
import { getDeps } from "@/lib/next/index.ts";
import { listVersions } from "@/lib/views/index.ts";
import { firstOfEach } from "../../../../search-params.ts";
import type { SearchParams } from "../../../../search-params.ts";
import { chooseLine } from "../choose-line.ts";
import { found } from "../found.ts";
import { loadPage } from "../load-api.ts";
import type { ApiParams } from "../load-api.ts";

export const metadata: Metadata = { title: "Versions" };

export default async function VersionsPage({
  params,
  searchParams,
}: {
  readonly params: ApiParams;
  readonly searchParams: Promise<SearchParams>;
}) {
  const { api, viewer } = await loadPage(params, "/versions", searchParams);
  const { cursor, line: asked } = firstOfEach(await searchParams);
  const { line } = chooseLine(api, asked);
  const place = { pagePath: api.pagePath, line };
  const page = found(
    await listVersions(getDeps(), viewer, api.id, { limit: 50, line, ...(cursor === undefined ? {} : { cursor }) }),
  );
  const lines = <LineNav api={api} chosen={line} part="versions" />;
  if (page.items.length === 0) {
    return (
      <div className="flex flex-col gap-5">
        {lines}
        <NoDescription api={api} />
      </div>
    );
  }
  return (
    <Section
      title="Versions"
      aside={
        page.items.length > 1 && (
          <Link href={pageHref(place, "compare")} className={buttonClass({ size: "small" })}>
            Compare two
          </Link>
        )
      }
    >
      {lines}
      <VersionTable versions={page.items} apiId={api.id} place={place} />
      {page.nextCursor !== null && (
        <Link
          href={pageHref(place, "versions", { cursor: page.nextCursor })}
          className={buttonClass({ className: "self-start" })}
        >
          Older versions
        </Link>
      )}
    </Section>
  );
}
