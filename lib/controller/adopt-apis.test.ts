import { describe, expect, it } from "vitest";
import { formatObjectKey } from "../model/index.ts";
import type { DiscoveredApi, ObjectKey } from "../model/index.ts";
import { findAdoptions } from "./adopt-apis.ts";

const keyOf = (word: string): ObjectKey => {
  const [kind = "", name = ""] = word.split(" ");
  return { cluster: "test", namespace: "team", group: "", kind, name };
};

/** An API as discovery finds it: its own object first, then its members. */
const found = (...words: readonly string[]): DiscoveredApi =>
  ({ key: keyOf(words[0] ?? ""), members: words.map(keyOf) }) as unknown as DiscoveredApi;

const known = (
  rows: Readonly<Record<string, { readonly members?: string[]; readonly aliases?: string[]; readonly gone?: boolean }>>,
) =>
  new Map(
    Object.entries(rows).map(([word, { members = [word], aliases = [], gone = false }]) => [
      formatObjectKey(keyOf(word)),
      {
        id: word,
        key: keyOf(word),
        observedDigest: "",
        isRetired: gone,
        members: members.map((own) => formatObjectKey(keyOf(own))),
        aliases: aliases.map((own) => formatObjectKey(keyOf(own))),
      },
    ]),
  );

function adopted(apis: readonly DiscoveredApi[], rows: Parameters<typeof known>[0], isGone = true) {
  return Object.fromEntries(
    [...findAdoptions(apis, known(rows), () => isGone)].map(([api, own]) => [
      `${api.key.kind} ${api.key.name}`,
      own.id,
    ]),
  );
}

describe("what a found API is already known as", () => {
  it.each([
    [
      "a Service that a route weighs from now on",
      [found("HTTPRoute r", "Service a", "Service b")],
      { "Service a": {} },
      { "HTTPRoute r": "Service a" },
    ],
    [
      "the first of two Services that were APIs of their own",
      [found("HTTPRoute r", "Service a", "Service b")],
      { "Service b": {}, "Service a": {} },
      { "HTTPRoute r": "Service a" },
    ],
    [
      "the one that had the name before, when the route goes",
      [found("Service b"), found("Service a")],
      { "HTTPRoute r": { members: ["HTTPRoute r", "Service a", "Service b"], aliases: ["Service a"] } },
      { "Service a": "HTTPRoute r" },
    ],
    [
      "the first of its Services where no name is remembered",
      [found("Service b"), found("Service a")],
      { "HTTPRoute r": { members: ["HTTPRoute r", "Service a", "Service b"] } },
      { "Service a": "HTTPRoute r" },
    ],
    ["nothing, where it shares no object with what is gone", [found("Service c")], { "Service a": {} }, {}],
    [
      "nothing, where the other one is still there",
      [found("HTTPRoute r", "Service a"), found("Service a")],
      { "Service a": {} },
      {},
    ],
    [
      "nothing, where the other one was retired long ago",
      [found("HTTPRoute r", "Service a")],
      { "Service a": { gone: true } },
      {},
    ],
    [
      "nothing, where its own name is known",
      [found("HTTPRoute r", "Service a")],
      { "Service a": {}, "HTTPRoute r": { gone: true } },
      {},
    ],
  ])("is %s", (_, apis, rows, expected) => {
    expect(adopted(apis, rows)).toEqual(expected);
  });

  it("is nothing as long as nobody knows that the other one is gone", () => {
    expect(adopted([found("HTTPRoute r", "Service a")], { "Service a": {} }, false)).toEqual({});
  });
});
