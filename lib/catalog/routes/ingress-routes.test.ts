import { describe, expect, it } from "vitest";
import { found, object } from "../testdata/objects.ts";
import { at, expectApis, model } from "../testdata/world.ts";
import type { ExpectedApi } from "../testdata/world.ts";

const site = "http://m.corp.test";
const nginx = (...words: readonly string[]): string =>
  `{ ${words.map((word) => `nginx.ingress.kubernetes.io/${word}`).join(", ")} }`;
const path = (value: string, type = "Prefix", service = "churn", port = "number: 80"): string =>
  `{ path: "${value}", pathType: ${type}, backend: { service: { name: ${service}, port: { ${port} } } } }`;
const own = (value: string, service = "churn"): string => path(value, "ImplementationSpecific", service);
const rule = (paths: string, host: string | null = "m.corp.test"): string =>
  `{ ${host === null ? "" : `host: "${host}", `}http: { paths: [${paths}] } }`;

type Options = {
  readonly name?: string;
  readonly created?: string;
  readonly annotations?: string;
  /** Further fields of the spec. */
  readonly more?: string;
  readonly className?: string;
  /** Addresses of its load balancer. */
  readonly balancer?: string;
};

function ingress(rules: string, options: Options = {}): string {
  const { name = "i", className = "nginx", balancer = "{ ip: 10.8.8.8 }", more = "" } = options;
  return object(
    "networking.k8s.io/v1 Ingress",
    name,
    `spec: { ingressClassName: ${className}, rules: [${rules}]${more === "" ? "" : `, ${more}`} }
status: { loadBalancer: { ingress: [${balancer}] } }`,
    `annotations: ${options.annotations ?? "{}"}, creationTimestamp: "${options.created ?? "2026-01-01T00:00:00Z"}"`,
  );
}

const both = model("churn") + model("other");
const tls = (host: string): string => `tls: [{ hosts: ["${host}"], secretName: cert }]`;
const pending = "No load balancer has taken this Ingress yet.";

describe("a path of an Ingress", () => {
  it.each<[string, string, string, ExpectedApi, ExpectedApi]>([
    ["of type Prefix", path("/churn"), "nginx", { ways: [`${site}/churn prefix:/churn->/churn`] }, {}],
    ["of type Exact", path("/churn", "Exact"), "nginx", { ways: [`${site}/churn exact:/churn->/churn`] }, {}],
    [
      "of a star, as GKE and the AWS controller write it, is a prefix; narrower ones take from it",
      `${own("/*")}, ${own("/other/*", "other")}`,
      "alb",
      { ways: [`${site} prefix:/->/ except prefix:/other`] },
      { ways: [`${site}/other prefix:/other->/other`] },
    ],
    ["may name its port", path("/", "Prefix", "churn", "name: http"), "nginx", at(site), {}],
    ["to a Service that does not exist is no address", path("/", "Prefix", "gone"), "nginx", {}, {}],
    [
      "to something else than a Service is no address",
      "{ path: /, pathType: Prefix, backend: { resource: { apiGroup: a.test, kind: Bucket, name: b } } }",
      "nginx",
      {},
      {},
    ],
  ])("%s", (_, paths, className, churn, other) => {
    expectApis(both + ingress(rule(paths), { className }), { churn, other });
  });

  it("that two Ingresses have is the older one's", () => {
    const young = ingress(rule(path("/x")), { created: "2026-02-01T00:00:00Z" });
    const old = ingress(rule(path("/x", "Prefix", "other")), { name: "old" });
    const ways = [`${site}/x prefix:/x->/x`];
    const problems = [/^Calls there go to Ingress team\/old, which matches the same and is older\.$/];
    expectApis(both + young + old, { churn: { ways, problems }, other: { ways } });
  });
});

describe("a host of an Ingress", () => {
  it.each<[string, string | null, Options, ExpectedApi]>([
    ["with TLS is https", "m.corp.test", { more: tls("m.corp.test") }, at("https://m.corp.test")],
    ["with TLS of a wildcard is https", "m.corp.test", { more: tls("*.corp.test") }, at("https://m.corp.test")],
    ["two labels below a wildcard is not", "a.m.corp.test", { more: tls("*.corp.test") }, at("http://a.m.corp.test")],
    ["without TLS of its own is http", "m.corp.test", { more: tls("x.corp.test") }, at(site)],
    ["that is a wildcard is no URL", "*.corp.test", {}, { reason: /^Its host \*\.corp\.test is a pattern/ }],
    [
      "that is a wildcard is the URL that is said",
      "*.corp.test",
      { annotations: "{ gatebook.dev/public-url: 'https://churn.corp.test' }" },
      at("https://churn.corp.test"),
    ],
    [
      "that is missing is every address of the load balancer",
      null,
      { balancer: "{ ip: 10.8.8.8 }, { hostname: lb.corp.test }" },
      at("http://10.8.8.8", "http://lb.corp.test"),
    ],
    [
      "that is missing has the port of the load balancer",
      null,
      { balancer: "{ ip: 10.8.8.8, ports: [{ port: 8080, protocol: TCP }] }" },
      at("http://10.8.8.8:8080"),
    ],
    ["that is missing is no URL without a load balancer", null, { balancer: "" }, { reason: pending }],
    [
      "is not served without a load balancer",
      "m.corp.test",
      { balancer: "" },
      { ...at(site), problems: [pending], reason: pending },
    ],
    [
      "may have others beside it; patterns of them are none",
      "m.corp.test",
      { annotations: nginx("server-alias: 'Alias.corp.test, ~^x$'") },
      at("http://alias.corp.test", site),
    ],
  ])("%s", (_, host, options, expected) => {
    expectApis(model("churn") + ingress(rule(path("/"), host), options), { churn: expected });
  });

  it("needs no load balancer in manifests", () => {
    const yaml = model("churn") + ingress(rule(path("/")), { balancer: "" });
    expectApis(yaml, { churn: at(site) }, { confirming: false });
  });

  it("the default backend is everything at the load balancer", () => {
    const more = "defaultBackend: { service: { name: churn, port: { number: 80 } } }";
    expectApis(both + ingress(rule(path("/o", "Prefix", "other")), { more }), {
      churn: at("http://10.8.8.8"),
      other: { ways: [`${site}/o prefix:/o->/o`] },
    });
  });
});

describe("ingress-nginx", () => {
  const target = (value: string): string => nginx(`rewrite-target: "${value}"`);
  const untold = (value: string): ExpectedApi => ({
    reason: `Its paths are changed to ${value}, which is not followed.`,
  });
  const stripped = [`${site}/churn prefix:/churn->/`];
  const below = [`${site}/churn text-prefix:/churn/->/`];

  it.each<[string, string, string, ExpectedApi]>([
    ["/$2 behind (/|$)(.*) strips the prefix", "/$2", own("/churn(/|$)(.*)"), { ways: stripped }],
    ["/$1 behind /(.*) strips the prefix", "/$1", own("/churn/(.*)"), { ways: below }],
    ["a group with a name strips it too", "/$rest", own("/churn/(?<rest>.*)"), { ways: below }],
    [
      "a path before the group stands in its place",
      "/api/$2",
      own("/churn(/|$)(.*)"),
      { ways: [`${site}/churn prefix:/churn->/api`] },
    ],
    [
      "a group with the slash in it does the same",
      "/api$1",
      own("/churn(/.*)"),
      { ways: [`${site}/churn prefix:/churn->/api`] },
    ],
    ["a group of everything changes nothing", "/$1", own("/(.*)"), at(site)],
    ["a group that is not the rest is told", "/$1", own("/churn(/|$)(.*)"), untold("/$1")],
    [
      "a pattern in the middle is told",
      "/$1/$2",
      own("/churn/(a|b)/(.*)"),
      { reason: "The path /churn/(a|b)/(.*) is a pattern, which is no URL." },
    ],
    [
      "a target without a group makes one path of all",
      "/predict",
      path("/churn"),
      { ways: [`${site}/churn exact:/churn->/predict`] },
    ],
  ])("rewrite-target: %s", (_, value, paths, expected) => {
    expectApis(model("churn") + ingress(rule(paths), { annotations: target(value) }), { churn: expected });
  });

  it("rewrite-target says nothing to another class", () => {
    const yaml = ingress(rule(path("/churn")), { className: "kong", annotations: target("/") });
    expectApis(model("churn") + yaml, { churn: { ways: [`${site}/churn prefix:/churn->/churn`] } });
  });

  it.each<[string, string, ExpectedApi]>([
    ["with an open end goes by the text", "/churn/.*", { ways: [`${site}/churn text-prefix:/churn/->/churn/`] }],
    ["without an end goes by the text", "/churn", { ways: [`${site}/churn text-prefix:/churn->/churn`] }],
    ["with an end is exact", "/churn$", { ways: [`${site}/churn exact:/churn->/churn`] }],
    ["for everything is the root", "/.*", at(site)],
    ["of any other form is no URL", "/v[0-9]+", { reason: "The path /v[0-9]+ is a pattern, which is no URL." }],
  ])("use-regex: a path %s", (_, value, expected) => {
    const yaml = ingress(rule(own(value)), { annotations: nginx('use-regex: "true"') });
    expectApis(model("churn") + yaml, { churn: expected });
  });

  it("a redirect takes its path away, one of the root alone does not", () => {
    const old = ingress(rule(path("/old")), { name: "old", annotations: nginx("permanent-redirect: https://x.test") });
    const rest = ingress(rule(path("/")), { annotations: nginx("app-root: /docs") });
    expectApis(model("churn") + old + rest, { churn: { ways: [`${site} prefix:/->/ except prefix:/old`] } });
    expectApis(model("churn") + old, { churn: {} });
  });

  it("gRPC beside HTTP is a fact", () => {
    const ports = "ports: [{ name: http, port: 80, targetPort: http }";
    const service = model("churn").replace(ports, `${ports}, { name: grpc, port: 9000 }`);
    const grpc = rule(path("/", "Prefix", "churn", "number: 9000"), "g.corp.test");
    const options = { name: "g", annotations: nginx("backend-protocol: GRPC"), more: tls("g.corp.test") };
    const expected = { ...at(site), facts: { gRPC: "https://g.corp.test" } };
    expectApis(service + ingress(rule(path("/"))) + ingress(grpc, options), { churn: expected });
  });
});

describe("a canary of ingress-nginx", () => {
  const canary = 'canary: "true"';
  const beside = (words: readonly string[], rules = rule(path("/churn", "Prefix", "other"))): string =>
    both + ingress(rule(path("/churn"))) + ingress(rules, { name: "c", annotations: nginx(...words) });
  const ways = [`${site}/churn prefix:/churn->/churn`];
  const split = (...revisions: readonly string[]): Record<string, ExpectedApi> => ({ i: { ways, revisions } });
  const apart = { churn: { ways }, other: {} };

  it.each<[string, readonly string[], Record<string, ExpectedApi>]>([
    ["by weight has its share", ['canary-weight: "20"'], split("churn 80", "other 20")],
    [
      "by weight of another total has its share of that",
      ['canary-weight: "50"', 'canary-weight-total: "200"'],
      split("churn 75", "other 25"),
    ],
    ["by more than all has all", ['canary-weight: "150"'], split("other 100", "churn 0")],
    ["by header has no share", ["canary-by-header: X-Canary"], split("churn 100", "other 0")],
    [
      "by header and weight has a share",
      ["canary-by-header: X-Canary", 'canary-weight: "10"'],
      split("churn 90", "other 10"),
    ],
    ["by nothing has no share", [], split("churn 100", "other 0")],
  ])("%s", (_, words, expected) => {
    expectApis(beside([canary, ...words]), expected);
  });

  it.each([
    ["path", rule(path("/else", "Prefix", "other"))],
    ["host", rule(path("/churn", "Prefix", "other"), "x.corp.test")],
  ])("of another %s is of nothing", (_, rules) => {
    expectApis(beside([canary, 'canary-weight: "20"'], rules), apart);
  });

  it("stands in the chain of proof; where its Service is missing, its calls fail", () => {
    const yaml = beside([canary, 'canary-weight: "20"'], rule(path("/churn", "Prefix", "gone")));
    const problem = "20 % of the calls fail: Service team/gone does not exist.";
    expectApis(yaml, { i: { ways, problems: [problem], reason: problem, revisions: ["churn 80"] }, other: {} });
    const steps = found(beside([canary])).apis[0]?.provenance ?? [];
    expect(steps).toContainEqual({
      object: expect.objectContaining({ kind: "Ingress", name: "c" }) as unknown,
      says: "takes part in that",
    });
  });
});
