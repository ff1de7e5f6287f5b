import type { AddressGuard } from "../http/index.ts";
import type { ProbeTarget } from "../model/index.ts";

/** More than any cluster has; beyond it the oldest are forgotten, which costs them a request or two. */
const rememberedMax = 50_000;

/** One process's way out has one memory; it goes with it, and after a restart each place is looked for once more. */
const memories = new WeakMap<AddressGuard, Map<string, string | null>>();

/** Where the description of such a revision was found: the path, null where it was at none of its places. */
export type PlaceMemory = { recall(): string | null | undefined; remember(path: string | null): void };

/**
 * Remembers for a revision which of several places had its description, so that the daily question is one request and not a
 * walk over all of them (DESIGN §13).
 */
export function placeMemory(guard: AddressGuard, { revision, probeKey, prefixes }: ProbeTarget): PlaceMemory {
  const memory = memories.get(guard) ?? new Map<string, string | null>();
  memories.set(guard, memory);
  const key = [revision, probeKey, ...prefixes].join(" ");
  return {
    recall: () => memory.get(key),
    remember(path) {
      memory.delete(key);
      memory.set(key, path);
      const [oldest] = memory.keys();
      if (memory.size > rememberedMax && oldest !== undefined) memory.delete(oldest);
    },
  };
}
