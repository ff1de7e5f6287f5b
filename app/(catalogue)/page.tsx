import { cookies } from "next/headers";
import Link from "next/link";
import { ApiCards } from "@/components/catalogue/api-cards.tsx";
import { ApiTable } from "@/components/catalogue/api-table.tsx";
import { catalogueUrl } from "@/components/catalogue/catalogue-url.ts";
import { EmptyCatalogue } from "@/components/catalogue/empty-catalogue.tsx";
import { FacetList } from "@/components/catalogue/facet-list.tsx";
import { FilterChips } from "@/components/catalogue/filter-chips.tsx";
import { LiveList } from "@/components/catalogue/live-list.tsx";
import { ViewSwitch } from "@/components/catalogue/view-switch.tsx";
import { readView, viewCookie } from "@/components/catalogue/view.ts";
import { SignInLink } from "@/components/shell/sign-in-link.tsx";
import { buttonClass } from "@/components/ui/button.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { catalogueQuerySchema } from "@/lib/contract/index.ts";
import type { CatalogueQuery } from "@/lib/contract/index.ts";
import { getDeps, getViewer } from "@/lib/next/index.ts";
import { getCatalogue } from "@/lib/views/index.ts";
import { firstOfEach } from "../search-params.ts";
import type { SearchParams } from "../search-params.ts";

export default async function CataloguePage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const query = readQuery(await searchParams);
  const viewer = await getViewer();
  const catalogue = await getCatalogue(getDeps(), viewer, query);
  const view = readView((await cookies()).get(viewCookie)?.value);
  const { items, total, facets, nextCursor } = catalogue;
  const filtered = catalogueUrl(query, {}) !== "/";
  const anonymous = viewer.kind === "anonymous";
  return (
    <div className="page grid gap-x-8 gap-y-4 py-5 lg:grid-cols-[13rem_minmax(0,1fr)]">
      <aside aria-label="Filters">
        <FacetList query={query} facets={facets} />
      </aside>
      <div className="flex min-w-0 flex-col gap-3">
        <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-2">
          <h1 className="text-lg font-semibold">Catalogue</h1>
          <p role="status" className="text-sm text-muted tabular-nums">
            {total.toLocaleString("en")} {total === 1 ? "API" : "APIs"}
            {query.q !== undefined && query.q !== "" && <> for “{query.q}”</>}
          </p>
          <FilterChips query={query} />
          <div className="ml-auto">
            <ViewSwitch view={view} />
          </div>
        </div>
        <LiveList>
          {items.length > 0 ? (
            view === "table" ? (
              <ApiTable items={items} />
            ) : (
              <ApiCards items={items} />
            )
          ) : filtered ? (
            <EmptyState title="No API fits">
              <p>Nothing that you may see has these words and filters together.</p>
              <Link href="/" className="text-link">
                Clear search and filters
              </Link>
            </EmptyState>
          ) : (
            <EmptyCatalogue anonymous={anonymous} admin={!anonymous && viewer.role === "admin"} />
          )}
        </LiveList>
        <div className="flex flex-wrap items-center gap-3">
          {query.cursor !== undefined && (
            <Link href={catalogueUrl(query, {})} className={buttonClass({})}>
              First page
            </Link>
          )}
          {nextCursor !== null && (
            <Link href={catalogueUrl(query, { cursor: nextCursor })} className={buttonClass({})}>
              Next page
            </Link>
          )}
          {anonymous && items.length > 0 && (
            <p className="text-sm text-muted">
              You see what is public. <SignInLink className="text-link">Sign in</SignInLink> to see the rest.
            </p>
          )}
        </div>
      </div>
    </div>
  );
}

/** A filter that does not exist is left out rather than refused: a link from elsewhere still opens the catalogue. */
function readQuery(params: SearchParams): CatalogueQuery {
  const given = firstOfEach(params);
  const parsed = catalogueQuerySchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const wrong = new Set(parsed.error.issues.map((issue) => String(issue.path[0])));
  return catalogueQuerySchema.parse(Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.has(name))));
}
