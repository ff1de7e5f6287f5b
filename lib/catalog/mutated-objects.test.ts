import { describe, expect, it } from "vitest";
import { readScenarios } from "../../test/integration/read-scenarios.ts";
import type { DiscoveredApi } from "../model/index.ts";
import { formatObjectKey } from "../model/index.ts";
import { discover } from "./discover.ts";
import { expectBounded } from "./testdata/bounds.ts";
import { changed, gone, placesOf, seeded, values } from "./testdata/mutate.ts";
import { model, worldOfObjects } from "./testdata/world.ts";
import type { Raw } from "./testdata/world.ts";
import { parseAllDocuments } from "yaml";

const roundsMax = 20;

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
