import { describe, expect, it } from "vitest";
import { parseTraefikRule } from "./traefik-rule.ts";

/** Each way as one line: host, type and path, then methods, headers, what narrows it and what is wrong, where there is any. */
function waysOf(rule: string): readonly string[] | null {
  const ways = parseTraefikRule(rule);
  return (
    ways?.map(({ host, match, problem }) =>
      [
        `${host} ${match.type} ${match.path}`,
        ...(match.methods === null ? [] : [match.methods.join("/")]),
        ...match.headers.map(({ name, value }) => `{${name}: ${value ?? "?"}}`),
        ...(match.narrowedBy === null ? [] : [`(${match.narrowedBy})`]),
        ...(problem === null ? [] : [`! ${problem}`]),
      ].join(" "),
    ) ?? null
  );
}

describe("one name", () => {
  it.each([
    ["a host", "Host(`a.test`)", ["a.test prefix /"]],
    ["a host in capitals, with a dot at its end", "Host(`A.Test.`)", ["a.test prefix /"]],
    ["hosts of v2, each being a way", "Host(`a.test`, `b.test`)", ["a.test prefix /", "b.test prefix /"]],
    ["the older name of a host", "HostHeader(`a.test`)", ["a.test prefix /"]],
    ["a prefix, which is text and no segment", "PathPrefix(`/rank`)", ["* text-prefix /rank"]],
    ["a prefix with a slash at its end", "PathPrefix(`/rank/`)", ["* text-prefix /rank/"]],
    ["the prefix of everything", "PathPrefix(`/`)", ["* prefix /"]],
    ["prefixes of v2", "PathPrefix(`/a`,`/b`)", ["* text-prefix /a", "* text-prefix /b"]],
    ["a path", "Path(`/predict`)", ["* exact /predict"]],
    ["a method", "Method(`POST`)", ["* prefix / POST"]],
    ["methods of v2, which are one way", "Method(`get`, `POST`)", ["* prefix / GET/POST"]],
    ["a header of v3", "Header(`X-Model`, `churn`)", ["* prefix / {X-Model: churn}"]],
    ["a header of v2", "Headers(`X-Model`, `churn`)", ["* prefix / {X-Model: churn}"]],
    ["a pattern of a header", "HeaderRegexp(`X-Model`, `^c.*$`)", ["* prefix / {X-Model: ?}"]],
    ["a pattern of a header in v2", "HeadersRegexp(`X-Model`, `^c.*$`)", ["* prefix / {X-Model: ?}"]],
    ["a header that is a secret, without it", "Header(`X-Api-Key`, `letmein`)", ["* prefix / {X-Api-Key: ?}"]],
    ["double quotes", 'Host("a.test")', ["a.test prefix /"]],
    ["what double quotes escape", 'Path("/a\\"b") || Path("/a\\\\b")', ['* exact /a"b', "* exact /a\\b"]],
    ["a letter that they escape", 'Path("/caf\\u00e9")', ["* exact /café"]],
    ["an escape that nobody knows, as it stands", 'Path("/a\\x41")', ["* exact /a\\x41"]],
    ["a backslash in backquotes, as it stands", "Path(`/a\\n`)", ["* exact /a\\n"]],
    ["both quotes in one name", 'Host(`a.test`, "b.test")', ["a.test prefix /", "b.test prefix /"]],
    ["a comma behind the last value", "Host(`a.test`,)", ["a.test prefix /"]],
    ["pairs of headers", "Header(`X-A`, `1`, `X-B`, `2`)", ["* prefix / {X-A: 1} {X-B: 2}"]],
    ["a header without a value", "Header(`X-A`)", ["* prefix / {X-A: ?}"]],
    ["the last of odd headers, without a value", "Header(`X-A`, `1`, `X-B`)", ["* prefix / {X-A: 1} {X-B: ?}"]],
    ["a negation of a negation", "!!Host(`a.test`)", ["a.test prefix /"]],
    ["blanks between both", "! ! Host(`a.test`)", ["a.test prefix /"]],
    ["names in any case", "HOST(`a.test`) && pathprefix(`/b`)", ["a.test text-prefix /b"]],
    ["blanks and lines between all of it", " Host( `a.test` , `b.test` )\n", ["a.test prefix /", "b.test prefix /"]],
    ["brackets and operators inside of quotes", "Path(`/a(b)||c`)", ["* exact /a(b)||c"]],
  ])("%s", (_, rule, ways) => {
    expect(waysOf(rule)).toEqual(ways);
  });

  it.each([
    ["a query of v2", "Query(`model=churn`)", "* prefix / (It is for calls with the query parameter model.)"],
    ["a query of v3", "Query(`model`, `churn`)", "* prefix / (It is for calls with the query parameter model.)"],
    ["a pattern of a query", "QueryRegexp(`v`, `[0-9]`)", "* prefix / (It is for calls with the query parameter v.)"],
    ["addresses of callers", "ClientIP(`10.0.0.0/8`, `::1`)", "* prefix / (It is for callers from 10.0.0.0/8, ::1.)"],
    ["a negation", "!Host(`a.test`)", "* prefix / (Its rule leaves some calls out.)"],
    ["three negations", "!!!Host(`a.test`)", "* prefix / (Its rule leaves some calls out.)"],
    [
      "a query with a value of several lines",
      "Query(`v=\n1`)",
      "* prefix / (It is for calls with the query parameter v.)",
    ],
  ])("what no URL can say is said: %s", (_, rule, way) => {
    expect(waysOf(rule)).toEqual([way]);
  });

  it.each([
    ["a pattern of a host", "HostRegexp(`^.+\\.a\\.test$`)", "* prefix / ! its host is the pattern ^.+\\.a\\.test$"],
    ["one of v2", "HostRegexp(`{sub:[a-z]+}.a.test`)", "* prefix / ! its host is the pattern {sub:[a-z]+}.a.test"],
    ["a pattern of a path", "PathRegexp(`^/v[0-9]`)", "* prefix / ! its path is the pattern ^/v[0-9]"],
    ["a placeholder of v2", "Path(`/models/{id}`)", "* prefix / ! its path /models/{id} is a pattern"],
    ["one with a pattern", "PathPrefix(`/{v:v[0-9]+}/x`)", "* prefix / ! its path /{v:v[0-9]+}/x is a pattern"],
    ["no host at all", "Host(`a test`)", "* prefix / ! a test is no host name"],
    [
      "a path without a slash",
      "Path(`a`)",
      "* prefix / ! its path a does not begin with a slash, which Traefik refuses",
    ],
  ])("what gives no URL has a problem: %s", (_, rule, way) => {
    expect(waysOf(rule)).toEqual([way]);
  });

  it("a problem is shown cut", () => {
    expect(parseTraefikRule(`HostRegexp(\`${"x".repeat(500)}\`)`)?.[0]?.problem).toBe(
      `its host is the pattern ${"x".repeat(100)}`,
    );
  });
});

describe("several names", () => {
  it.each([
    ["&& holds together", "Host(`a.test`) && PathPrefix(`/b`)", ["a.test text-prefix /b"]],
    ["without blanks", "Host(`a.test`)&&Path(`/b`)", ["a.test exact /b"]],
    ["|| gives another way", "Host(`a.test`) || Path(`/b`)", ["a.test prefix /", "* exact /b"]],
    [
      "&& binds closer than ||",
      "Host(`a.test`) || Host(`b.test`) && Path(`/c`)",
      ["a.test prefix /", "b.test exact /c"],
    ],
    [
      "brackets bind closer than both",
      "(Host(`a.test`) || Host(`b.test`)) && Path(`/c`)",
      ["a.test exact /c", "b.test exact /c"],
    ],
    [
      "alternatives are multiplied, the left ones first",
      "Host(`a.test`, `b.test`) && (Path(`/c`) || PathPrefix(`/d`))",
      ["a.test exact /c", "a.test text-prefix /d", "b.test exact /c", "b.test text-prefix /d"],
    ],
    ["brackets in brackets", "((Host(`a.test`)) && (Path(`/b`)))", ["a.test exact /b"]],
    [
      "all that is asked for is kept",
      "Host(`a.test`) && Method(`POST`) && Header(`X-A`, `1`) && Header(`X-B`, `2`)",
      ["a.test prefix / POST {X-A: 1} {X-B: 2}"],
    ],
    [
      "a negation takes the one name behind it",
      "!Path(`/docs`) && Host(`a.test`)",
      ["a.test prefix / (Its rule leaves some calls out.)"],
    ],
    [
      "a negation takes brackets whole",
      "Host(`a.test`) && !(Path(`/docs`) || HostRegexp(`.*`))",
      ["a.test prefix / (Its rule leaves some calls out.)"],
    ],
    [
      "a problem stays, whatever else is known",
      "HostRegexp(`.+`) && PathPrefix(`/b`)",
      ["* text-prefix /b ! its host is the pattern .+"],
    ],
    [
      "on whichever side it stands",
      "PathPrefix(`/b`) && HostRegexp(`.+`)",
      ["* text-prefix /b ! its host is the pattern .+"],
    ],
    [
      "a problem of one way is not another's",
      "HostRegexp(`.+`) || Host(`a.test`)",
      ["* prefix / ! its host is the pattern .+", "a.test prefix /"],
    ],
  ])("%s", (_, rule, ways) => {
    expect(waysOf(rule)).toEqual(ways);
  });

  it.each([
    ["the narrower of two prefixes", "PathPrefix(`/a`) && PathPrefix(`/a/b`)", ["* text-prefix /a/b"]],
    ["a path below a prefix", "Path(`/a/b`) && PathPrefix(`/a`)", ["* exact /a/b"]],
    ["a path that begins like a prefix", "PathPrefix(`/rank`) && Path(`/rank:predict`)", ["* exact /rank:predict"]],
    ["a path and the same prefix", "Path(`/a`) && PathPrefix(`/a`)", ["* exact /a"]],
    ["the same prefix and a path", "PathPrefix(`/a`) && Path(`/a`)", ["* exact /a"]],
    ["the same host twice", "Host(`a.test`) && Host(`A.test`)", ["a.test prefix /"]],
    ["methods that both sides have", "Method(`GET`, `POST`) && Method(`POST`, `PUT`)", ["* prefix / POST"]],
    ["two hosts are met by none", "Host(`a.test`) && Host(`b.test`)", []],
    ["two paths are met by none", "Path(`/a`) && Path(`/b`)", []],
    ["a path is not met below it", "Path(`/a`) && PathPrefix(`/a/b`)", []],
    ["two methods are met by none", "Method(`GET`) && Method(`POST`)", []],
    [
      "only the ways that can be met are left",
      "Host(`a.test`, `b.test`) && Host(`b.test`, `c.test`)",
      ["b.test prefix /"],
    ],
  ])("what meets both: %s", (_, rule, ways) => {
    expect(waysOf(rule)).toEqual(ways);
  });
});

describe("what is no rule", () => {
  it.each([
    [""],
    ["   "],
    ["Host"],
    ["a.test"],
    ["Host:a.test"],
    ["Host(a.test)"],
    ["Host('a.test')"],
    ["Host()"],
    ["PathPrefix( )"],
    ["Method()"],
    ["Header()"],
    ["ClientIP()"],
    ["Host(,)"],
    ["Host(,`a.test`)"],
    ["Host(`a.test` `b.test`)"],
    ["Host(`a.test`,,`b.test`)"],
    ["Host(`a.test`, b.test)"],
    ["!Host()"],
    ["!!"],
    ["Host(`a.test`"],
    ["Host(`a.test)"],
    ['Host("a.test)'],
    ["Host(`a.test`))"],
    ["(Host(`a.test`)"],
    ["()"],
    ["Host(`a.test`) &&"],
    ["&& Host(`a.test`)"],
    ["Host(`a.test`) & Path(`/b`)"],
    ["Host(`a.test`) and Path(`/b`)"],
    ["Host(`a.test`) Path(`/b`)"],
    ["Host(`a.test`) && || Path(`/b`)"],
    ["!"],
    ["HostSNI(`a.test`)"],
    ["Host(`a.test`) && Unknown(`x`)"],
    ["!Unknown(`x`)"],
    ["constructor(`x`)"],
  ])("%j", (rule) => {
    expect(parseTraefikRule(rule)).toBeNull();
  });
});

describe("hostile rules are bounded", () => {
  const hosts = (letter: string, count: number): string =>
    Array.from({ length: count }, (_, index) => `Host(\`${letter}${String(index)}.test\`)`).join("||");
  const paths = Array.from({ length: 30 }, (_, index) => `Path(\`/p${String(index)}\`)`).join("||");

  it("more than two thousand characters are not read", () => {
    expect(waysOf(`Host(\`a.test\`)${" ".repeat(1_986)}`)).toEqual(["a.test prefix /"]);
    expect(waysOf(`Host(\`a.test\`)${" ".repeat(1_987)}`)).toBeNull();
  });

  const values = (letter: string, count: number): string =>
    Array.from({ length: count }, (_, index) => `\`${letter}${String(index)}\``).join();

  it.each([
    ["alternatives", hosts("h", 90)],
    ["three hundred hosts of one name", `Host(${values("h", 300)})`.replace("h0", "h0.test")],
    ["products", `(${hosts("h", 30)}) && (${paths})`],
    ["products of many values", `Host(${values("h", 120)}) && Path(${values("/p", 120)})`.replace("h0", "h0.test")],
    [
      "products of products",
      `Host(\`h0.test\`) && ${Array(9)
        .fill(`PathPrefix(${values("/", 30)})`)
        .join(" || ")}`,
    ],
  ])("of %s sixty-four ways are kept, the first ones", (_, rule) => {
    const ways = waysOf(rule);
    expect(ways).toHaveLength(64);
    expect(ways?.[0]).toMatch(/^h0\.test /);
  });

  it("ways that are narrowed later do not count", () => {
    expect(waysOf(`(${hosts("h", 90)}) && Host(\`h80.test\`)`)).toEqual(["h80.test prefix /"]);
    expect(waysOf(`Host(${values("h", 250)}) && Host(\`h240\`)`)).toEqual(["h240 prefix /"]);
  });

  it.each([
    ["brackets that open", "(".repeat(2_000), null],
    ["brackets that close", ")".repeat(2_000), null],
    ["brackets in pairs", `${"(".repeat(900)}Host(\`a.test\`)${")".repeat(900)}`, ["a.test prefix /"]],
    ["names that open", "Host(".repeat(400), null],
    ["quotes that open", "`".repeat(1_999), null],
    ["commas", `Host(${",".repeat(1_900)})`, null],
    ["backslashes", `Host("${"\\".repeat(1_900)}`, null],
    ["negations", `${"!".repeat(1_901)}Host(\`a.test\`)`, ["* prefix / (Its rule leaves some calls out.)"]],
    ["negations of negations", `${"!".repeat(1_900)}Host(\`a.test\`)`, ["a.test prefix /"]],
    ["blanks between values", `Host(\`a.test\`${" ,".repeat(900)})`, null],
  ])("thousands of %s", (_, rule, ways) => {
    expect(waysOf(rule)).toEqual(ways);
  });
});
