import { describe, expect, it } from "vitest";
import { readScenarios } from "../../test/integration/read-scenarios.ts";
import { discover } from "./discover.ts";
import { changed, placesOf, seeded, values } from "./testdata/mutate.ts";
import { livingWorld, worldOfObjects } from "./testdata/world.ts";
import type { Raw } from "./testdata/world.ts";

const stepsMax = 60;

/** What owners say of their objects, and what they take back. */
const words: readonly (readonly [string, string | null])[] = [
  ["gatebook.dev/api", "one"],
  ["gatebook.dev/title", "Another title"],
  ["gatebook.dev/ignore", "true"],
  ["gatebook.dev/ignore", null],
  ["gatebook.dev/visibility", "members"],
  ["gatebook.dev/public-url", "https://models.example.com/other"],
  ["gatebook.dev/server", "mlserver"],
  ["nginx.ingress.kubernetes.io/canary", "true"],
  ["konghq.com/plugins", "key-auth"],
];

type Texts = Readonly<Record<string, unknown>>;

function textsOf({ metadata }: Raw, field: string): Texts {
  return (metadata[field] ?? {}) as Texts;
}

function withMetadata(raw: Raw, field: string, value: unknown): Raw {
  return { ...raw, metadata: { ...raw.metadata, [field]: value } };
}

/** One change of an object as clusters see them; null where it goes. */
function changeOf(raw: Raw, others: readonly Raw[], random: () => number): Raw | null {
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)];
  const alike = others.filter(({ kind }) => kind === raw.kind);
  switch (Math.floor(random() * 7)) {
    case 0:
      return null;
    case 1: {
      const [name, value] = pick(words) ?? ["", null];
      const { [name]: _, ...rest } = textsOf(raw, "annotations");
      return withMetadata(raw, "annotations", value === null ? rest : { ...rest, [name]: value });
    }
    case 2: {
      const other = pick(alike);
      return other === undefined ? raw : withMetadata(raw, "labels", textsOf(other, "labels"));
    }
    case 3:
      return withMetadata(raw, "creationTimestamp", `2026-01-0${String(1 + Math.floor(random() * 9))}T00:00:00Z`);
    case 4: {
      // What another one of its kind says: two of them for one thing, or one more way to it.
      const other = pick(alike);
      return other === undefined ? raw : { ...other, metadata: raw.metadata };
    }
    case 5: {
      const other = pick(others);
      return withMetadata(
        raw,
        "ownerReferences",
        other === undefined
          ? []
          : [{ apiVersion: other.apiVersion, kind: other.kind, name: String(other.metadata["name"]), uid: "" }],
      );
    }
    default: {
      const place = pick(placesOf(raw));
      return place === undefined ? raw : (changed(raw, place, pick(values)) as Raw);
    }
  }
}

describe.each(readScenarios().map(({ name, objects }) => [name, objects] as const))(
  "as objects of %s come, change and go",
  (scenario, found) => {
    const objects = found.map((own) => own as unknown as Raw);

    it("what is found is what somebody would find who looks for the first time", () => {
      const random = seeded([...scenario].reduce((sum, letter) => (sum * 33 + letter.charCodeAt(0)) | 0, 11));
      const { world, hold } = livingWorld();
      const present = new Map(objects.map((raw, at) => [at, raw]));
      for (let step = 0; step < stepsMax; step += 1) {
        const at = Math.floor(random() * objects.length);
        const before = present.get(at);
        const after = before === undefined ? objects[at] : changeOf(before, [...present.values()], random);
        if (after === null || after === undefined) present.delete(at);
        else present.set(at, after);
        const now = [...present.values()];
        hold(now);
        expect(discover(world)).toEqual(discover(worldOfObjects(now)));
      }
    });
  },
);
