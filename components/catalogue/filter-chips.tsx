import { X } from "lucide-react";
import Link from "next/link";
import type { CatalogueQuery } from "@/lib/contract/index.ts";
import { catalogueUrl } from "./catalogue-url.ts";
import { facetNames } from "@/lib/model/index.ts";
import { facetWord } from "./facet-list.tsx";

/** The filters that hold, each to be taken away. */
export function FilterChips({ query }: { readonly query: CatalogueQuery }) {
  const held = facetNames.flatMap((name) => {
    const value = query[name];
    return value === undefined ? [] : [{ name, value }];
  });
  if (held.length === 0) return null;
  return (
    <ul className="flex flex-wrap items-center gap-1.5" aria-label="Filters that hold">
      {held.map(({ name, value }) => (
        <li key={name}>
          <Link
            href={catalogueUrl(query, { [name]: undefined })}
            scroll={false}
            prefetch={false}
            aria-label={`Remove the filter ${name}: ${facetWord(name, value)}`}
            className="inline-flex h-6 items-center gap-1 rounded-sm border bg-surface pr-1 pl-2 text-xs hover:bg-hover"
          >
            <span className="text-muted">{name}:</span> {facetWord(name, value)}
            <X aria-hidden className="size-3 text-muted" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
