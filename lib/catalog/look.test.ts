import { describe, expect, it } from "vitest";
import { beginLook, nothingRecalled } from "./look.ts";
import type { Look, Recollection } from "./look.ts";
import { indexByLabels } from "./select-by-labels.ts";
import type { Observed } from "../sources/index.ts";

const target = {};

function observed(name: string, labels: Readonly<Record<string, string>> = {}): Observed {
  const none = { uid: name, createdAt: "", annotations: {}, owners: [] };
  return { group: "", kind: "Pod", namespace: "team", name, labels, ...none };
}

type World = {
  readonly confirming: boolean;
  readonly byName: ReadonlyMap<string, Observed>;
  readonly byLabel: ReturnType<typeof indexByLabels<Observed>>;
  readonly all: readonly Observed[];
};

function worldOf(all: readonly Observed[], confirming = true): World {
  return {
    confirming,
    all,
    byName: new Map(all.map((one) => [one.name, one])),
    byLabel: indexByLabels(all, ({ labels }) => labels),
  };
}

type Read = (world: World) => unknown;

/** Whether what was made by reading one world is made again in the other. */
function isMadeAgain(
  before: World,
  after: World,
  read: Read,
  inputs: readonly (readonly unknown[])[] = [[], []],
): boolean {
  let count = 0;
  const look = (world: World, of: Recollection, own: readonly unknown[]): Recollection => {
    const now = beginLook(of);
    const seen = now.watch("world", world);
    now.recall("thing", target, own, () => {
      count += 1;
      return read(seen);
    });
    return now.end();
  };
  look(after, look(before, nothingRecalled, inputs[0] ?? []), inputs[1] ?? []);
  return count === 2;
}

const [a, b, other] = [observed("a", { app: "x" }), observed("b", { app: "y" }), observed("a", { app: "z" })];
const [ab, ba, changed, more] = [worldOf([a, b]), worldOf([a, b]), worldOf([other, b]), worldOf([a, b, observed("c")])];

describe("what was made from reading a world", () => {
  it.each<[string, boolean, World, Read]>([
    ["a name that is the same", false, ba, ({ byName }) => byName.get("a")],
    ["a name that is another object now", true, changed, ({ byName }) => byName.get("a")],
    ["a name beside the one that changed", false, changed, ({ byName }) => byName.get("b")],
    ["that a name is not there", true, more, ({ byName }) => byName.has("c")],
    ["what a selector picks", false, more, ({ byLabel }) => byLabel.select("team", { app: "x" })],
    ["what a selector picks no more", true, changed, ({ byLabel }) => byLabel.select("team", { app: "x" })],
    ["all of a list that is the same", false, ba, ({ all }) => all.length],
    ["all of a list that has one more", true, more, ({ all }) => all.length],
    ["all of a map, by its values", true, more, ({ byName }) => [...byName.values()]],
    ["all of a map, by its size", true, more, ({ byName }) => byName.size],
    ["all of a map that is the same", false, ba, ({ byName }) => [...byName]],
    ["nothing", false, changed, () => 1],
    ["nothing, where a word on everything is another one", true, worldOf([a, b], false), () => 1],
  ])("%s: made again is %s", (_, expected, after, read) => {
    expect(isMadeAgain(ab, after, read)).toBe(expected);
  });

  it("is made again from other inputs, and not from the same", () => {
    const read: Read = () => 1;
    expect(isMadeAgain(ab, ab, read, [[a], [a]])).toBe(false);
    expect(isMadeAgain(ab, ab, read, [[a], [b]])).toBe(true);
    expect(isMadeAgain(ab, ab, read, [[a], [a, b]])).toBe(true);
  });

  it("is forgotten where a look does not ask for it", () => {
    const make = (look: Look): unknown => look.recall("thing", target, [], () => ({}));
    const first = beginLook(nothingRecalled);
    const made = make(first);
    const second = beginLook(first.end());
    expect(make(second)).toBe(made);
    const third = beginLook(second.end());
    expect(make(beginLook(third.end()))).not.toBe(made);
  });

  it("reads nothing that is made meanwhile, which would hide what that read", () => {
    const look = beginLook(nothingRecalled);
    const nested = (): unknown => look.recall("inner", target, [], () => 1);
    expect(() => look.recall("outer", target, [], nested)).toThrow('"inner" is recalled while something else is made.');
    expect(nested()).toBe(1);
  });
});
