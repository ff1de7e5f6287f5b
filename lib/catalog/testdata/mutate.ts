/** Numbers from 0 to 1 that are the same on every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Place = readonly (string | number)[];

function isBranch(value: unknown): value is Readonly<Record<string, unknown>> | readonly unknown[] {
  return typeof value === "object" && value !== null;
}

function childOf(value: unknown, key: string | number): unknown {
  return isBranch(value) ? Object.entries(value).find(([name]) => name === String(key))?.[1] : undefined;
}

/** Every place of an object but its metadata, which is checked before any source sees it. */
export function placesOf(value: unknown, at: Place = []): readonly Place[] {
  if (!isBranch(value)) return [];
  const keys: readonly (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys
    .filter((key) => at.length > 0 || !["apiVersion", "kind", "metadata"].includes(String(key)))
    .flatMap((key) => [[...at, key], ...placesOf(childOf(value, key), [...at, key])]);
}

export const gone = Symbol("gone");

/** A copy with another value, or none, at a place. */
export function changed(value: unknown, [key, ...rest]: Place, to: unknown): unknown {
  if (key === undefined) return to;
  const next = changed(childOf(value, key), rest, to);
  if (Array.isArray(value)) {
    const items = value as readonly unknown[];
    return next === gone ? items.filter((_, index) => index !== key) : items.with(Number(key), next);
  }
  const others = Object.entries(value ?? {}).filter(([name]) => name !== key);
  return Object.fromEntries(next === gone ? others : [...others, [key, next]]);
}

/** What stands where something else is meant. */
export const values: readonly unknown[] = [
  gone,
  gone,
  gone,
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  "",
  "x",
  "*",
  "/",
  "\u0000",
  "\ud83d",
  "constructor",
  "__proto__",
  "http://169.254.169.254/latest",
  "x".repeat(3_000),
  [],
  [null],
  [[["x"]], 7, "x"],
  {},
  { constructor: "x", toString: { valueOf: 7 } },
  { name: { name: {} }, value: [], type: 7 },
];
