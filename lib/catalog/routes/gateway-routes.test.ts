import { describe, expect, it } from "vitest";
import { found, leftOutOf, object } from "../testdata/objects.ts";
import { at, expectApis, gateway, model, route } from "../testdata/world.ts";
import type { ExpectedApi } from "../testdata/world.ts";

const site = "http://m.corp.test";
const to = (name: string, more = ""): string => `backendRefs: [{ name: ${name}, port: 80${more} }]`;
const ruleOf = (matches: string, backends = to("churn"), filters = ""): string =>
  `{ matches: [${matches}], ${filters === "" ? "" : `filters: [${filters}], `}${backends} }`;
const prefix = (path: string, more = ""): string => `{ path: { value: ${path} }${more} }`;
const exact = (path: string): string => `{ path: { type: Exact, value: ${path} } }`;
const pattern = (path: string): string => `{ path: { type: RegularExpression, value: "${path}" } }`;
const header = (name: string, value: string, more = ""): string => `{ name: ${name}, value: "${value}"${more} }`;
const rewrite = (path: string): string => `{ type: URLRewrite, urlRewrite: { ${path} } }`;
const toPrefix = (path: string): string => rewrite(`path: { type: ReplacePrefixMatch, replacePrefixMatch: "${path}" }`);
const redirect = "{ type: RequestRedirect, requestRedirect: { statusCode: 301 } }";

type Options = Parameters<typeof route>[2];
const routed = (rules: string, options: Options = {}): string =>
  model("churn") + model("other") + gateway() + route("r", rules, { hosts: "[m.corp.test]", ...options });

/** The route `r` is what weighs; else `churn` is looked at, and `other` where it is said. */
function expectRouted(rules: string, churn: ExpectedApi, other: ExpectedApi = {}): void {
  expectApis(routed(rules), { churn, other });
}

describe("a match of an HTTPRoute", () => {
  it.each<[string, string, ExpectedApi]>([
    ["by prefix goes by segments", prefix("/churn"), { ways: [`${site}/churn prefix:/churn->/churn`] }],
    ["by prefix has no slash at its end", prefix("/churn/"), { ways: [`${site}/churn prefix:/churn->/churn`] }],
    ["by an exact path is that path alone", exact("/predict"), { ways: [`${site}/predict exact:/predict->/predict`] }],
    ["without a path is for everything", "{}", at(site)],
    ["by a pattern for everything is for everything", pattern("^/.*$"), at(site)],
    [
      "by a pattern with an open end goes by the text",
      pattern("/v1/.*"),
      { ways: [`${site}/v1 text-prefix:/v1/->/v1/`] },
    ],
    ["by a pattern with an open group is one", pattern("/v1(/.*)?"), { ways: [`${site}/v1 prefix:/v1->/v1`] }],
    ["by a pattern that is a text is exact", pattern("^/b$"), { ways: [`${site}/b exact:/b->/b`] }],
    [
      "by another pattern is no URL",
      pattern("/models/[^/]+"),
      { reason: "The path /models/[^/]+ is a pattern, which is no URL." },
    ],
    ["with dot segments is no URL", prefix("/a/../b"), { reason: /^The path "\/a\/\.\.\/b" cannot stand in a URL\.$/ }],
    [
      "is one of several",
      `${prefix("/a")}, ${exact("/b")}`,
      { ways: [`${site}/a prefix:/a->/a`, `${site}/b exact:/b->/b`] },
    ],
    [
      "by method is narrowed to it",
      `${prefix("/a", ", method: GET")}, ${prefix("/a", ", method: POST")}`,
      { ways: [`${site}/a prefix:/a->/a GET | prefix:/a->/a POST`] },
    ],
    [
      "by a query parameter has a problem",
      "{ queryParams: [{ name: v, value: '1' }] }",
      { ...at(site), problems: ["It is for calls with the query parameter v."] },
    ],
    ["by a query parameter has none beside an open one", "{ queryParams: [{ name: v, value: '1' }] }, {}", at(site)],
  ])("%s", (_, matches, expected) => {
    expectRouted(ruleOf(matches), expected);
  });

  const one = header("x-model", "churn");
  it.each<[string, string, ExpectedApi]>([
    [
      "is said",
      `{ headers: [${one}] }`,
      { ways: [`${site} prefix:/->/ {x-model: churn}`], headers: ["x-model: churn"] },
    ],
    [
      "that is a pattern is said without a value",
      `{ headers: [${header("x-model", "churn.*", ", type: RegularExpression")}] }`,
      { ways: [`${site} prefix:/->/ {x-model}`], headers: ["x-model"] },
    ],
    [
      "that is a secret is said without it, one that every call has is not said",
      `{ headers: [${header("Authorization", "Bearer s3cret")}, ${header("X-Api-Key", "s3cret")}, ${header("Host", "m")}] }`,
      { ways: [`${site} prefix:/->/ {Authorization, X-Api-Key}`], headers: ["Authorization", "X-Api-Key"] },
    ],
    [
      "is asked of every call where all matches have it, however it is written",
      `{ headers: [${one}, ${header("x-v", "1")}] }, { headers: [${header("X-Model", "churn")}] }`,
      {
        ways: [`${site} prefix:/->/ {x-model: churn, x-v: 1} | prefix:/->/ {X-Model: churn}`],
        headers: ["x-model: churn"],
      },
    ],
    [
      "is asked of no call where matches have different ones",
      `{ headers: [${one}] }, { headers: [${header("x-tenant", "a")}] }`,
      { ways: [`${site} prefix:/->/ {x-model: churn} | prefix:/->/ {x-tenant: a}`] },
    ],
    [
      "is asked of no call where a match has none",
      `{ headers: [${one}] }, {}`,
      { ways: [`${site} prefix:/->/ {x-model: churn} | prefix:/->/`] },
    ],
  ])("a header %s", (_, matches, expected) => {
    expectRouted(ruleOf(matches), expected);
  });
});

describe("a rewrite", () => {
  it.each<[string, string, string, readonly string[]]>([
    ["of a prefix", prefix("/churn"), toPrefix("/v2"), [`${site}/churn prefix:/churn->/v2`]],
    ["of a prefix to nothing is to the root", prefix("/churn"), toPrefix(""), [`${site}/churn prefix:/churn->/`]],
    [
      "of several prefixes",
      `${prefix("/a")}, ${prefix("/b")}`,
      toPrefix("/"),
      [`${site}/a prefix:/a->/`, `${site}/b prefix:/b->/`],
    ],
    [
      "of the whole path makes one path of all",
      prefix("/churn"),
      rewrite("path: { type: ReplaceFullPath, replaceFullPath: /predict }"),
      [`${site}/churn exact:/churn->/predict`],
    ],
    [
      "of the host leaves paths alone",
      prefix("/churn"),
      rewrite("hostname: in.corp.test"),
      [`${site}/churn prefix:/churn->/churn`],
    ],
  ])("%s", (_, matches, filter, ways) => {
    expectRouted(ruleOf(matches, to("churn"), filter), { ways });
  });

  it("may stand on the backend; different ones have no URL", () => {
    const stripped = `, filters: [${toPrefix("/")}]`;
    expectRouted(ruleOf(prefix("/churn"), to("churn", stripped)), { ways: [`${site}/churn prefix:/churn->/`] });
    const both = `backendRefs: [{ name: churn, port: 80${stripped} }, { name: other, port: 80 }]`;
    const revisions = ["churn 50", "other 50"];
    const reason = "Its backends are given different paths.";
    expectApis(routed(ruleOf(prefix("/churn"), both)), { r: { reason, revisions } });
  });
});

describe("rules beside one another", () => {
  const below = (to: string): string => `${site}/a prefix:/a->/a except ${to}`;
  it.each<[string, string, ExpectedApi, ExpectedApi]>([
    [
      "to one Service are addresses of it",
      `${ruleOf(prefix("/a"))}, ${ruleOf(prefix("/b"))}`,
      { ways: [`${site}/a prefix:/a->/a`, `${site}/b prefix:/b->/b`] },
      {},
    ],
    [
      "take from one another what is narrower",
      `${ruleOf(prefix("/a"))}, ${ruleOf(prefix("/a/b"), to("other"))}`,
      { ways: [below("prefix:/a/b")] },
      { ways: [`${site}/a/b prefix:/a/b->/a/b`] },
    ],
    [
      "take from one another what is exact",
      `${ruleOf(prefix("/a"))}, ${ruleOf(exact("/a"), to("other"))}`,
      { ways: [below("exact:/a")] },
      { ways: [`${site}/a exact:/a->/a`] },
    ],
    [
      "take from one another a method",
      `${ruleOf(prefix("/a"))}, ${ruleOf(prefix("/a", ", method: POST"), to("other"))}`,
      { ways: [below("prefix:/a POST")] },
      { ways: [`${site}/a prefix:/a->/a POST`] },
    ],
    [
      "take nothing that only begins with the same text",
      `${ruleOf(prefix("/a"))}, ${ruleOf(prefix("/ab"), to("other"))}`,
      { ways: [`${site}/a prefix:/a->/a`] },
      { ways: [`${site}/ab prefix:/ab->/ab`] },
    ],
    [
      "take paths away by redirects",
      `${ruleOf("{}")}, ${ruleOf(exact("/"), to("other"), redirect)}`,
      { ways: [`${site} prefix:/->/ except exact:/`] },
      {},
    ],
    [
      "take paths away where they lead nowhere, as they are answered with an error",
      `${ruleOf("{}")}, ${ruleOf(prefix("/b"), to("gone"))}, ${ruleOf(exact("/c"), "")}, ${ruleOf(prefix("/d"), to("churn", ", weight: 0"))}`,
      {
        ways: [`${site} prefix:/->/ except prefix:/b, exact:/c, prefix:/d`],
        reason: "None of its backends takes traffic: their weights are 0.",
      },
      {},
    ],
    [
      "take everything away where the first one leads nowhere",
      `${ruleOf(prefix("/a"), to("gone"))}, ${ruleOf(prefix("/a"))}`,
      {
        ways: [`${site}/a prefix:/a->/a`],
        problems: ["Calls there go to an earlier rule of the same route, which matches the same."],
      },
      {},
    ],
    [
      "are whole where another one is broken",
      `${ruleOf(prefix("/a"))}, ${ruleOf(prefix("/b"), to("gone"))}`,
      { ways: [`${site}/a prefix:/a->/a`] },
      {},
    ],
  ])("%s", (_, rules, churn, other) => {
    expectRouted(rules, churn, other);
  });

  it("may split calls in other shares than the API's, which is told", () => {
    const nine = "backendRefs: [{ name: churn, port: 80, weight: 9 }, { name: other, port: 80 }]";
    const ways = [`${site}/a prefix:/a->/a`, `${site}/b prefix:/b->/b`];
    const problems = ["Calls there go to team/churn alone."];
    const yaml = routed(`${ruleOf(prefix("/a"))}, ${ruleOf(prefix("/b"), nine)}`);
    expectApis(yaml, { r: { ways, problems, revisions: ["churn 90", "other 10"] } });
  });

  it("a route that only redirects is no API", () => {
    const yaml = routed(ruleOf("{}", to("churn"), redirect));
    expectApis(yaml, { churn: {}, other: {} });
    expect(leftOutOf(found(yaml))).toEqual({ "HTTPRoute r": "It only redirects." });
  });
});

describe("backends", () => {
  const three = (more: string): string => `{ backendRefs: [{ name: churn, port: 80, weight: 3 }, { ${more} }] }`;
  it.each<[string, string, ExpectedApi]>([
    [
      "a missing Service keeps its share",
      "name: gone, port: 80",
      { problems: [/^25 % .* team\/gone does not exist\.$/] },
    ],
    [
      "a backend of another kind keeps its share",
      "group: a.test, kind: Bucket, name: b",
      { problems: [/^25 % .* Bucket/] },
    ],
    [
      "a backend that is not granted keeps its share",
      "name: far, namespace: models, port: 80",
      { problems: [/^25 % of the calls fail: Service models\/far lies in another namespace, and no ReferenceGrant/] },
    ],
  ])("%s", (_, more, { problems = [] }) => {
    const yaml = routed(three(more));
    const [reason = ""] = problems;
    expectApis(yaml, { other: {}, r: { ...at(site), problems, reason, revisions: ["churn 75"] } });
    expect(found(yaml).warnings).toMatchObject([{ object: { kind: "HTTPRoute", name: "r" } }]);
  });

  it("of weight 0 alone take no calls, which is told", () => {
    const reason = "None of its backends takes traffic: their weights are 0.";
    expectRouted(`{ ${to("churn", ", weight: 0")} }`, { reason });
  });

  it.each<[string, string, string, string | null]>([
    ["any Service of the namespace", "HTTPRoute", "kind: Service", null],
    ["this very Service", "HTTPRoute", "kind: Service, name: far", null],
    ["another Service", "HTTPRoute", "kind: Service, name: churn", "no ReferenceGrant"],
    ["another kind", "HTTPRoute", "kind: Secret", "no ReferenceGrant"],
    ["routes of another kind", "GRPCRoute", "kind: Service", "no ReferenceGrant"],
  ])("of another namespace with a grant for %s", (_, from, target, warning) => {
    const grant = object(
      "gateway.networking.k8s.io/v1beta1 ReferenceGrant",
      "g",
      `spec: { from: [{ group: gateway.networking.k8s.io, kind: ${from}, namespace: team }], to: [{ group: "", ${target} }] }`,
      "namespace: models",
    );
    const crossing = route("r", "{ backendRefs: [{ name: far, namespace: models, port: 80 }] }", {
      hosts: "[m.corp.test]",
    });
    const yaml = model("far", { namespace: "models" }) + gateway() + grant + crossing;
    expectApis(yaml, { far: warning === null ? at(site) : {} });
    expect(found(yaml).warnings.map(({ message }) => message)).toEqual(
      warning === null ? [] : [expect.stringContaining(warning) as string],
    );
  });

  it("that get copies of calls are a fact and no revision", () => {
    const mirror = (name: string): string =>
      `{ type: RequestMirror, requestMirror: { backendRef: { name: ${name}, port: 80 } } }`;
    const facts = { "Shadow traffic": "team/other" };
    expectRouted(ruleOf("{}", to("churn"), `${mirror("other")}, ${mirror("gone")}`), { ...at(site), facts });
  });
});

describe("gatebook.dev/public-url", () => {
  const said = "{ gatebook.dev/public-url: 'https://api.corp.test/ml' }";
  const everywhere = "https://api.corp.test/ml/churn prefix:/ml/churn->/";
  const rule = ruleOf(prefix("/churn"), to("churn"), toPrefix("/"));

  it.each<[string, string, string, string, ExpectedApi]>([
    ["of a route makes a URL of a pattern", '["*.corp.test"]', said, "{}", { ways: [everywhere] }],
    ["of a Service makes a URL of a pattern", '["*.corp.test"]', "{}", said, { ways: [everywhere] }],
    ["of a route stands in front of its path", "[m.corp.test]", said, "{}", { ways: [everywhere] }],
    [
      "of a route that is no URL changes nothing",
      "[m.corp.test]",
      "{ gatebook.dev/public-url: api.corp.test }",
      "{}",
      { ways: [`${site}/churn prefix:/churn->/`] },
    ],
  ])("%s", (_, hosts, annotations, ofService, expected) => {
    const yaml = model("churn", { annotations: ofService }) + gateway() + route("r", rule, { hosts, annotations });
    expectApis(yaml, { churn: expected });
  });

  it("of a Gateway gives scheme and port, and the host where nobody names one", () => {
    const annotated = gateway("[{ name: a, port: 8080, protocol: HTTP }]").replace(
      "name: gw,",
      "name: gw, annotations: { gatebook.dev/public-url: 'https://edge.corp.test' },",
    );
    const yaml = model("churn") + annotated;
    expectApis(yaml + route("r", rule, { hosts: "[m.corp.test]" }), {
      churn: { ways: ["https://m.corp.test/churn prefix:/churn->/"] },
    });
    expectApis(yaml + route("r", rule, { hosts: "[]" }), {
      churn: { ways: ["https://edge.corp.test/churn prefix:/churn->/"] },
    });
    expectApis(yaml + route("r", rule, { hosts: '["*.corp.test"]' }), {
      churn: { reason: /\*\.corp\.test is a pattern/ },
    });
  });
});
