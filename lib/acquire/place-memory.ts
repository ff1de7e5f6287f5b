import type { AddressGuard } from "../http/index.ts";
import type { AcquisitionRecord, ProbeTarget } from "../model/index.ts";
import { pathOfPlace } from "./ask-addresses.ts";

/** More than any cluster has; beyond it the oldest are forgotten, which costs them a request or two. */
const rememberedMax = 50_000;

/** One process's way out has one memory, and it goes with it; after a restart what is stored of the last question stands in for it. */
const memories = new WeakMap<AddressGuard, Map<string, string | null>>();

/** Where the description of such a revision was found: the path, null where it was at none of its places. */
export type PlaceMemory = { recall(): string | null | undefined; remember(path: string | null): void };

/** What the last question tells of the place; undefined where it tells nothing, or was put under other circumstances. */
function placeOfLast(last: AcquisitionRecord | null, { probeKey, prefixes }: ProbeTarget): string | null | undefined {
  if (last?.probeKey !== probeKey || last.prefixes.join(" ") !== prefixes.join(" ")) return undefined;
  if (last.outcome === "none" || last.origin === "derived") return null;
  if (last.failure === "not-found" || last.failure === "html") return null;
  // Only where something was found once is the place of a failure the one where it was.
  return last.origin === "fetched" && last.place !== null ? (pathOfPlace(last.place) ?? undefined) : undefined;
}

/**
 * Remembers for a revision which of several places had its description, so that the daily question is one request and not a
 * walk over all of them (DESIGN §13).
 */
export function placeMemory(guard: AddressGuard, target: ProbeTarget, last: AcquisitionRecord | null): PlaceMemory {
  const { revision, probeKey, prefixes } = target;
  const memory = memories.get(guard) ?? new Map<string, string | null>();
  memories.set(guard, memory);
  const key = [revision, probeKey, ...prefixes].join(" ");
  return {
    recall: () => (memory.has(key) ? memory.get(key) : placeOfLast(last, target)),
    remember(path) {
      memory.delete(key);
      memory.set(key, path);
      const [oldest] = memory.keys();
      if (memory.size > rememberedMax && oldest !== undefined) memory.delete(oldest);
    },
  };
}
