import { Check, ChevronDown, ListFilter } from "lucide-react";
import Link from "next/link";
import type { CatalogueQuery, Facets } from "@/lib/contract/index.ts";
import { facetNames } from "@/lib/model/index.ts";
import type { FacetName } from "@/lib/model/index.ts";
import { protocolWords } from "../ui/protocol-words.ts";
import { stateWords } from "../ui/state-words.ts";
import { catalogueUrl } from "./catalogue-url.ts";

const faces: Readonly<Record<FacetName, { readonly title: string; readonly mono: boolean }>> = {
  protocol: { title: "Type", mono: false },
  state: { title: "State", mono: false },
  owner: { title: "Owner", mono: false },
  namespace: { title: "Namespace", mono: true },
  server: { title: "Server", mono: true },
  task: { title: "Task", mono: false },
  framework: { title: "Framework", mono: false },
};
const serverWords = { "unknown-http": "not recognised" };
const shownMax = 8;

/** What a facet's value is called on pages. */
export function facetWord(name: FacetName, value: string): string {
  const words: { readonly [word: string]: string } =
    name === "protocol" ? protocolWords : name === "state" ? stateWords : name === "server" ? serverWords : {};
  return words[value] ?? value;
}

/** The filters beside the catalogue, each a link with its count; folded on small screens. */
export function FacetList({ query, facets }: { readonly query: CatalogueQuery; readonly facets: Facets }) {
  const chosen = facetNames.filter((name) => query[name] !== undefined).length;
  return (
    <>
      <details className="group lg:hidden">
        <summary className="flex h-8 items-center gap-2 rounded border bg-surface px-3 font-medium">
          <ListFilter aria-hidden className="size-4 text-muted" />
          Filters{chosen > 0 && ` (${chosen})`}
          <ChevronDown aria-hidden className="ml-auto size-4 text-muted group-open:rotate-180" />
        </summary>
        <div className="grid gap-5 px-1 pt-4 sm:grid-cols-2">
          <FacetGroups query={query} facets={facets} />
        </div>
      </details>
      <div className="flex flex-col gap-6 max-lg:hidden">
        <FacetGroups query={query} facets={facets} />
      </div>
    </>
  );
}

function FacetGroups({ query, facets }: { readonly query: CatalogueQuery; readonly facets: Facets }) {
  return facetNames
    .filter((name) => facets[name].length > 0)
    .map((name) => {
      const { title, mono } = faces[name];
      const values = facets[name];
      const hidden = values.slice(shownMax);
      const row = ({ value, count }: { value: string; count: number }) => (
        <FacetRow
          key={value}
          href={catalogueUrl(query, { [name]: query[name] === value ? undefined : value })}
          label={facetWord(name, value)}
          count={count}
          mono={mono}
          chosen={query[name] === value}
        />
      );
      return (
        <nav key={name} aria-label={`Filter by ${title.toLowerCase()}`}>
          <h2 className="mb-1 px-2 text-xs font-medium text-muted">{title}</h2>
          <ul>{values.slice(0, shownMax).map(row)}</ul>
          {hidden.length > 0 && (
            <details open={hidden.some(({ value }) => query[name] === value)}>
              <summary className="rounded px-2 py-1 text-sm text-muted hover:text-foreground">
                {hidden.length} more
              </summary>
              <ul>{hidden.map(row)}</ul>
            </details>
          )}
        </nav>
      );
    });
}

function FacetRow({
  href,
  label,
  count,
  mono,
  chosen,
}: {
  readonly href: string;
  readonly label: string;
  readonly count: number;
  readonly mono: boolean;
  readonly chosen: boolean;
}) {
  return (
    <li>
      <Link
        href={href}
        scroll={false}
        prefetch={false}
        aria-current={chosen ? "true" : undefined}
        className={`flex min-h-7 items-center gap-2 rounded px-2 py-0.5 text-sm transition-colors duration-150 hover:bg-hover ${chosen ? "bg-accent-soft font-medium text-accent" : ""}`}
      >
        <span className={`min-w-0 flex-1 truncate ${mono ? "font-mono" : ""}`} title={label}>
          {label}
        </span>
        {chosen && <Check aria-hidden className="size-3.5" />}
        <span className={`text-xs tabular-nums ${chosen ? "" : "text-muted"}`}>{count.toLocaleString("en")}</span>
      </Link>
    </li>
  );
}
