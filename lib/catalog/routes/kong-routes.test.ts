import { describe, expect, it } from "vitest";
import { factsOf, object, onlyApi } from "../testdata/objects.ts";
import { expectApis, gateway, model, route } from "../testdata/world.ts";
import type { ExpectedApi } from "../testdata/world.ts";

const site = "http://m.corp.test";

/** An Ingress of Kong's to churn, with annotations without their prefix. */
function ingress(words: readonly string[], path = "/churn", type = "Prefix"): string {
  const backend = "{ service: { name: churn, port: { number: 80 } } }";
  return object(
    "networking.k8s.io/v1 Ingress",
    "i",
    `spec: { ingressClassName: kong, rules: [{ host: m.corp.test, http: { paths: [{ path: "${path}", pathType: ${type}, backend: ${backend} }] } }] }
status: { loadBalancer: { ingress: [{ ip: 10.8.8.8 }] } }`,
    `annotations: ${annotations(words)}`,
  );
}

function annotations(words: readonly string[]): string {
  return `{ ${words.map((word) => `konghq.com/${word}`).join(", ")} }`;
}

const churn = (words: readonly string[] = []): string => model("churn", { annotations: annotations(words) });
const through = (more: string): ExpectedApi => ({ ways: [`${site}/churn prefix:/churn->${more}`] });

describe("Kong's words on an Ingress and its Service", () => {
  it.each<[string, readonly string[], readonly string[], ExpectedApi]>([
    ["nothing changes nothing", [], [], through("/churn")],
    ["strip-path takes the path away", ['strip-path: "true"'], [], through("/")],
    ["strip-path that is false does not", ['strip-path: "false"'], [], through("/churn")],
    ["path of the Service stands before it", [], ["path: /api/"], through("/api/churn")],
    ["path of the Service stands in the place of it", ['strip-path: "true"'], ["path: /api"], through("/api")],
    ["rewrite makes one path of all", ["rewrite: /predict"], [], { ways: [`${site}/churn exact:/churn->/predict`] }],
    [
      "rewrite by groups is told",
      ["rewrite: /api/$1"],
      [],
      { reason: "Kong changes its paths by the pattern /api/$1." },
    ],
    ["methods narrow it", ['methods: "get, POST"'], [], through("/churn GET/POST")],
    [
      "headers are asked for; of several values none is told",
      ["headers.x-model: churn", 'headers.x-v: "1,2"'],
      [],
      { ...through("/churn {x-model: churn, x-v}"), headers: ["x-model: churn", "x-v"] },
    ],
    [
      "host-aliases are hosts beside its own",
      ["host-aliases: B.corp.test"],
      [],
      { ways: ["http://b.corp.test/churn prefix:/churn->/churn", ...(through("/churn").ways ?? [])] },
    ],
    ["https alone is https", ["protocols: https"], [], { ways: ["https://m.corp.test/churn prefix:/churn->/churn"] }],
    ["https beside http is http", ['protocols: "http,https"'], [], through("/churn")],
  ])("%s", (_, words, ofService, expected) => {
    expectApis(churn(ofService) + ingress(words), { churn: expected });
  });

  it.each<[string, readonly string[], string, string, ExpectedApi]>([
    [
      "an exact path is stripped whole",
      ['strip-path: "true"'],
      "/churn",
      "Exact",
      { ways: [`${site}/churn exact:/churn->/`] },
    ],
    [
      "a path that is marked as a pattern is no URL",
      [],
      "/~/churn/[0-9]+$",
      "ImplementationSpecific",
      { reason: "The path /~/churn/[0-9]+$ is a pattern, which is no URL." },
    ],
  ])("%s", (_, words, path, type, expected) => {
    expectApis(churn() + ingress(words, path, type), { churn: expected });
  });
});

describe("Kong's plugins", () => {
  const plugin = (name: string, body: string, kind = "KongPlugin", namespace = "team"): string =>
    object(`configuration.konghq.com/v1 ${kind}`, name, body, `namespace: "${namespace}"`);
  const named = ["plugins: auth"];
  const none: ExpectedApi = through("/churn");
  const asking = (facts: Readonly<Record<string, string>>): ExpectedApi => ({ ...none, facts });

  it.each<[string, readonly string[], string, ExpectedApi]>([
    [
      "that ask who calls are told with the places where they look",
      named,
      plugin("auth", "plugin: key-auth\nconfig: { key_names: [apikey, x-key] }"),
      asking({ Authentication: "key-auth in apikey or x-key" }),
    ],
    [
      "that limit calls are told with their limits",
      ['plugins: "auth, rate"'],
      plugin("auth", "plugin: jwt") + plugin("rate", "plugin: rate-limiting\nconfig: { minute: 5, policy: local }"),
      asking({ Authentication: "jwt", "Rate limit": "5 a minute" }),
    ],
    [
      "of the cluster count too",
      named,
      plugin("auth", "plugin: oauth2", "KongClusterPlugin", ""),
      asking({ Authentication: "oauth2" }),
    ],
    [
      "of the namespace come before them",
      named,
      plugin("auth", "plugin: oauth2", "KongClusterPlugin", "") + plugin("auth", "plugin: jwt"),
      asking({ Authentication: "jwt" }),
    ],
    [
      "that let in some callers are told",
      named,
      plugin("auth", "plugin: acl\nconfig: { allow: [a] }"),
      asking({ Callers: "only some of them are let in (acl)" }),
    ],
    [
      "that answer by themselves are a problem",
      named,
      plugin("auth", "plugin: request-termination\nconfig: { status_code: 503 }"),
      {
        ...none,
        problems: ["Kong answers by itself there (plugin auth)."],
        reason: "Kong answers by itself there (plugin auth).",
      },
    ],
    [
      "that change paths are a problem",
      named,
      plugin("auth", "plugin: request-transformer\nconfig: { replace: { uri: /x } }"),
      {
        ...none,
        problems: [/^Kong changes its paths \(plugin auth\)/],
        reason: /\(plugin auth\), which is not followed/,
      },
    ],
  ])("%s", (_, words, objects, expected) => {
    expectApis(churn() + objects + ingress(words), { churn: expected });
  });

  it("of the Service count too", () => {
    const size = plugin("size", "plugin: request-size-limiting\nconfig: { allowed_payload_size: 8 }");
    expectApis(churn(["plugins: size"]) + size + ingress([]), { churn: asking({ "Largest body": "8 megabytes" }) });
  });

  it.each([
    ["are disabled", plugin("auth", "plugin: key-auth\ndisabled: true")],
    ["lie in another namespace", plugin("auth", "plugin: key-auth", "KongPlugin", "apps")],
    ["nobody names", plugin("another", "plugin: key-auth")],
  ])("that %s say nothing", (_, objects) => {
    const yaml = churn() + objects + ingress(named);
    expectApis(yaml, { churn: none });
    expect(factsOf(onlyApi(yaml))).not.toHaveProperty("Authentication");
  });

  it("and its words count on an HTTPRoute", () => {
    const words = annotations(['strip-path: "true"', "methods: POST", "plugins: auth"]);
    const rule = "{ matches: [{ path: { value: /churn } }], backendRefs: [{ name: churn, port: 80 }] }";
    const yaml = churn() + gateway() + route("r", rule, { hosts: "[m.corp.test]", annotations: words });
    const expected = { ...through("/ POST"), facts: { Authentication: "key-auth" } };
    expectApis(yaml + plugin("auth", "plugin: key-auth"), { churn: expected });
  });
});
