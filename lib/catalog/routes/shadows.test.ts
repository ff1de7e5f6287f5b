import { describe, expect, it } from "vitest";
import type { PathMapping } from "../../model/index.ts";
import type { HttpRouteObservation } from "../../sources/index.ts";
import type { FoundEndpoint } from "../assemble-api.ts";
import type { Exposure } from "./exposure.ts";
import { withShadows } from "./shadows.ts";

type Shape = {
  readonly match?: PathMapping["match"];
  readonly path?: string;
  readonly backendPath?: string;
  readonly methods?: readonly string[];
  readonly header?: string;
  readonly host?: string;
  readonly address?: string;
  /** The Service behind it; null where nothing is. */
  readonly to?: string | null;
  readonly kind?: string;
  readonly created?: string;
  readonly problem?: string;
  /** The place of the rule in its route. */
  readonly rule?: number;
};

/** What a route of this name exposes: one match that leads to a Service, of its own name where nothing else is said. */
function exposed(name: string, shape: Shape = {}): Exposure {
  const { match = "prefix", path = "/", host = "http://models.test", to = name, kind = "HTTPRoute" } = shape;
  const route: HttpRouteObservation = {
    group: "gateway.networking.k8s.io",
    kind,
    namespace: "team",
    name,
    uid: name,
    createdAt: shape.created ?? "2026-01-01T00:00:00Z",
    labels: {},
    annotations: {},
    owners: [],
    protocol: "http",
    parents: [],
    hostnames: [],
    rules: [],
    statuses: [],
  };
  const headers = shape.header === undefined ? [] : [{ name: shape.header, value: "1" }];
  const endpoint: FoundEndpoint = {
    url: `${host}${path === "/" ? "" : path}`,
    reach: "public",
    paths: [
      {
        match,
        publicPath: path,
        backendPath: shape.backendPath ?? path,
        methods: shape.methods ?? null,
        headers,
        except: [],
      },
    ],
    requiredHeaders: headers,
    address: { scheme: "http", host: shape.address ?? "10.9.9.9", port: 80, hostHeader: "models.test" },
    via: { cluster: "test", namespace: "team", group: route.group, kind, name },
    isPattern: false,
    problem: shape.problem ?? null,
  };
  const backend = { port: 80, sharePercent: 100, weight: 1, subset: null, isOutside: false, isRefused: false };
  return {
    route,
    rule: shape.rule ?? 0,
    backends: to === null ? [] : [{ ...backend, service: `team/${to}`, problem: null }],
    endpoints: [endpoint],
    problem: null,
    mirrors: [],
    isInternal: false,
    isGrpc: false,
    facts: [],
    beside: [],
  };
}

/** What is taken away from the exposure of a route, as "match:path METHODS". */
function takenFrom(name: string, exposures: readonly Exposure[]): readonly string[] {
  const own = withShadows(exposures).filter(({ route }) => route.name === name);
  return own.flatMap(({ endpoints }) =>
    endpoints.flatMap(({ paths }) =>
      paths.flatMap(({ except }) =>
        except.map(({ match, path, methods }) => `${match}:${path}${methods === null ? "" : ` ${methods.join("/")}`}`),
      ),
    ),
  );
}

function problemOf(name: string, exposures: readonly Exposure[]): string | null {
  return withShadows(exposures).find(({ route }) => route.name === name)?.endpoints[0]?.problem ?? null;
}

describe("a narrower match takes away from a wider one", () => {
  it.each([
    ["a prefix below it", { path: "/churn" }, { path: "/churn/admin" }, ["prefix:/churn/admin"]],
    ["an exact path below it", { path: "/churn" }, { match: "exact", path: "/churn/x" }, ["exact:/churn/x"]],
    ["the exact path of the very same", { path: "/churn" }, { match: "exact", path: "/churn" }, ["exact:/churn"]],
    ["a method of the very same", { path: "/churn" }, { path: "/churn", methods: ["GET"] }, ["prefix:/churn GET"]],
    [
      "a method of the very same exact path",
      { match: "exact", path: "/churn" },
      { match: "exact", path: "/churn", methods: ["GET"] },
      ["exact:/churn GET"],
    ],
    [
      "an exact path of a prefix with methods",
      { path: "/churn", methods: ["GET"] },
      { match: "exact", path: "/churn" },
      ["exact:/churn"],
    ],
    ["anything of everything", {}, { path: "/admin", methods: ["GET", "PUT"] }, ["prefix:/admin GET/PUT"]],
    ["a text that begins like it", { match: "text-prefix", path: "/rank" }, { path: "/rank:x" }, ["prefix:/rank:x"]],
    ["the same Service by another path of it", {}, { path: "/a", backendPath: "/b", to: "wide" }, ["prefix:/a"]],
    ["what leads nowhere", {}, { path: "/old", to: null }, ["prefix:/old"]],
    ["a route of another kind", {}, { path: "/a", kind: "IngressRoute" }, ["prefix:/a"]],
  ] satisfies readonly (readonly [string, Shape, Shape, readonly string[]])[])("%s", (_, wide, narrow, expected) => {
    expect(takenFrom("wide", [exposed("wide", wide), exposed("narrow", narrow)])).toEqual(expected);
    expect(takenFrom("wide", [exposed("narrow", narrow), exposed("wide", wide)])).toEqual(expected);
    expect(takenFrom("narrow", [exposed("wide", wide), exposed("narrow", narrow)])).toEqual([]);
  });

  it.each([
    ["one beside it", { path: "/churn" }, { path: "/fraud" }],
    ["one that only begins with the same text", { path: "/churn" }, { path: "/churn-2" }],
    ["one of another host", {}, { path: "/admin", host: "http://other.test" }],
    ["one of another scheme", {}, { path: "/admin", host: "https://models.test" }],
    ["one behind another address", {}, { path: "/admin", address: "10.8.8.8" }],
    ["one that asks for a header", {}, { path: "/admin", header: "x-canary" }],
    ["one that does not work", {}, { path: "/admin", problem: "It is for callers from 10.0.0.0/8." }],
    ["one that leads to the same place", {}, { path: "/admin", to: "wide" }],
    [
      "one that the rewrite brings to the same place",
      { backendPath: "/v1" },
      { path: "/a", backendPath: "/v1/a", to: "wide" },
    ],
    ["one below an exact path", { match: "exact", path: "/churn" }, { path: "/churn/admin" }],
    ["a wider one", { path: "/churn/admin" }, { path: "/churn" }],
    ["a method of a prefix from an exact path", { match: "exact", path: "/a" }, { path: "/a", methods: ["GET"] }],
    ["the same method", { path: "/a", methods: ["GET"] }, { path: "/a", methods: ["GET"], to: "wide" }],
    ["an exact path with a slash more", { match: "exact", path: "/a" }, { match: "exact", path: "/a/b" }],
  ] satisfies readonly (readonly [string, Shape, Shape])[])("but not %s", (_, wide, narrow) => {
    expect(takenFrom("wide", [exposed("wide", wide), exposed("narrow", narrow)])).toEqual([]);
  });

  it("each once, sorted by path, also where many say it", () => {
    const narrow = ["/b", "/a", "/b/c"].map((path) => exposed(`to${path}`, { path, to: "other" }));
    expect(takenFrom("wide", [exposed("wide"), ...narrow, ...narrow])).toEqual([
      "prefix:/a",
      "prefix:/b",
      "prefix:/b/c",
    ]);
  });

  it("from each match of one address on its own", () => {
    const wide = exposed("wide");
    const [endpoint] = wide.endpoints;
    const [mapping] = endpoint?.paths ?? [];
    if (endpoint === undefined || mapping === undefined) throw new Error("Nothing is exposed.");
    const paths = ["/a", "/b", "/c"].map((path) => ({ ...mapping, publicPath: path, backendPath: path }));
    const both = { ...wide, endpoints: [{ ...endpoint, paths }] };
    const narrow = ["/a/x", "/b/y"].map((path) => exposed(path, { path }));
    const [found] = withShadows([both, ...narrow]);
    expect(found?.endpoints[0]?.paths.map(({ except }) => except.map(({ path }) => path))).toEqual([
      ["/a/x"],
      ["/b/y"],
      [],
    ]);
  });

  it("of thousands two hundred and fifty-six are said", () => {
    const narrow = Array.from({ length: 3_000 }, (_, index) =>
      exposed(`n${String(index)}`, { path: `/p${String(index)}` }),
    );
    expect(takenFrom("wide", [exposed("wide"), ...narrow])).toHaveLength(256);
  });
});

describe("of two routes that ask for the same", () => {
  const late = { created: "2026-02-01T00:00:00Z" };
  const goesTo = (kind: string): string => `Calls there go to ${kind} team/early, which matches the same and is older.`;

  it.each([
    ["HTTPRoute", { path: "/churn" }],
    ["Ingress", { path: "/churn" }],
    ["GRPCRoute", { path: "/churn.Model/Predict" }],
    ["HTTPRoute", { match: "exact", path: "/churn" }],
    ["HTTPRoute", { path: "/churn", methods: ["GET"] }],
  ] satisfies readonly (readonly [string, Shape])[])("the older %s has it, by %j", (kind, shape) => {
    const exposures = [exposed("late", { ...shape, ...late, kind }), exposed("early", { ...shape, kind })];
    expect(problemOf("late", exposures)).toBe(goesTo(kind));
    expect(problemOf("early", exposures)).toBeNull();
  });

  it("of two rules of one route the earlier has it, whatever order they come in", () => {
    const first = exposed("late", { path: "/a", to: "first" });
    const second = { ...exposed("late", { path: "/a", to: "second", rule: 1 }), route: first.route };
    for (const exposures of [
      [first, second],
      [second, first],
    ]) {
      const found = withShadows(exposures).map(({ rule, endpoints }) => [rule, endpoints[0]?.problem]);
      expect(Object.fromEntries(found)).toEqual({
        0: null,
        1: "Calls there go to an earlier rule of the same route, which matches the same.",
      });
    }
  });

  it("of a rule's own matches none takes another's", () => {
    const first = exposed("late", { path: "/a" });
    const both = { ...first, endpoints: [...first.endpoints, ...first.endpoints.map((own) => ({ ...own }))] };
    expect(withShadows([both])[0]?.endpoints.map(({ problem }) => problem)).toEqual([null, null]);
  });

  it("what narrower matches take stays beside it", () => {
    const exposures = [
      exposed("early", { path: "/a" }),
      exposed("late", { ...late, path: "/a" }),
      exposed("narrow", { path: "/a/b" }),
    ];
    expect(problemOf("late", exposures)).toBe(goesTo("HTTPRoute"));
    expect(takenFrom("late", exposures)).toEqual(["prefix:/a/b"]);
  });

  it("a slash at the end makes no difference", () => {
    expect(problemOf("late", [exposed("early", { path: "/a/" }), exposed("late", { ...late, path: "/a" })])).toBe(
      goesTo("HTTPRoute"),
    );
  });

  it("of the same age the one whose name comes first has it", () => {
    expect(problemOf("late", [exposed("late"), exposed("early")])).toBe(goesTo("HTTPRoute"));
  });

  it.each([
    ["both lead to the same Service", { to: "early" }, {}],
    ["the younger asks for a method", { methods: ["GET"] }, {}],
    ["the younger asks for a header", { header: "x-canary" }, {}],
    ["the older does not work", {}, { problem: "Nobody answers." }],
    ["the older has another host", {}, { host: "http://other.test" }],
    ["their kind does not go by age", { kind: "IngressRoute" }, { kind: "IngressRoute" }],
  ] satisfies readonly (readonly [string, Shape, Shape])[])("both have it where %s", (_, younger, older) => {
    expect(problemOf("late", [exposed("early", older), exposed("late", { ...late, ...younger })])).toBeNull();
  });
});

it("what leads nowhere ends here, and what nobody shadows stays the very same", () => {
  const [wide, other] = [exposed("wide", { path: "/a" }), exposed("other", { path: "/b" })];
  const kept = withShadows([wide, exposed("nowhere", { path: "/c", to: null }), other]);
  expect(kept).toHaveLength(2);
  expect(kept[0]).toBe(wide);
  expect(kept[1]).toBe(other);
  expect(withShadows([])).toEqual([]);
});
