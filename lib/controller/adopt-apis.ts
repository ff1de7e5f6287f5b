import { formatObjectKey } from "../model/index.ts";
import type { DiscoveredApi, ObjectKey } from "../model/index.ts";
import type { KnownApi } from "../store/index.ts";

type Pair = { readonly api: DiscoveredApi; readonly known: KnownApi; readonly rank: readonly number[] };

function compareRanks(left: readonly number[], right: readonly number[]): number {
  for (const [index, value] of left.entries()) {
    const other = right[index] ?? 0;
    if (value !== other) return value - other;
  }
  return 0;
}

/** How near two are: the smaller, the surer that both are one thing; null where nothing of one is in the other. */
function rankOf(api: DiscoveredApi, known: KnownApi): readonly number[] | null {
  const place = formatObjectKey(api.key);
  const members = api.members.map(formatObjectKey);
  const own = members.indexOf(formatObjectKey(known.key));
  const inKnown = known.members.indexOf(place);
  const isFormer = known.aliases.includes(place);
  const sharesAny = members.some((member) => known.members.includes(member));
  if (!sharesAny && own === -1 && !isFormer) return null;
  const last = Number.MAX_SAFE_INTEGER;
  return [isFormer ? 0 : 1, own === -1 ? last : own, inKnown === -1 ? last : inKnown];
}

/**
 * Which known API a found one is that has another key now: of what is gone (`isGone` proves it) the one that has objects in common
 * with it. A Service that a canary's route weighs from now on, or that an ApiDescription gives a name, stays the API that people
 * follow. A name that it had before comes first, then its own object among the other's, in their order.
 */
export function findAdoptions(
  found: readonly DiscoveredApi[],
  known: ReadonlyMap<string, KnownApi>,
  isGone: (key: ObjectKey) => boolean,
): ReadonlyMap<DiscoveredApi, KnownApi> {
  const fresh = found.filter(({ key }) => !known.has(formatObjectKey(key)));
  if (fresh.length === 0) return new Map();
  const present = new Set(found.map(({ key }) => formatObjectKey(key)));
  const orphans = new Map<string, KnownApi[]>();
  for (const [place, own] of known) {
    if (own.isRetired || present.has(place) || !isGone(own.key)) continue;
    for (const member of new Set([place, ...own.members, ...own.aliases]))
      orphans.set(member, [...(orphans.get(member) ?? []), own]);
  }
  if (orphans.size === 0) return new Map();
  const pairs = fresh.flatMap((api): readonly Pair[] => {
    const near = new Set([api.key, ...api.members].flatMap((key) => orphans.get(formatObjectKey(key)) ?? []));
    return [...near].flatMap((own) => {
      const rank = rankOf(api, own);
      return rank === null ? [] : [{ api, known: own, rank }];
    });
  });
  const adoptions = new Map<DiscoveredApi, KnownApi>();
  const taken = new Set<KnownApi>();
  for (const { api, known: own } of pairs.sort((left, right) => compareRanks(left.rank, right.rank))) {
    if (adoptions.has(api) || taken.has(own)) continue;
    adoptions.set(api, own);
    taken.add(own);
  }
  return adoptions;
}
