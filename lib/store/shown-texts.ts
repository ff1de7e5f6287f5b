import type { Database } from "./database.ts";

const searchTextMax = 20_000;
/** What people look for; numbers of replicas and the like would be found by every other word. */
const searchedFacts = [
  "Server",
  "Server version",
  "Runtime",
  "Image",
  "Image digest",
  "Model name",
  "Model URI",
  "Models",
  "Bento",
  "Project description",
  "Version label",
];

/**
 * Brings what is shown and searched of APIs in line with their current description: the title where none is declared, the
 * summary, the number of operations, the origin and the words for search. To be called after either side changed.
 */
export async function refreshShownTexts(tx: Database, apiIds: readonly string[]): Promise<void> {
  if (apiIds.length === 0) return;
  await tx.$executeRaw`
    WITH shown AS (
      SELECT api.id,
        coalesce(api."declaredTitle", nullif(document.title, ''), api.name) AS title,
        coalesce(document.summary, '') AS summary,
        coalesce(version."operationCount", 0) AS operations,
        coalesce(version.origin, 'none') AS origin,
        (SELECT string_agg(fact->>'value', ' ') FROM jsonb_array_elements(api.facts) AS fact
           WHERE fact->>'name' = ANY(${searchedFacts}::text[])) AS facts,
        (SELECT string_agg(concat_ws(' ', item->>'path', item->>'operationId', item->>'summary'), ' ')
           FROM jsonb_array_elements(document.operations) AS item) AS words
      FROM api
      LEFT JOIN spec_version AS version ON version.id = api."currentVersionId"
      LEFT JOIN LATERAL (
        SELECT found.title, found.summary, found.operations
        FROM spec_text JOIN document AS found ON found.digest = spec_text."documentDigest"
        WHERE spec_text."versionId" = version.id ORDER BY spec_text."lastSeenAt" DESC LIMIT 1
      ) AS document ON TRUE
      WHERE api.id = ANY(${[...apiIds]}::text[])
    )
    UPDATE api SET title = shown.title, summary = shown.summary, "operationCount" = shown.operations,
      origin = shown.origin,
      "searchText" = left(lower(concat_ws(' ', shown.title, api.name, api.namespace, api.owner,
        array_to_string(api.tags, ' '), api.server, api.task, api.framework, api."modelName", shown.facts,
        shown.summary, shown.words)), ${searchTextMax}::int)
    FROM shown WHERE shown.id = api.id`;
}
