import type { Metadata } from "next";
import Link from "next/link";
import { NoDescription } from "@/components/api/no-description.tsx";
import { buttonClass } from "@/components/ui/button.tsx";
import { Section } from "@/components/ui/section.tsx";
import { VersionTable } from "@/components/versions/version-table.tsx";
import { getDeps } from "@/lib/next/index.ts";
import { listVersions } from "@/lib/views/index.ts";
import { firstOfEach } from "../../../../search-params.ts";
import type { SearchParams } from "../../../../search-params.ts";
import { found } from "../found.ts";
import { loadApi } from "../load-api.ts";
import type { ApiParams } from "../load-api.ts";

export const metadata: Metadata = { title: "Versions" };

export default async function VersionsPage({
  params,
  searchParams,
}: {
  readonly params: ApiParams;
  readonly searchParams: Promise<SearchParams>;
}) {
  const { api, viewer } = await loadApi(params);
  const { cursor } = firstOfEach(await searchParams);
  const page = found(
    await listVersions(getDeps(), viewer, api.id, { limit: 50, ...(cursor === undefined ? {} : { cursor }) }),
  );
  if (page.items.length === 0) return <NoDescription api={api} />;
  return (
    <Section
      title="Versions"
      aside={
        page.items.length > 1 && (
          <Link href={`${api.pagePath}/compare`} className={buttonClass({ size: "small" })}>
            Compare two
          </Link>
        )
      }
    >
      <VersionTable versions={page.items} api={api} />
      {page.nextCursor !== null && (
        <Link
          href={`${api.pagePath}/versions?cursor=${encodeURIComponent(page.nextCursor)}`}
          className={buttonClass({ className: "self-start" })}
        >
          Older versions
        </Link>
      )}
    </Section>
  );
}
