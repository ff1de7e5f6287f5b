import { describe, expect, it } from "vitest";
import { found, object, urlsOf } from "../testdata/objects.ts";
import { at, condition, expectApis, model } from "../testdata/world.ts";
import type { ExpectedApi } from "../testdata/world.ts";

const site = "http://m.apps.test";
const both = model("churn") + model("other");

/** What one router says of a host. */
const router = (host = "m.apps.test", status = "True", more = "", policy = ""): string =>
  `{ host: ${host}, routerName: default${policy === "" ? "" : `, wildcardPolicy: ${policy}`}, conditions: [${condition("Admitted", status, more)}] }`;

type Options = {
  readonly to?: string;
  readonly ingress?: string;
  readonly annotations?: string;
  readonly host?: string;
};

/** A Route to churn; `spec` are further fields of its spec. */
function openshiftRoute(spec = "", options: Options = {}): string {
  const {
    to = "{ kind: Service, name: churn }",
    ingress = router(),
    annotations = "{}",
    host = "m.apps.test",
  } = options;
  return object(
    "route.openshift.io/v1 Route",
    "r",
    `spec: { host: ${host}, to: ${to}${spec === "" ? "" : `, ${spec}`} }\nstatus: { ingress: [${ingress}] }`,
    `annotations: ${annotations}`,
  );
}

describe("an OpenShift Route", () => {
  const target = (path: string): string => `{ haproxy.router.openshift.io/rewrite-target: ${path} }`;
  it.each<[string, string, Options, ExpectedApi]>([
    ["is its host", "", {}, at(site)],
    ["with a path is a prefix", "path: /churn", {}, { ways: [`${site}/churn prefix:/churn->/churn`] }],
    ["may strip its path", "path: /churn", { annotations: target("/") }, { ways: [`${site}/churn prefix:/churn->/`] }],
    [
      "may change its path",
      "path: /churn",
      { annotations: target("/v2") },
      { ways: [`${site}/churn prefix:/churn->/v2`] },
    ],
    ["with TLS that ends at the edge is https", "tls: { termination: edge }", {}, at("https://m.apps.test")],
    ["with TLS anew is https", "tls: { termination: reencrypt }", {}, at("https://m.apps.test")],
    ["with TLS that passes through is https", "tls: { termination: passthrough }", {}, at("https://m.apps.test")],
    [
      "that sends http to https is https alone",
      "tls: { termination: edge, insecureEdgeTerminationPolicy: Redirect }",
      {},
      at("https://m.apps.test"),
    ],
    ["without a host in its spec is the router's", "", { host: '""' }, at(site)],
    [
      "for all names beside its host is no URL",
      "wildcardPolicy: Subdomain",
      { ingress: router("www.apps.test", "True", "", "Subdomain") },
      { reason: /^Its host \*\.apps\.test is a pattern, which is no URL/ },
    ],
    [
      "for all names beside its host is the URL that is said",
      "wildcardPolicy: Subdomain",
      {
        ingress: router("www.apps.test", "True", "", "Subdomain"),
        annotations: "{ gatebook.dev/public-url: 'https://churn.apps.test' }",
      },
      at("https://churn.apps.test"),
    ],
    [
      "for one name, by a router that allows no more, is that name",
      "wildcardPolicy: Subdomain",
      { ingress: router("www.apps.test", "True", "", "None") },
      at("http://www.apps.test"),
    ],
  ])("%s", (_, spec, options, expected) => {
    expectApis(model("churn") + openshiftRoute(spec, options), { churn: expected });
  });

  const pending: ExpectedApi = { reason: "No router has admitted it yet." };
  const refusal = "reason: HostAlreadyClaimed, message: route x has the host";
  it.each<[string, string, ExpectedApi]>([
    ["that nobody speaks of is pending", "", pending],
    ["that a router says nothing of is pending", "{ host: m.apps.test, routerName: default }", pending],
    ["whose admission is unknown is pending", router(undefined, "Unknown"), pending],
    [
      "that is not admitted is told",
      router(undefined, "False", refusal),
      { reason: "The router does not admit it: route x has the host (HostAlreadyClaimed)." },
    ],
    [
      "that one of two routers admits is served by it",
      `${router(undefined, "False", refusal)}, ${router("m.shard.test")}`,
      at("http://m.shard.test"),
    ],
    [
      "that two routers admit is served by both",
      `${router()}, ${router("m.shard.test")}`,
      at(site, "http://m.shard.test"),
    ],
  ])("%s", (_, ingress, expected) => {
    expectApis(model("churn") + openshiftRoute("", { ingress }), { churn: expected });
  });

  it("needs nobody's word in manifests", () => {
    const yaml = model("churn") + openshiftRoute("", { ingress: "" });
    expectApis(yaml, { churn: at(site) }, { confirming: false });
  });
});

describe("backends of an OpenShift Route", () => {
  const other = (more: string): string => `alternateBackends: [{ kind: Service, name: other${more} }]`;
  const churn = (weight: number): Options => ({ to: `{ kind: Service, name: churn, weight: ${String(weight)} }` });
  it.each<[string, string, Options, readonly string[]]>([
    ["weights are shares", other(", weight: 25"), churn(75), ["churn 75", "other 25"]],
    ["a weight that is not written is 100", other(""), churn(300), ["churn 75", "other 25"]],
    ["a weight of 0 is a revision without calls", other(", weight: 0"), churn(1), ["churn 100", "other 0"]],
  ])("%s", (_, spec, options, revisions) => {
    expectApis(both + openshiftRoute(spec, options), { r: { ...at(site), revisions } });
  });

  it("of weight 0 alone take no calls, which is told", () => {
    const reason = "None of its backends takes traffic: their weights are 0.";
    expectApis(model("churn") + openshiftRoute("", churn(0)), { churn: { reason } });
  });

  it("one that does not exist is told on the route", () => {
    const yaml = both + openshiftRoute("", { to: "{ kind: Service, name: gone }" });
    expectApis(yaml, { churn: {}, other: {} });
    expect(found(yaml).warnings).toMatchObject([
      { object: { kind: "Route", name: "r" }, message: "Service team/gone does not exist." },
    ]);
  });

  it("the port that it names is the API's", () => {
    const ports = "[{ name: a, port: 80, targetPort: 8000 }, { name: b, port: 81, targetPort: 5000 }]";
    const churnOf = model("churn").replace("[{ name: http, port: 80, targetPort: http }]", ports);
    const [api] = found(churnOf + openshiftRoute("port: { targetPort: b }")).apis;
    expect(api === undefined ? [] : urlsOf(api, "cluster")).toEqual(["http://churn.team.svc:81"]);
  });
});
