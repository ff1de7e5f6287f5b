import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { DiscoveredApi, Discovery } from "../model/index.ts";
import { discover, mayRetire } from "./discover.ts";
import { acceptedBy, gateway, model, route, worldOf } from "./testdata/world.ts";

const to = (name: string): string => `backendRefs: [{ name: ${name}, port: 80 }]`;

function only(discovery: Discovery): DiscoveredApi {
  const [api, ...more] = discovery.apis;
  if (api === undefined || more.length > 0)
    throw new Error(`Not one API: ${discovery.apis.map(({ key }) => key.name).join()}`);
  return api;
}

function publicUrls(api: DiscoveredApi): readonly string[] {
  return api.endpoints.filter(({ reach }) => reach === "public").map(({ url }) => url);
}

describe("what is an API", () => {
  it("a Service whose pod is recognised, without a route and without an annotation", () => {
    const api = only(discover(worldOf(model("churn"))));
    expect(api).toMatchObject({
      server: "fastapi",
      protocol: "rest",
      state: "ready",
      internalUrl: "http://churn.team.svc:80",
      lines: [{ name: "main", currentRevision: "churn" }],
    });
    expect(api.probes).toMatchObject([
      {
        hold: null,
        addresses: [
          { host: "10.1.0.7", port: 8000 },
          { host: "10.0.0.5", port: 80 },
        ],
      },
    ]);
  });

  it("a Service that a route reaches, whatever runs behind it", () => {
    const world = worldOf(model("shop", { args: '["./server"]' }) + gateway() + route("shop", `{ ${to("shop")} }`));
    expect(only(discover(world)).server).toBe("unknown-http");
  });

  it.each([
    ["a database", model("db", { image: "docker.io/library/postgres:18", args: "[]" }), /infrastructure/],
    [
      "what nobody routes to and nothing shows to be a model",
      model("thing", { args: '["./server"]' }),
      /No route reaches it/,
    ],
    ["a Service in a namespace of the cluster", model("churn", { namespace: "kube-system" }), /belongs to the cluster/],
    ["what asks to be left alone", model("churn", { annotations: '{ gatebook.dev/ignore: "true" }' }), /asks for it/],
    [
      "an alias",
      "apiVersion: v1\nkind: Service\nmetadata: { name: alias }\nspec: { type: ExternalName, externalName: 169.254.169.254 }",
      /alias/,
    ],
    [
      "a Service of metrics alone",
      "apiVersion: v1\nkind: Service\nmetadata: { name: m }\nspec: { ports: [{ name: metrics, port: 9090 }] }",
      /None of its ports/,
    ],
    [
      "a route that only redirects",
      gateway() + route("r", "{ filters: [{ type: RequestRedirect }] }"),
      /only redirects/,
    ],
  ])("not %s, and says why", (_, yaml, reason) => {
    const { apis, leftOut } = discover(worldOf(yaml));
    expect(apis).toEqual([]);
    expect(leftOut.map((entry) => entry.reason).join()).toMatch(reason);
  });

  it("a headless twin folds into its Service", () => {
    const twin =
      "\n---\napiVersion: v1\nkind: Service\nmetadata: { name: churn-headless }\nspec: { clusterIP: None, selector: { app: churn }, ports: [{ name: http, port: 80 }] }\n";
    expect(only(discover(worldOf(model("churn") + twin))).key.name).toBe("churn");
  });

  it("objects of absurd shapes cost nobody else anything", () => {
    const absurd = [
      "spec: 7",
      "spec: { ports: 7 }",
      "spec: { ports: [7, null, { port: x }] }",
      "spec: { selector: [1] }",
      "status: []",
    ].map(
      (body, index) => `\n---\napiVersion: v1\nkind: Service\nmetadata: { name: absurd-${String(index)} }\n${body}\n`,
    );
    const routes = [
      "spec: []",
      "spec: { rules: 7, parentRefs: {} }",
      "spec: { rules: [{ matches: 7, backendRefs: [7] }] }",
    ].map(
      (body, index) =>
        `\n---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: absurd-${String(index)} }\n${body}\n`,
    );
    expect(
      discover(worldOf(model("churn") + absurd.join("") + routes.join(""))).apis.map(({ key }) => key.name),
    ).toEqual(["churn"]);
  });
});

describe("public URLs", () => {
  it.each([
    [
      "host and prefix",
      `{ matches: [{ path: { type: PathPrefix, value: /churn } }], ${to("churn")} }`,
      ["http://models.test/churn"],
    ],
    [
      "an exact path",
      `{ matches: [{ path: { type: Exact, value: /predict } }], ${to("churn")} }`,
      ["http://models.test/predict"],
    ],
    ["everything", `{ ${to("churn")} }`, ["http://models.test"]],
    [
      "a pattern for everything",
      `{ matches: [{ path: { type: RegularExpression, value: "^/.*$" } }], ${to("churn")} }`,
      ["http://models.test"],
    ],
    ["no pattern else", `{ matches: [{ path: { type: RegularExpression, value: "/v[0-9]" } }], ${to("churn")} }`, []],
  ])("%s", (_, rule, urls) => {
    expect(publicUrls(only(discover(worldOf(model("churn") + gateway() + route("churn", rule)))))).toEqual(urls);
  });

  it("the rewrite of a prefix is kept for the way back", () => {
    const rule = `{ matches: [{ path: { value: /churn } }], filters: [{ type: URLRewrite, urlRewrite: { path: { type: ReplacePrefixMatch, replacePrefixMatch: / } } }], ${to("churn")} }`;
    const [endpoint] = only(discover(worldOf(model("churn") + gateway() + route("churn", rule)))).endpoints;
    expect(endpoint?.paths).toEqual([
      { match: "prefix", publicPath: "/churn", backendPath: "/", methods: null, headers: [], except: [] },
    ]);
    expect(endpoint?.address).toEqual({ scheme: "http", host: "10.9.9.9", port: 80, hostHeader: "models.test" });
  });

  it.each([
    [
      "TLS and its own port",
      '[{ name: s, port: 443, protocol: HTTPS, hostname: "*.test" }]',
      "[models.test]",
      ["https://models.test"],
    ],
    ["another port", "[{ name: h, port: 8080, protocol: HTTP }]", "[models.test]", ["http://models.test:8080"]],
    ["hosts that do not meet", '[{ name: h, port: 80, protocol: HTTP, hostname: "*.other" }]', "[models.test]", []],
    [
      "the listener's host where the route names none",
      "[{ name: h, port: 80, protocol: HTTP, hostname: l.test }]",
      "[]",
      ["http://l.test"],
    ],
    ["a wildcard is no URL", '[{ name: h, port: 80, protocol: HTTP, hostname: "*.test" }]', '["*.test"]', []],
    ["the address where nobody names a host", "[{ name: h, port: 80, protocol: HTTP }]", "[]", ["http://10.9.9.9"]],
    ["no TCP", "[{ name: t, port: 80, protocol: TCP }]", "[models.test]", []],
  ])("listeners: %s", (_, listeners, hosts, urls) => {
    expect(
      publicUrls(
        only(discover(worldOf(model("churn") + gateway(listeners) + route("churn", `{ ${to("churn")} }`, { hosts })))),
      ),
    ).toEqual(urls);
  });

  it.each([
    [
      "not accepted",
      "\nstatus: { parents: [{ parentRef: { name: gw }, conditions: [{ type: Accepted, status: 'False', message: NoMatch }] }] }",
      /does not accept it: NoMatch/,
    ],
    ["accepted in an older form", acceptedBy("gw", 0), /present form/],
    ["not seen by any gateway", "", /not accepted it yet/],
  ])("none where the route is %s, and the reason is said", (_, status, reason) => {
    const api = only(discover(worldOf(model("churn") + gateway() + route("churn", `{ ${to("churn")} }`, { status }))));
    expect(publicUrls(api)).toEqual([]);
    expect(api.stateReason).toMatch(reason);
    expect(api.state).toBe("ready");
  });

  it("manifests have no status: what they say is taken as accepted and marked", () => {
    const api = only(
      discover(
        worldOf(model("churn") + gateway() + route("churn", `{ ${to("churn")} }`, { status: "" }), {
          confirming: false,
        }),
      ),
    );
    expect(publicUrls(api)).toEqual(["http://models.test"]);
    expect(api.confirmedByCluster).toBe(false);
  });

  it("a header that the route matches on is said, a method narrows the path", () => {
    const rule = `{ matches: [{ method: POST, headers: [{ name: x-model, value: churn }] }], ${to("churn")} }`;
    const [endpoint] = only(discover(worldOf(model("churn") + gateway() + route("churn", rule)))).endpoints;
    expect(endpoint?.requiredHeaders).toEqual([{ name: "x-model", value: "churn" }]);
    expect(endpoint?.paths[0]?.methods).toEqual(["POST"]);
  });

  it("a Service of another namespace needs a ReferenceGrant there", () => {
    const crossing =
      model("churn", { namespace: "models" }) +
      gateway() +
      route("churn", "{ backendRefs: [{ name: churn, namespace: models, port: 80 }] }");
    expect(publicUrls(only(discover(worldOf(crossing))))).toEqual([]);
    const grant = `\n---\napiVersion: gateway.networking.k8s.io/v1beta1\nkind: ReferenceGrant\nmetadata: { name: g, namespace: models }\nspec: { from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: team }], to: [{ group: "", kind: Service }] }\n`;
    expect(publicUrls(only(discover(worldOf(crossing + grant))))).toEqual(["http://models.test"]);
  });

  it("an Ingress, with TLS, and a prefix that ingress-nginx strips", () => {
    const ingress = `\n---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: i, annotations: { nginx.ingress.kubernetes.io/rewrite-target: /$2 } }\nspec: { tls: [{ hosts: [i.test] }], rules: [{ host: i.test, http: { paths: [{ path: "/churn(/|$)(.*)", pathType: ImplementationSpecific, backend: { service: { name: churn, port: { number: 80 } } } }] } }] }\nstatus: { loadBalancer: { ingress: [{ ip: 10.8.8.8 }] } }\n`;
    const [endpoint] = only(discover(worldOf(model("churn") + ingress))).endpoints;
    expect(endpoint).toMatchObject({
      url: "https://i.test/churn",
      paths: [{ publicPath: "/churn", backendPath: "/" }],
      address: { scheme: "https", host: "10.8.8.8", port: 443, hostHeader: "i.test" },
    });
  });

  it("a thousand matches are bounded", () => {
    const matches = Array.from({ length: 1_000 }, (_, index) => `{ path: { value: /p${String(index)} } }`).join(", ");
    const api = only(
      discover(worldOf(model("churn") + gateway() + route("churn", `{ matches: [${matches}], ${to("churn")} }`))),
    );
    expect(api.endpoints.length).toBeLessThanOrEqual(65);
  });
});

describe("what is gone", () => {
  it("is never concluded from a list that is not current", () => {
    const discovery = discover(worldOf("", { stale: ["HTTPRoute"] }));
    expect(discovery.staleKinds).toEqual(["HTTPRoute"]);
    expect(mayRetire(discovery, { kind: "Service" })).toBe(false);
    expect(mayRetire(discovery, { kind: "InferenceService" })).toBe(true);
    expect(mayRetire(discover(worldOf("")), { kind: "Service" })).toBe(true);
  });
});

it("the order of objects makes no difference", () => {
  const yaml =
    model("a") +
    model("b") +
    gateway() +
    route("x", `{ ${to("a")} }`) +
    route("y", "{ backendRefs: [{ name: a, port: 80 }, { name: b, port: 80 }] }") +
    model("c", { annotations: "{ gatebook.dev/api: z }" });
  expect(discover(worldOf(yaml, { reversed: true }))).toEqual(discover(worldOf(yaml)));
});

const samples = path.join(
  process.env["GATEBOOK_SHARED"] ?? path.join(import.meta.dirname, "../../../shared"),
  "samples",
  "_with-status",
);
it.skipIf(!existsSync(samples))("real resources with status: each is read, none throws", () => {
  for (const file of readdirSync(samples).filter((name) => name.endsWith(".yaml"))) {
    const discovery = discover(worldOf(readFileSync(path.join(samples, file), "utf8")));
    for (const api of discovery.apis) for (const { url } of api.endpoints) expect(URL.canParse(url)).toBe(true);
  }
});
