import { z } from "zod";
import { byFacet, facetNames } from "../model/index.ts";
import type { FacetName, Lifecycle, VisibilityFilter } from "../model/index.ts";
import type { Database } from "./database.ts";
import { Prisma } from "./generated/client.ts";
import { readCursor, writeCursor } from "./page.ts";
import { visibleTo } from "./visible-to.ts";

export type CatalogueSearch = {
  readonly filter: VisibilityFilter;
  /** Words that must all occur in an API's text. */
  readonly words: readonly string[];
  /** The value that is chosen of each facet, or null. */
  readonly chosen: Readonly<Record<FacetName, string | null>>;
  readonly lifecycle: Lifecycle | null;
  /** When given, only what this person follows. */
  readonly followedBy: string | null;
  readonly cursor?: string | undefined;
  readonly limit: number;
};

export type FacetCount = { readonly facet: FacetName; readonly value: string; readonly count: number };
export type CatalogueHits = {
  readonly ids: readonly string[];
  readonly nextCursor: string | null;
  readonly total: number;
  readonly facets: readonly FacetCount[];
};

const facetValuesMax = 100;
const hitSchema = z.array(z.object({ id: z.string(), rank: z.int(), sort: z.string() }));
const countSchema = z.array(
  z.object({
    facet: z.enum(["total", ...facetNames]),
    value: z.string().nullable(),
    count: z.int(),
  }),
);

/** A word as a LIKE pattern, with its own wildcards taken literally. */
function containing(word: string): string {
  return `%${word.toLowerCase().replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
}

/** What every facet and the list have in common: existing, visible, with all words, in that lifecycle. */
function commonConditions(search: CatalogueSearch): Prisma.Sql {
  const conditions = [
    Prisma.sql`api."retiredAt" IS NULL`,
    visibleTo(search.filter, "api"),
    ...search.words.map((word) => Prisma.sql`api."searchText" LIKE ${containing(word)}`),
  ];
  if (search.lifecycle !== null) {
    conditions.push(
      Prisma.sql`EXISTS (SELECT 1 FROM spec_version v WHERE v."apiId" = api.id AND v.lifecycle = ${search.lifecycle})`,
    );
  }
  if (search.followedBy !== null) {
    conditions.push(
      Prisma.sql`EXISTS (SELECT 1 FROM follow f WHERE f."apiId" = api.id AND f."userId" = ${search.followedBy})`,
    );
  }
  return Prisma.join(conditions, " AND ");
}

/** Whether a row is of the chosen value of each facet. A facet is named as its column is. */
function choicesOf({ chosen }: CatalogueSearch): Readonly<Record<FacetName, Prisma.Sql>> {
  return byFacet((name) => {
    const value = chosen[name];
    return value === null ? Prisma.sql`TRUE` : Prisma.sql`COALESCE(${column(name)} = ${value}, FALSE)`;
  });
}

function column(name: FacetName): Prisma.Sql {
  return Prisma.raw(`api.${name}`);
}

function and(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return Prisma.join([...conditions], " AND ");
}

/** Names and titles before other text, the exact before the beginning before the middle. */
function rankOf(words: readonly string[]): Prisma.Sql {
  const phrase = words.join(" ").toLowerCase();
  if (phrase === "") return Prisma.sql`0`;
  const beginning = containing(phrase).slice(1);
  return Prisma.sql`CASE
    WHEN lower(api.name) = ${phrase} OR lower(api.title) = ${phrase} THEN 0
    WHEN lower(api.name) LIKE ${beginning} OR lower(api.title) LIKE ${beginning} THEN 1
    WHEN lower(api.name) LIKE ${containing(phrase)} OR lower(api.title) LIKE ${containing(phrase)} THEN 2
    ELSE 3 END`;
}

/**
 * The ids of one page in order, with the total and the counts of each facet under all *other* choices, so that the
 * alternatives to a choice keep their counts. One pass over the visible rows: the trigram index serves the words; without
 * words every visible row counts anyway.
 */
export async function searchCatalogue(db: Database, search: CatalogueSearch): Promise<CatalogueHits> {
  const common = commonConditions(search);
  const choices = choicesOf(search);
  const fits = (name: FacetName): Prisma.Sql => Prisma.raw(`"fits ${name}"`);
  const columns = facetNames.map((name) => Prisma.sql`${column(name)}, (${choices[name]}) AS ${fits(name)}`);
  const counted = facetNames.map((name) => {
    const own = Prisma.raw(name);
    const others = facetNames.filter((other) => other !== name).map(fits);
    return Prisma.sql`(SELECT ${name}, ${own}, count(*)::int FROM base WHERE ${and(others)} AND ${own} IS NOT NULL
      GROUP BY 2 ORDER BY 3 DESC, 2 LIMIT ${facetValuesMax})`;
  });
  const after = readCursor(search.cursor, 3);
  const [foundRows, countRows] = await Promise.all([
    db.$queryRaw`
      WITH hit AS (
        SELECT api.id, (${rankOf(search.words)})::int AS rank, lower(api.title) AS sort
        FROM api WHERE ${common} AND ${and(Object.values(choices))}
      )
      SELECT id, rank, sort FROM hit
      WHERE ${
        after === null
          ? Prisma.sql`TRUE`
          : Prisma.sql`(rank, sort, id) > (${Number(after[0])}::int, ${String(after[1])}::text, ${String(after[2])}::text)`
      }
      ORDER BY rank, sort, id LIMIT ${search.limit + 1}`,
    db.$queryRaw`
      WITH base AS MATERIALIZED (
        SELECT ${Prisma.join(columns)} FROM api WHERE ${common}
      )
      SELECT 'total' AS facet, NULL AS value, count(*)::int AS count FROM base WHERE ${and(facetNames.map(fits))}
      UNION ALL
      ${Prisma.join(counted, " UNION ALL ")}`,
  ]);
  const hits = hitSchema.parse(foundRows);
  const counts = countSchema.parse(countRows);
  const page = hits.slice(0, search.limit);
  const last = page.at(-1);
  return {
    ids: page.map(({ id }) => id),
    nextCursor: hits.length > search.limit && last !== undefined ? writeCursor([last.rank, last.sort, last.id]) : null,
    total: counts.find(({ facet }) => facet === "total")?.count ?? 0,
    facets: counts.flatMap(({ facet, value, count }) =>
      facet === "total" || value === null ? [] : [{ facet, value, count }],
    ),
  };
}
