import type { ApiSummary } from "../contract/index.ts";
import { pagePathOf, verdictOf } from "../model/index.ts";
import type { ApiRow } from "../store/index.ts";
import { showVisibility } from "./show-visibility.ts";

/** What is wrong with the workload or its routes, and what with its description (DESIGN §14). */
function reasonOf(stateReason: string | null, acquisitionProblem: string | null): string | null {
  const description = acquisitionProblem === null ? null : `No description: ${acquisitionProblem}`;
  return [stateReason, description].filter((part) => part !== null).join(" ") || null;
}

type Current = NonNullable<ApiRow["currentVersion"]>;
type Upcoming = NonNullable<ApiRow["upcomingVersion"]>;

export function showCurrent({ number, label, contractDigest, createdAt }: Current) {
  return { number, label, contractDigest, createdAt: createdAt.toISOString() };
}

export function showUpcoming({ number, label, counts }: Upcoming) {
  return { number, label, verdict: verdictOf(counts) };
}

/** One line of the catalogue. */
export function showApi(row: ApiRow): ApiSummary {
  const { api, currentVersion, upcomingVersion } = row;
  return {
    id: api.id,
    cluster: api.key.cluster,
    namespace: api.key.namespace,
    group: api.key.group,
    kind: api.key.kind,
    name: api.key.name,
    pagePath: pagePathOf(api.key, row.ambiguous),
    title: api.title,
    summary: api.summary,
    protocol: api.protocol,
    server: api.server,
    owner: api.owner,
    visibility: showVisibility(api.visibility),
    tags: [...api.tags],
    task: api.task,
    framework: api.framework,
    state: api.state,
    stateReason: reasonOf(api.stateReason, row.acquisitionProblem),
    publicUrls: [...row.publicUrls],
    internalUrl: api.internalUrl,
    revisions: api.revisions.map((revision) => ({ ...revision, images: [...revision.images] })),
    origin: api.origin,
    operationCount: row.operationCount,
    currentVersion: currentVersion === null ? null : showCurrent(currentVersion),
    upcomingVersion: upcomingVersion === null ? null : showUpcoming(upcomingVersion),
    following: row.followLevel !== null && row.followLevel !== "none",
    confirmedByCluster: api.confirmedByCluster,
    confirmedAt: api.confirmedAt.toISOString(),
  };
}
