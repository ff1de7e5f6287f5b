import type { Version } from "../contract/index.ts";
import { verdictOf } from "../model/index.ts";
import type { VersionRow } from "../store/index.ts";

/** A version as lists show it. */
export function showVersion({ version, counts }: VersionRow): Version {
  const { apiId: _apiId, ...shown } = version;
  return {
    ...shown,
    createdAt: version.createdAt.toISOString(),
    currentSince: version.currentSince === null ? null : version.currentSince.toISOString(),
    verdict: verdictOf(counts),
    counts,
    servedBy: version.servedBy.map(({ revision, images, firstSeenAt, lastSeenAt }) => ({
      revision,
      images: [...images],
      firstSeenAt: firstSeenAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
    })),
  };
}
