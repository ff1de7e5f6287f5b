import { describe, expect, it } from "vitest";
import { readScenarios } from "../../test/integration/read-scenarios.ts";
import type { DiscoveredApi } from "../model/index.ts";
import { formatObjectKey } from "../model/index.ts";
import { discover } from "./discover.ts";
import { expectBounded } from "./testdata/bounds.ts";
import { model, worldOfObjects } from "./testdata/world.ts";
import type { Raw } from "./testdata/world.ts";
import { parseAllDocuments } from "yaml";

const roundsMax = 20;

/** Numbers from 0 to 1 that are the same on every run (mulberry32). */
function seeded(seed: number): () => number {
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
function placesOf(value: unknown, at: Place = []): readonly Place[] {
  if (!isBranch(value)) return [];
  const keys: readonly (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys
    .filter((key) => at.length > 0 || !["apiVersion", "kind", "metadata"].includes(String(key)))
    .flatMap((key) => [[...at, key], ...placesOf(childOf(value, key), [...at, key])]);
}

const gone = Symbol("gone");

/** A copy with another value, or none, at a place. */
function changed(value: unknown, [key, ...rest]: Place, to: unknown): unknown {
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
const values: readonly unknown[] = [
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

/** Objects of these kinds count wherever others name them, and the API that follows does not name them in turn. */
const named = new Set(["Experiment", "Gateway", "KongClusterPlugin", "KongPlugin", "Middleware", "TraefikService"]);
/** Services that carry what comes from outside to others. */
const fronts = new Set(["istio-ingress", "traefik"]);

function nameOf({ metadata }: Raw): string {
  return String(metadata["name"]);
}

/** True where the object may have a part in the API: either names the other. */
function mayBeOf(api: DiscoveredApi, object: Raw, text: string): boolean {
  return (
    named.has(object.kind) ||
    fronts.has(nameOf(object)) ||
    JSON.stringify(api).includes(nameOf(object)) ||
    api.members.some(({ name }) => text.includes(name)) ||
    api.revisions.some(({ name }) => text.includes(name))
  );
}

const bystander = parseAllDocuments(model("bystander", { namespace: "elsewhere" })).map(
  (document) => document.toJS() as Raw | null,
);
const elsewhere = bystander.filter((raw) => raw !== null);

describe.each(readScenarios().map(({ name, objects }) => [name, objects] as const))(
  "whatever an object of %s is changed to",
  (scenario, found) => {
    const objects = [...found.map((own) => own as unknown as Raw), ...elsewhere];
    const before = new Map(discover(worldOfObjects(objects)).apis.map((api) => [formatObjectKey(api.key), api]));
    const random = seeded([...scenario].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7));
    const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)];

    const changes = Array.from({ length: roundsMax }, () => {
      const object = pick(objects.slice(0, -elsewhere.length));
      const place = object === undefined ? undefined : pick(placesOf(object));
      if (object === undefined || place === undefined) return [];
      const value = pick(values);
      const to = value === gone ? "gone" : JSON.stringify(value).slice(0, 60);
      return [[`${object.kind} ${nameOf(object)}: ${place.join(".")} is ${to}`, object, place, value] as const];
    }).flat();

    it.each(changes)("discovery ends, and what has no part in it stays the same: %s", (_, object, place, value) => {
      const mutated = changed(object, place, value) as Raw;
      const world = worldOfObjects(objects.map((own) => (own === object ? mutated : own)));
      const after = discover(world);
      expectBounded(after, world);
      const text = JSON.stringify([object, mutated]);
      const kept = [...before.values()].filter((api) => !mayBeOf(api, object, text));
      const now = new Map(after.apis.map((api) => [formatObjectKey(api.key), api]));
      expect(kept.map(({ key }) => now.get(formatObjectKey(key)))).toEqual(kept);
    });
  },
);
