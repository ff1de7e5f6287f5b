import { facetNames } from "@/lib/model/index.ts";
import type { CatalogueQuery } from "@/lib/contract/index.ts";

const names = ["q", ...facetNames, "lifecycle", "cursor"] as const;

/** The URL of the catalogue under `query` with some of it replaced; any change but the cursor goes back to the first page. */
export function catalogueUrl(
  query: CatalogueQuery,
  change: { readonly [name in (typeof names)[number]]?: string | undefined },
): string {
  const next = { ...query, cursor: undefined, ...change };
  const params = new URLSearchParams();
  for (const name of names) {
    const value = next[name];
    if (value !== undefined && value !== "") params.set(name, value);
  }
  return params.size === 0 ? "/" : `/?${params.toString()}`;
}
