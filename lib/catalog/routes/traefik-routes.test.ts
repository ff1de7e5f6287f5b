import { describe, expect, it } from "vitest";
import { found, leftOutOf, object } from "../testdata/objects.ts";
import { at, expectApis, model } from "../testdata/world.ts";
import type { ExpectedApi } from "../testdata/world.ts";

const host = "Host(`m.corp.test`)";
const site = "http://m.corp.test";
const to = (...services: readonly string[]): string => services.map((name) => `{ name: ${name}, port: 80 }`).join(", ");
const rule = (match: string, services = to("churn")): string =>
  `{ kind: Rule, match: '${match}', services: [${services}] }`;

type Options = { readonly points?: string; readonly tls?: boolean; readonly annotations?: string };

function ingressRoute(routes: string, { points = "[web]", tls = false, annotations = "{}" }: Options = {}): string {
  const entry = points === "" ? "" : `entryPoints: ${points}, `;
  return object(
    "traefik.io/v1alpha1 IngressRoute",
    "r",
    `spec: { ${entry}${tls ? "tls: {}, " : ""}routes: [${routes}] }`,
    `annotations: ${annotations}`,
  );
}

const front = (ports: string): string =>
  object(
    "v1 Service",
    "traefik",
    `spec: { type: LoadBalancer, clusterIP: 10.4.4.4, ports: [${ports}] }
status: { loadBalancer: { ingress: [{ ip: 10.5.5.5 }] } }`,
    "namespace: edge, labels: { app.kubernetes.io/name: traefik }",
  );

describe("a rule of an IngressRoute", () => {
  const narrowed = (problem: string): ExpectedApi => ({ ...at(site), problems: [problem] });
  it.each<[string, string, ExpectedApi]>([
    ["of a host is all of it", host, at(site)],
    [
      "of a prefix goes by the text",
      `${host} && PathPrefix(\`/churn\`)`,
      { ways: [`${site}/churn text-prefix:/churn->/churn`] },
    ],
    ["of a path is that one alone", `${host} && Path(\`/churn\`)`, { ways: [`${site}/churn exact:/churn->/churn`] }],
    [
      "of either host is both",
      "Host(`a.corp.test`) || Host(`B.corp.test`)",
      at("http://a.corp.test", "http://b.corp.test"),
    ],
    [
      "of either prefix is both",
      `${host} && (PathPrefix(\`/a\`) || PathPrefix(\`/b\`))`,
      { ways: [`${site}/a text-prefix:/a->/a`, `${site}/b text-prefix:/b->/b`] },
    ],
    [
      "of either method is both",
      `${host} && (Method(\`GET\`) || Method(\`POST\`))`,
      { ways: [`${site} prefix:/->/ GET | prefix:/->/ POST`] },
    ],
    [
      "of headers asks for them; of a secret the name",
      `${host} && Header(\`x-model\`, \`churn\`) && Header(\`Authorization\`, \`s3cret\`)`,
      {
        ways: [`${site} prefix:/->/ {x-model: churn, Authorization}`],
        headers: ["x-model: churn", "Authorization"],
      },
    ],
    [
      "of a header's pattern asks for it without a value",
      `${host} && HeaderRegexp(\`x-model\`, \`c.*\`)`,
      { ways: [`${site} prefix:/->/ {x-model}`], headers: ["x-model"] },
    ],
    [
      "of a query parameter has a problem",
      `${host} && Query(\`v\`, \`1\`)`,
      narrowed("It is for calls with the query parameter v."),
    ],
    ["of callers has a problem", `${host} && ClientIP(\`10.0.0.0/8\`)`, narrowed("It is for callers from 10.0.0.0/8.")],
    [
      "that leaves calls out has a problem",
      `${host} && !PathPrefix(\`/x\`)`,
      narrowed("Its rule leaves some calls out."),
    ],
    [
      "of a host's pattern is no URL",
      "HostRegexp(`^.+$`)",
      { reason: "No URL follows from the rule HostRegexp(`^.+$`): its host is the pattern ^.+$." },
    ],
    [
      "of a path's pattern is no URL",
      `${host} && PathRegexp(\`^/v[0-9]\`)`,
      { reason: /^No URL follows from the rule .*: its path is the pattern \^\/v\[0-9\]\.$/ },
    ],
    ["of what nobody knows is no URL", `${host} && ALPN(\`h2\`)`, { reason: /it uses what is not known\.$/ }],
    ["that is none is no URL", "Host(`m.corp.test`", { reason: /it uses what is not known\.$/ }],
  ])("%s", (_, match, expected) => {
    expectApis(model("churn") + ingressRoute(rule(match)), { churn: expected });
  });

  it("leaves the others of its route alone, and takes from the wider ones", () => {
    const routes = [rule("HostRegexp(`^.+$`)"), rule(host, to("other")), rule(`${host} && PathPrefix(\`/o\`)`)];
    expectApis(model("churn") + model("other") + ingressRoute(routes.join(", ")), {
      churn: { ways: [`${site}/o text-prefix:/o->/o`], reason: /HostRegexp/ },
      other: { ways: [`${site} prefix:/->/ except text-prefix:/o`] },
    });
  });

  it("without a host is served at Traefik's own address, which is no API", () => {
    const yaml = model("churn") + ingressRoute(rule("PathPrefix(`/churn`)"));
    expectApis(yaml, { churn: { reason: "Its rule names no host, and Traefik's own address is not known." } });
    const known = yaml + front("{ name: web, port: 80 }");
    expectApis(known, { churn: { ways: ["http://10.5.5.5/churn text-prefix:/churn->/churn"] } });
    expect(leftOutOf(found(known))["Service traefik"]).toMatch(/data plane of Traefik/);
  });
});

describe("entry points", () => {
  const secure = "https://m.corp.test";
  const ports = "{ name: web, port: 8080 }, { name: websecure, port: 8443 }, { name: inner, port: 9000 }";
  it.each<[string, Options, string, ExpectedApi]>([
    ["web is http", {}, "", at(site)],
    ["websecure is https, with TLS on the route or without", { points: "[websecure]" }, "", at(secure)],
    ["both are both", { points: "[web, websecure]" }, "", at(site, secure)],
    ["TLS on the route is not for web beside websecure", { points: "[web, websecure]", tls: true }, "", at(secure)],
    ["none is web", { points: "" }, "", at(site)],
    ["none with TLS is websecure", { points: "", tls: true }, "", at(secure)],
    ["Traefik's Service says their ports", { points: "[web, websecure]" }, ports, at(`${site}:8080`, `${secure}:8443`)],
    ["and those of others", { points: "[inner]" }, ports, at(`${site}:9000`)],
    [
      "another one is not known without it",
      { points: "[inner]" },
      "",
      { reason: /^Traefik's entry point inner is not known, .* gatebook\.dev\/public-url\.$/ },
    ],
  ])("%s", (_, options, own, expected) => {
    const yaml = model("churn") + ingressRoute(rule(host), options) + (own === "" ? "" : front(own));
    expectApis(yaml, { churn: expected });
  });
});

describe("TraefikServices", () => {
  const both = model("churn") + model("other");
  const service = (name: string, spec: string): string =>
    object("traefik.io/v1alpha1 TraefikService", name, `spec: ${spec}`);
  const split = ingressRoute(rule(host, "{ name: split, kind: TraefikService }"));
  const weighted = (...services: readonly string[]): string => `{ weighted: { services: [${services.join(", ")}] } }`;
  const inner = service(
    "inner",
    weighted("{ name: churn, port: 80, weight: 1 }", "{ name: other, port: 80, weight: 1 }"),
  );
  const nested = "{ name: inner, kind: TraefikService, weight: 1 }";
  const joined = (...revisions: readonly string[]): Record<string, ExpectedApi> => ({ r: { ...at(site), revisions } });

  it.each<[string, string, Record<string, ExpectedApi>]>([
    [
      "weights are shares",
      service("split", weighted("{ name: churn, port: 80, weight: 3 }", "{ name: other, port: 80, weight: 1 }")),
      joined("churn 75", "other 25"),
    ],
    [
      "weights of weights are shares of shares",
      inner + service("split", weighted(nested, "{ name: other, port: 80, weight: 1 }")),
      joined("other 75", "churn 25"),
    ],
    [
      "a mirror gets copies and has no share",
      service("split", "{ mirroring: { name: churn, port: 80, mirrors: [{ name: other, port: 80, percent: 20 }] } }"),
      { churn: { ...at(site), facts: { "Shadow traffic": "team/other" } }, other: {} },
    ],
    [
      "a fallback has no share",
      service("split", "{ failover: { service: { name: churn, port: 80 }, fallback: { name: other, port: 80 } } }"),
      joined("churn 100", "other 0"),
    ],
    ["one that is missing is no address", "", { churn: {}, other: {} }],
    [
      "one that leads to itself is no address",
      service("split", weighted("{ name: split, kind: TraefikService }")),
      { churn: {}, other: {} },
    ],
  ])("%s", (_, objects, expected) => {
    expectApis(both + split + objects, expected);
  });

  it("the route is told of one that is missing, and of one that leads to itself", () => {
    const warnings = (yaml: string) => found(yaml).warnings.map(({ object: { name }, message }) => [name, message]);
    expect(warnings(split)).toEqual([["r", "TraefikService team/split does not exist."]]);
    const circle = service("split", weighted("{ name: split, kind: TraefikService }"));
    expect(warnings(split + circle)).toEqual([["r", "TraefikService team/split leads back to itself."]]);
  });

  it("Services that a route weighs itself are the same, one of another namespace is doubted", () => {
    const weighed = "{ name: churn, port: 80, weight: 9 }, { name: other, port: 80, weight: 1 }";
    expectApis(both + ingressRoute(rule(host, weighed)), joined("churn 90", "other 10"));
    const crossing = ingressRoute(rule(host, "{ name: far, namespace: models, port: 80 }"));
    const doubt = /^Service models\/far lies in another namespace: .* allowCrossNamespace is set\.$/;
    expectApis(model("far", { namespace: "models" }) + crossing, {
      far: { ...at(site), problems: [doubt], reason: doubt },
    });
  });
});
