import { describe, it } from "vitest";
import { object } from "../testdata/objects.ts";
import { at, condition, expectApis, gateway, hung, listener } from "../testdata/world.ts";
import type { ExpectedApi } from "../testdata/world.ts";

const host = (name: string): string => `hostname: "${name}"`;
const programmed = `${condition("Accepted", "True")}, ${condition("Programmed", "True")}`;
const three = `[${listener("plain", 80)}, ${listener("tls", 443, "", "HTTPS")}, ${listener("alt", 8080)}]`;
const meetsNone = /None of its host names meets those of listener a of Gateway gw\./;

describe("hosts of a listener and of a route", () => {
  it.each<[string, string, string, ExpectedApi]>([
    ["a wildcard listener gives way to the route's name", "*.corp.test", "[m.corp.test]", at("http://m.corp.test")],
    ["a wildcard covers several labels", "*.corp.test", "[a.m.corp.test]", at("http://a.m.corp.test")],
    ["a wildcard does not cover the name behind its dot", "*.corp.test", "[corp.test]", { reason: meetsNone }],
    ["a wildcard route gives way to the listener's name", "m.corp.test", '["*.corp.test"]', at("http://m.corp.test")],
    ["names are compared in lower case", "*.Corp.test", "[M.corp.test]", at("http://m.corp.test")],
    ["other names are nothing in common", "x.corp.test", "[m.corp.test]", { reason: meetsNone }],
    ["only the names in common count", "*.corp.test", "[m.corp.test, m.other.test]", at("http://m.corp.test")],
    ["a route without hosts takes the listener's", "m.corp.test", "[]", at("http://m.corp.test")],
    [
      "two wildcards leave the narrower one, which is no URL",
      "*.corp.test",
      '["*.m.corp.test"]',
      { reason: /^Its host \*\.m\.corp\.test is a pattern, which is no URL: say .* gatebook\.dev\/public-url\.$/ },
    ],
  ])("%s", (_, listenerHost, hosts, expected) => {
    const yaml = gateway(`[${listener("a", 80, host(listenerHost))}]`) + hung(undefined, { hosts });
    expectApis(yaml, { churn: expected });
  });

  it.each<[string, string, ExpectedApi]>([
    [
      "every address of the Gateway counts where nobody names a host",
      "[{ value: 'fd00::1' }, { value: lb.corp.test }]",
      at("http://[fd00::1]:8080", "http://lb.corp.test:8080"),
    ],
    ["without an address there is no URL yet", "[]", { reason: /names a host, and the Gateway has no address yet/ }],
  ])("%s", (_, addresses, expected) => {
    expectApis(gateway(`[${listener("a", 8080)}]`, addresses) + hung(undefined, { hosts: "[]" }), { churn: expected });
  });
});

describe("which listeners serve a route", () => {
  it.each<[string, string, string, ExpectedApi]>([
    [
      "each of them without a name",
      "{ name: gw }",
      three,
      at("http://m.corp.test", "http://m.corp.test:8080", "https://m.corp.test"),
    ],
    ["the one whose name is given", "{ name: gw, sectionName: tls }", three, at("https://m.corp.test")],
    ["those at the port that is given", "{ name: gw, port: 8080 }", three, at("http://m.corp.test:8080")],
    [
      "none where no listener has the name",
      "{ name: gw, sectionName: gone }",
      three,
      { reason: "Gateway gw has no listener gone." },
    ],
    [
      "none where no listener has the port",
      "{ name: gw, port: 81 }",
      three,
      { reason: "Gateway gw has no listener at its port." },
    ],
    [
      "none that lets TLS through",
      "{ name: gw }",
      `[${listener("a", 443, "tls: { mode: Passthrough }", "HTTPS")}, ${listener("b", 444, "tls: { mode: Passthrough }", "TLS")}]`,
      { reason: "No listener of Gateway gw reads HTTP." },
    ],
    [
      "none that takes other kinds alone",
      "{ name: gw }",
      `[${listener("a", 80, "allowedRoutes: { kinds: [{ kind: GRPCRoute }] }")}]`,
      { reason: /^No listener of Gateway gw takes an? HTTPRoute\.$/ },
    ],
    [
      "none that takes the kind of another group",
      "{ name: gw }",
      `[${listener("a", 80, "allowedRoutes: { kinds: [{ group: other.test, kind: HTTPRoute }] }")}]`,
      { reason: /takes an? HTTPRoute/ },
    ],
    [
      "the one that takes its kind among others",
      "{ name: gw }",
      `[${listener("a", 80, "allowedRoutes: { kinds: [{ kind: GRPCRoute }, { kind: HTTPRoute }] }")}]`,
      at("http://m.corp.test"),
    ],
    [
      "none of a Service, which is the mesh",
      "{ group: '', kind: Service, name: churn }",
      three,
      { reason: /no Gateway and no ListenerSet/ },
    ],
    [
      "none of a Gateway of another group",
      "{ group: other.test, name: gw }",
      three,
      { reason: /no Gateway and no ListenerSet/ },
    ],
  ])("%s", (_, parent, listeners, expected) => {
    expectApis(gateway(listeners) + hung(parent), { churn: expected });
  });
});

const namespace = (name: string, labels: string): string =>
  object("v1 Namespace", name, "", `namespace: "", labels: ${labels}`);
const selector = (text: string): string => `{ from: Selector, selector: ${text} }`;
const expression = (text: string): string => selector(`{ matchExpressions: [{ key: tier, operator: ${text} }] }`);

describe("routes of another namespace", () => {
  const admitted = at("http://m.corp.test");
  const kept: ExpectedApi = { reason: "No listener of Gateway gw admits routes of the namespace apps." };
  it.each<[string, string, string, ExpectedApi]>([
    ["are not admitted where nothing is said", "{}", "{}", kept],
    ["are not admitted by Same", "{ from: Same }", "{}", kept],
    ["are admitted by All", "{ from: All }", "{}", admitted],
    ["are admitted by labels that fit", selector("{ matchLabels: { tier: ml } }"), "{ tier: ml }", admitted],
    ["are not admitted by other labels", selector("{ matchLabels: { tier: ml } }"), "{ tier: web }", kept],
    [
      "are admitted by the label that every namespace has",
      selector("{ matchLabels: { kubernetes.io/metadata.name: apps } }"),
      "{}",
      admitted,
    ],
    ["are all admitted by an empty selector", selector("{}"), "{}", admitted],
    ["are not admitted without a selector", "{ from: Selector }", "{}", kept],
    ["In wants one of its values", expression("In, values: [ml, web]"), "{ tier: ml }", admitted],
    ["In keeps others out", expression("In, values: [web]"), "{ tier: ml }", kept],
    ["NotIn lets in who has no such label", expression("NotIn, values: [web]"), "{}", admitted],
    ["NotIn keeps its values out", expression("NotIn, values: [ml]"), "{ tier: ml }", kept],
    ["Exists wants the label", expression("Exists"), "{ tier: ml }", admitted],
    ["Exists keeps out who has none", expression("Exists"), "{}", kept],
    ["DoesNotExist wants none", expression("DoesNotExist"), "{}", admitted],
    ["DoesNotExist keeps out who has it", expression("DoesNotExist"), "{ tier: ml }", kept],
    ["an operator that nobody knows admits nobody", expression("Gt, values: ['1']"), "{ tier: '2' }", kept],
  ])("%s", (_, namespaces, labels, expected) => {
    const listeners = `[${listener("a", 80, `allowedRoutes: { namespaces: ${namespaces} }`)}]`;
    const yaml = hung("{ name: gw, namespace: team }", { namespace: "apps" });
    expectApis(gateway(listeners) + namespace("apps", labels) + yaml, { churn: expected });
  });

  it("are believed to be admitted where no namespace can be read", () => {
    const listeners = `[${listener("a", 80, `allowedRoutes: { namespaces: ${selector("{ matchLabels: { tier: ml } }")} }`)}]`;
    const yaml = hung("{ name: gw, namespace: team }", { namespace: "apps" });
    expectApis(gateway(listeners) + yaml, { churn: admitted });
  });
});

describe("a ListenerSet", () => {
  const parent = "{ kind: ListenerSet, name: set }";
  const setOf = (home: string, status: string): string =>
    object(
      "gateway.networking.k8s.io/v1 ListenerSet",
      "set",
      `spec: { parentRef: { name: gw, namespace: team }, listeners: [${listener("own", 8443, host("*.apps.test"), "HTTPS")}] }\nstatus: ${status}`,
      `namespace: ${home}, generation: 1`,
    );
  const allowing = (namespaces: string): string =>
    gateway().replace("spec: {", `spec: { allowedListeners: { namespaces: ${namespaces} },`);
  const served = at("https://m.apps.test:8443");
  const good = `{ conditions: [${programmed}] }`;

  it.each<[string, string, string, string, ExpectedApi]>([
    [
      "counts for nothing where its Gateway says nothing of such sets",
      "{}",
      "team",
      good,
      { reason: "Gateway gw does not admit ListenerSets of the namespace team." },
    ],
    ["adds its listeners where its namespace is the Gateway's", "{ from: Same }", "team", good, served],
    ["of another namespace is not meant by Same", "{ from: Same }", "apps", good, { reason: /does not admit/ }],
    ["of another namespace is meant by All", "{ from: All }", "apps", good, served],
    [
      "of another namespace is meant by a selector that picks it",
      selector("{ matchLabels: { tier: ml } }"),
      "apps",
      good,
      served,
    ],
    [
      "without a status is not programmed yet",
      "{ from: Same }",
      "team",
      "{}",
      { reason: "ListenerSet set is not programmed in its present form yet." },
    ],
    [
      "that is not accepted is told",
      "{ from: Same }",
      "team",
      `{ conditions: [${condition("Accepted", "False", "reason: NotAllowed")}] }`,
      { reason: "ListenerSet set is not programmed: NotAllowed." },
    ],
    [
      "with a listener that is not programmed is told",
      "{ from: Same }",
      "team",
      `{ conditions: [${programmed}], listeners: [{ name: own, conditions: [${condition("Programmed", "False", "reason: Invalid")}] }] }`,
      { reason: "Listener own of ListenerSet set is not programmed: Invalid." },
    ],
  ])("%s", (_, namespaces, home, status, expected) => {
    const yaml = allowing(namespaces) + namespace("apps", "{ tier: ml }") + setOf(home, status);
    expectApis(yaml + hung(parent, { hosts: "[m.apps.test]", namespace: home }), { churn: expected });
  });

  it("does not serve routes that hang on its Gateway", () => {
    const yaml = allowing("{ from: Same }") + setOf("team", good) + hung(undefined, { hosts: "[m.apps.test]" });
    expectApis(yaml, { churn: at("http://m.apps.test") });
  });

  it("that does not exist is told, and so is one whose Gateway does not", () => {
    const yaml = hung(parent, { hosts: "[m.apps.test]" });
    expectApis(gateway() + yaml, { churn: { reason: "ListenerSet team/set does not exist." } });
    expectApis(setOf("team", good) + yaml, { churn: { reason: "Gateway team/gw does not exist." } });
  });
});
