import { describe, expect, it } from "vitest";
import { found, object, onlyApi, pod } from "../testdata/objects.ts";
import { condition, expectApis, gateway, model, parentStatus } from "../testdata/world.ts";
import type { ExpectedApi } from "../testdata/world.ts";

const site = "http://10.9.9.9";
const group = "aigateway.envoyproxy.io";
const rule = (name: string, backends: string): string =>
  `{ matches: [{ headers: [{ type: Exact, name: x-ai-eg-model, value: ${name} }] }], backendRefs: [${backends}] }`;

function aiRoute(rules: string, conditions = condition("Accepted", "True"), more = ""): string {
  return object(
    `${group}/v1beta1 AIGatewayRoute`,
    "ai",
    `spec: { parentRefs: [{ name: gw, kind: Gateway, group: gateway.networking.k8s.io }], ${more}rules: [${rules}] }\nstatus: { conditions: [${conditions}] }`,
    "uid: u1",
  );
}

/** An AIServiceBackend and the Backend that it names, which is a host. */
const backend = (name: string, namespace = "team", host = `${name}.${namespace}.svc.cluster.local`): string =>
  object(
    `${group}/v1beta1 AIServiceBackend`,
    name,
    `spec: { schema: { name: OpenAI }, backendRef: { name: ${name}, kind: Backend, group: gateway.envoyproxy.io } }`,
    `namespace: ${namespace}`,
  ) +
  object(
    "gateway.envoyproxy.io/v1alpha1 Backend",
    name,
    `spec: { endpoints: [{ fqdn: { hostname: ${host}, port: 80 } }] }`,
    `namespace: ${namespace}`,
  );

/** The HTTPRoute that the controller makes of an AIGatewayRoute. */
const made = (owner: string): string =>
  object(
    "gateway.networking.k8s.io/v1 HTTPRoute",
    "ai",
    `spec: { parentRefs: [{ name: gw }], rules: [${rule("big", "{ name: churn, kind: Backend, group: gateway.envoyproxy.io }")}] }${parentStatus({})}`,
    `ownerReferences: [{ apiVersion: ${group}/v1beta1, kind: AIGatewayRoute, name: ${owner}, uid: u1, controller: true }]`,
  );

const asked = (name: string): ExpectedApi => ({
  ways: [`${site} prefix:/->/ {x-ai-eg-model: ${name}}`],
  headers: [`x-ai-eg-model: ${name}`],
});
const both = model("churn") + model("other") + gateway();

describe("an AIGatewayRoute", () => {
  it("leads by a header to the Service behind its backends, once, whether its HTTPRoute is there or not", () => {
    const yaml = model("churn") + gateway() + aiRoute(rule("big", "{ name: churn }")) + backend("churn");
    for (const world of [yaml, yaml + made("ai")]) {
      expectApis(world, { churn: asked("big") });
      const routes = onlyApi(world).provenance.filter(({ says }) => says.startsWith("routes "));
      expect(routes.map(({ object: { kind, name } }) => [kind, name])).toEqual([["AIGatewayRoute", "ai"]]);
    }
  });

  it("that is gone leaves what its HTTPRoute says", () => {
    const yaml = model("churn") + gateway() + backend("churn") + made("gone");
    expectApis(yaml, { churn: asked("big") });
    expect(onlyApi(yaml).provenance[0]?.object.kind).toBe("HTTPRoute");
  });

  it.each<[string, string, Record<string, ExpectedApi>]>([
    [
      "of two models of one Service asks no call for either",
      `${rule("big", "{ name: churn }")}, ${rule("small", "{ name: churn }")}`,
      {
        churn: { ways: [`${site} prefix:/->/ {x-ai-eg-model: big} | prefix:/->/ {x-ai-eg-model: small}`] },
        other: {},
      },
    ],
    [
      "of two models of two Services asks each for its own",
      `${rule("big", "{ name: churn }")}, ${rule("small", "{ name: other }")}`,
      { churn: asked("big"), other: asked("small") },
    ],
    [
      "that weighs backends is one API",
      rule("big", "{ name: churn, weight: 9 }, { name: other, weight: 1 }"),
      { ai: { ...asked("big"), revisions: ["churn 90", "other 10"] } },
    ],
    [
      "that shares calls with somebody's server outside says so",
      rule("big", "{ name: churn, weight: 3 }, { name: vendor, weight: 1 }"),
      {
        churn: {
          ...asked("big"),
          problems: ["75 % of the calls there come to this one; the others go to Backend team/vendor."],
        },
        other: {},
      },
    ],
    ["to somebody's server alone is no API", rule("big", "{ name: vendor }"), { churn: {}, other: {} }],
  ])("%s", (_, rules, expected) => {
    const backends = backend("churn") + backend("other") + backend("vendor", "team", "api.vendor.test");
    expectApis(both + aiRoute(rules) + backends, expected);
  });

  it("may name a Service and a host itself", () => {
    const direct = object(
      `${group}/v1beta1 AIServiceBackend`,
      "churn",
      "spec: { schema: { name: OpenAI }, backendRef: { name: churn, port: 80 } }",
    );
    const yaml = model("churn") + gateway() + direct;
    const hosts = "hostnames: [ai.corp.test], ";
    expectApis(yaml + aiRoute(rule("big", "{ name: churn }"), undefined, hosts), {
      churn: { ...asked("big"), ways: ["http://ai.corp.test prefix:/->/ {x-ai-eg-model: big}"] },
    });
  });

  it("may name an InferencePool", () => {
    const pool = object(
      "inference.networking.k8s.io/v1 InferencePool",
      "pool",
      "spec: { selector: { matchLabels: { app: llm } }, targetPorts: [{ number: 8000 }], endpointPickerRef: { name: picker, port: { number: 9002 } } }",
    );
    const rules = rule("big", "{ group: inference.networking.k8s.io, kind: InferencePool, name: pool }");
    expectApis(gateway() + pool + pod("llm", "app: llm") + aiRoute(rules), { pool: asked("big") });
  });

  it.each<[string, string, RegExp]>([
    ["nothing", "", /^Gateway gw has not accepted it yet\.$/],
    ["that it is refused", condition("Accepted", "False", "reason: Invalid"), /does not accept it: Invalid\.$/],
  ])("whose status says %s is not served", (_, conditions, reason) => {
    const yaml = model("churn") + gateway() + backend("churn");
    expectApis(yaml + aiRoute(rule("big", "{ name: churn }"), conditions), { churn: { reason } });
  });

  it("names a backend that does not exist, or that it may not use", () => {
    const message = (yaml: string): readonly string[] => found(yaml).warnings.map((warning) => warning.message);
    expect(message(both + aiRoute(rule("big", "{ name: gone }"))).join()).toMatch(/^AIServiceBackend team\/gone does/);
    const far = both + aiRoute(rule("big", "{ name: churn, namespace: models }")) + backend("churn", "models");
    expect(message(far).join()).toMatch(/^AIServiceBackend models\/churn lies in another namespace, and no Reference/);
  });

  it.each(["AIGatewayRoute", "HTTPRoute"])("may use a backend of another namespace by a grant for %s", (kind) => {
    const from = kind === "HTTPRoute" ? "gateway.networking.k8s.io" : group;
    const grant = object(
      "gateway.networking.k8s.io/v1beta1 ReferenceGrant",
      "g",
      `spec: { from: [{ group: ${from}, kind: ${kind}, namespace: team }], to: [{ group: ${group}, kind: AIServiceBackend }] }`,
      "namespace: models",
    );
    const far = model("churn", { namespace: "models" }) + backend("churn", "models");
    const yaml = aiRoute(rule("big", "{ name: churn, namespace: models }"));
    expectApis(far + gateway() + grant + yaml, { churn: asked("big") });
  });
});
