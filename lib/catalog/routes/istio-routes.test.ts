import { describe, expect, it } from "vitest";
import { found, object, pod, service, slice } from "../testdata/objects.ts";
import { at, expectApis, model } from "../testdata/world.ts";
import type { ExpectedApi } from "../testdata/world.ts";

const site = "http://m.corp.test";
const secure = "https://m.corp.test";
const both = model("churn") + model("other");
const to = (host = "churn", more = ""): string => `route: [{ destination: { host: ${host}${more} } }]`;
const rule = (match: string, rest = to()): string => `{ match: [${match}], ${rest} }`;
const uri = (kind: string, value: string): string => `{ uri: { ${kind}: "${value}" } }`;
const server = (port: number, protocol: string, more = "", hosts = '["*"]'): string =>
  `{ port: { number: ${String(port)}, name: p${String(port)}, protocol: ${protocol} }, hosts: ${hosts}${more === "" ? "" : `, ${more}`} }`;
const simple = "tls: { mode: SIMPLE, credentialName: cert }";

/** A Gateway and the Service of the pods that it asks for, in a namespace whose Services are no APIs. */
const gatewayOf = (servers: readonly string[], annotations = "{}"): string =>
  object(
    "networking.istio.io/v1 Gateway",
    "igw",
    `spec: { selector: { istio: ingress }, servers: [${servers.join(", ")}] }`,
    `annotations: ${annotations}`,
  ) +
  object(
    "v1 Service",
    "ingress",
    `spec: { type: LoadBalancer, clusterIP: 10.4.4.4, selector: { istio: ingress }, ports: [{ name: http2, port: 80, targetPort: 8080 }, { name: https, port: 443, targetPort: 8443 }] }
status: { loadBalancer: { ingress: [{ ip: 10.5.5.5 }] } }`,
    "namespace: istio-system",
  );
const plain = gatewayOf([server(80, "HTTP")]);
const twice = gatewayOf([server(80, "HTTP"), server(443, "HTTPS", simple)]);

type Options = {
  readonly name?: string;
  readonly hosts?: string;
  readonly gateways?: string;
  readonly annotations?: string;
};

/** A VirtualService; without hosts and gateways it is one that another one delegates to. */
function virtualService(http: string, options: Options = {}): string {
  const { name = "v", hosts = "[m.corp.test]", gateways = "[igw]", annotations = "{}" } = options;
  const spec = [hosts && `hosts: ${hosts}`, gateways && `gateways: ${gateways}`, `http: [${http}]`];
  return object(
    "networking.istio.io/v1 VirtualService",
    name,
    `spec: { ${spec.filter((part) => part !== "").join(", ")} }`,
    `annotations: ${annotations}`,
  );
}
const only = (http: string, options: Options = {}, gateway = plain): string =>
  model("churn") + gateway + virtualService(http, options);

describe("a match of a VirtualService", () => {
  const narrowed = (problem: string): ExpectedApi => ({ ...at(site), problems: [problem] });
  it.each<[string, string, ExpectedApi]>([
    ["without a path is everything", "{}", at(site)],
    ["by prefix goes by the text", uri("prefix", "/churn"), { ways: [`${site}/churn text-prefix:/churn->/churn`] }],
    ["by an exact path is that one alone", uri("exact", "/churn"), { ways: [`${site}/churn exact:/churn->/churn`] }],
    [
      "by a pattern with an open end goes by the text",
      uri("regex", "/churn/.*"),
      { ways: [`${site}/churn text-prefix:/churn/->/churn/`] },
    ],
    [
      "by another pattern is no URL",
      uri("regex", "/v[0-9]+"),
      { reason: "The path /v[0-9]+ is a pattern, which is no URL." },
    ],
    [
      "by methods is narrowed to them",
      '{ method: { exact: POST } }, { method: { regex: "GET|PUT" } }',
      { ways: [`${site} prefix:/->/ POST | prefix:/->/ GET/PUT`] },
    ],
    [
      "by headers asks for them; of a pattern and of a secret the name",
      '{ headers: { x-model: { exact: churn }, x-v: { prefix: "1" }, authorization: { exact: s3cret } } }',
      {
        ways: [`${site} prefix:/->/ {x-model: churn, x-v, authorization}`],
        headers: ["x-model: churn", "x-v", "authorization"],
      },
    ],
    [
      "by a query parameter has a problem",
      '{ queryParams: { v: { exact: "1" } } }',
      narrowed("It is for calls with the query parameter v."),
    ],
    ["by callers has a problem", "{ sourceLabels: { app: x } }", narrowed("It is for some callers of the mesh alone.")],
  ])("%s", (_, match, expected) => {
    expectApis(only(rule(match)), { churn: expected });
  });

  it("by scheme is for the servers of it", () => {
    expectApis(only(rule("{ scheme: { exact: https } }"), {}, twice), { churn: at(secure) });
  });

  it("by gateways is for those alone", () => {
    const matches = `{ uri: { prefix: /in }, gateways: [mesh] }, { uri: { prefix: /out }, gateways: [igw] }`;
    const expected = { ways: [`${site}/out text-prefix:/out->/out`] };
    expectApis(only(rule(matches), { gateways: "[mesh, igw]" }), { churn: expected });
  });
});

describe("a rewrite", () => {
  it.each<[string, string, string, ExpectedApi]>([
    ["of a prefix", uri("prefix", "/churn"), "{ uri: /v2 }", { ways: [`${site}/churn text-prefix:/churn->/v2`] }],
    [
      "of an exact path",
      uri("exact", "/churn"),
      "{ uri: /predict }",
      { ways: [`${site}/churn exact:/churn->/predict`] },
    ],
    [
      "of the host leaves paths alone",
      uri("exact", "/churn"),
      "{ authority: in.corp.test }",
      { ways: [`${site}/churn exact:/churn->/churn`] },
    ],
    [
      "by a pattern is told",
      uri("prefix", "/churn"),
      '{ uriRegexRewrite: { match: "/churn/(.*)", rewrite: "/x" } }',
      { reason: "It changes paths by the pattern /churn/(.*)." },
    ],
  ])("%s", (_, match, rewrite, expected) => {
    expectApis(only(rule(match, `rewrite: ${rewrite}, ${to()}`)), { churn: expected });
  });
});

describe("where a VirtualService is served", () => {
  const nobody: ExpectedApi = {
    reason: "No server of Gateway team/igw takes its hosts, or none has an address yet.",
  };
  const redirecting = server(80, "HTTP", "tls: { httpsRedirect: true }");
  it.each<[string, readonly string[], Options, ExpectedApi]>([
    ["at a server of HTTP", [server(80, "HTTP")], {}, at(site)],
    ["at a server that ends TLS", [server(443, "HTTPS", simple)], {}, at(secure)],
    ["not at one that sends callers to https", [redirecting, server(443, "HTTPS", simple)], {}, at(secure)],
    ["not at one that lets TLS through", [server(443, "HTTPS", "tls: { mode: PASSTHROUGH }")], {}, nobody],
    ["not at one of bare TLS", [server(443, "TLS", simple)], {}, nobody],
    ["not at one of other hosts", [server(80, "HTTP", "", "[x.corp.test]")], {}, nobody],
    ["not at one for another namespace", [server(80, "HTTP", "", '["apps/*"]')], {}, nobody],
    ["at one for the Gateway's own namespace", [server(80, "HTTP", "", '["./*"]')], {}, at(site)],
    ["at the port of the Service in front, where the Gateway names its pods'", [server(8080, "HTTP")], {}, at(site)],
    ["at the front's own address, for any host", [server(80, "HTTP")], { hosts: '["*"]' }, at("http://10.5.5.5")],
    [
      "at no URL by a wildcard",
      [server(80, "HTTP")],
      { hosts: '["*.corp.test"]' },
      { reason: /^Its host \*\.corp\.test is a pattern, which is no URL/ },
    ],
    [
      "at the URL that is said instead of a wildcard",
      [server(80, "HTTP")],
      { hosts: '["*.corp.test"]', annotations: "{ gatebook.dev/public-url: 'https://c.corp.test' }" },
      at("https://c.corp.test"),
    ],
    ["nowhere outside in the mesh", [server(80, "HTTP")], { gateways: "[mesh]" }, {}],
    ["nowhere outside without gateways", [server(80, "HTTP")], { gateways: "", hosts: "[churn]" }, {}],
    [
      "outside, where the mesh is one of its gateways, by names of the outside",
      [server(80, "HTTP")],
      { gateways: "[mesh, igw]", hosts: "[m.corp.test, churn.team.svc.cluster.local]" },
      at(site),
    ],
    [
      "nowhere by a Gateway that does not exist",
      [server(80, "HTTP")],
      { gateways: "[gone]" },
      { reason: "Gateway team/gone does not exist." },
    ],
  ])("%s", (_, servers, options, expected) => {
    expectApis(only(`{ ${to()} }`, options, gatewayOf(servers)), { churn: expected });
  });

  it("as an admin says of the Gateway", () => {
    const annotated = gatewayOf([server(80, "HTTP")], "{ gatebook.dev/public-url: 'https://edge.corp.test' }");
    expectApis(only(`{ ${to()} }`, {}, annotated), { churn: at(secure) });
  });
});

describe("destinations", () => {
  const weighed = (left: string, right: string): string => `{ route: [${left}, ${right}] }`;
  const one = (host: string, more = ""): string => `{ destination: { host: ${host} }${more} }`;
  it.each<[string, string, readonly string[]]>([
    [
      "weights are shares",
      weighed(one("churn", ", weight: 90"), one("other", ", weight: 10")),
      ["churn 90", "other 10"],
    ],
    ["without any weight all have as much", weighed(one("churn"), one("other")), ["churn 50", "other 50"]],
    [
      "without a weight beside one it has none",
      weighed(one("churn", ", weight: 100"), one("other")),
      ["churn 100", "other 0"],
    ],
  ])("%s", (_, http, revisions) => {
    expectApis(both + plain + virtualService(http), { v: { ...at(site), revisions } });
  });

  it("subsets of one Service are its revisions; a header's has no share", () => {
    const subset = (name: string): string => `{ name: ${name}, labels: { version: ${name} } }`;
    const rules = object(
      "networking.istio.io/v1 DestinationRule",
      "churn",
      `spec: { host: churn.team.svc.cluster.local, subsets: [${subset("v1")}, ${subset("v2")}, ${subset("v3")}] }`,
    );
    const pods = ["v1", "v2", "v3"].map((name) => pod(`churn-${name}`, `app: churn, version: ${name}`));
    const names = ["v1", "v2", "v3"].map((name, index) => `churn-${name} 10.1.0.${String(index + 1)}`);
    const part = (name: string, weight: number): string =>
      `{ destination: { host: churn, subset: ${name} }, weight: ${String(weight)} }`;
    const http = `${rule("{ headers: { x-canary: { exact: 'true' } } }", to("churn", ", subset: v3"))}, ${weighed(part("v1", 75), part("v2", 25))}`;
    const yaml = service("churn", "app: churn") + pods.join("") + slice("churn", names) + rules + plain;
    expectApis(yaml + virtualService(http), {
      churn: { ways: [`${site} prefix:/->/ {x-canary: true} | prefix:/->/`], revisions: ["v1 75", "v2 25", "v3 0"] },
    });
  });

  it.each<[string, string, ExpectedApi, string | null]>([
    ["with the cluster's domain is the Service", "churn.team.svc.cluster.local", at(site), null],
    ["that does not exist is told", "gone", {}, "Service team/gone does not exist."],
    ["with a namespace alone is none, as Istio completes bare names alone", "churn.team", {}, "churn.team"],
  ])("a host %s", (_, host, expected, warning) => {
    const yaml = only(`{ ${to(host)} }`);
    expectApis(yaml, { churn: expected });
    expect(found(yaml).warnings.map(({ message }) => message)).toEqual(
      warning === null ? [] : [expect.stringContaining(warning) as string],
    );
  });

  it.each([
    ["mirror", "mirror: { host: other }"],
    ["mirrors", "mirrors: [{ destination: { host: other }, percentage: { value: 5 } }]"],
  ])("of %s are a fact and no revision", (_, mirror) => {
    const facts = { "Shadow traffic": "team/other" };
    const yaml = both + plain + virtualService(`{ ${to()}, ${mirror} }`);
    expectApis(yaml, { churn: { ...at(site), facts, revisions: ["churn 100"] }, other: {} });
  });

  it.each([
    ["a redirect", uri("exact", "/"), "redirect: { uri: /docs }", "exact:/"],
    [
      "an answer of the gateway's own",
      uri("prefix", "/admin"),
      "directResponse: { status: 403 }",
      "text-prefix:/admin",
    ],
  ])("%s takes its path away", (_, match, answer, taken) => {
    const yaml = only(`${rule(match, answer)}, { ${to()} }`);
    expectApis(yaml, { churn: { ways: [`${site} prefix:/->/ except ${taken}`] } });
  });

  it("paths of gRPC services are a fact beside HTTP, and the API without it", () => {
    const ports = (grpc: string): string =>
      model("churn").replace(/ports: \[\{ name: http.*\] \}/, `ports: [${grpc}] }`);
    const grpc = rule(uri("prefix", "/a.Inference/"), to("churn", ", port: { number: 9000 }"));
    const yaml = ports("{ name: http, port: 80, targetPort: http }, { name: grpc, port: 9000 }") + plain;
    expectApis(yaml + virtualService(`${grpc}, { ${to("churn", ", port: { number: 80 }")} }`), {
      churn: { ...at(site), facts: { gRPC: site } },
    });
    expectApis(ports("{ name: grpc, port: 9000 }") + plain + virtualService(grpc), {
      churn: { ways: [`${site} text-prefix:/a.Inference/->/a.Inference/`], facts: { gRPC: site } },
    });
  });
});

it("what a root delegates is served within its match, the narrower first", () => {
  const root = virtualService(rule(uri("prefix", "/churn"), "delegate: { name: d, namespace: team }"));
  const rules = [rule(uri("prefix", "/churn/v1")), rule(uri("prefix", "/else")), `{ ${to("other")} }`];
  const delegate = virtualService(rules.join(", "), { name: "d", hosts: "", gateways: "" });
  const yaml = both + plain + root + delegate;
  expectApis(yaml, {
    churn: { ways: [`${site}/churn/v1 text-prefix:/churn/v1->/churn/v1`] },
    other: { ways: [`${site}/churn text-prefix:/churn->/churn except text-prefix:/churn/v1`] },
  });
  expect(found(yaml).apis[0]?.provenance).toContainEqual({
    object: expect.objectContaining({ kind: "VirtualService", name: "d" }) as unknown,
    says: "takes part in that",
  });
});
