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

describe("joining", () => {
  const canary =
    model("stable") +
    model("canary") +
    gateway() +
    route(
      "forecast",
      "{ backendRefs: [{ name: stable, port: 80, weight: 90 }, { name: canary, port: 80, weight: 10 }] }",
    );

  it("Services that a route weighs are revisions of one API, each asked by itself", () => {
    const api = only(discover(worldOf(canary)));
    expect(api.key).toMatchObject({ kind: "HTTPRoute", name: "forecast" });
    expect(api.revisions.map(({ name, trafficPercent }) => [name, trafficPercent])).toEqual([
      ["stable", 90],
      ["canary", 10],
    ]);
    expect(api.lines[0]?.currentRevision).toBe("stable");
    expect(api.probes.flatMap(({ addresses }) => addresses).every(({ host }) => host !== "10.9.9.9")).toBe(true);
  });

  it("two routes to one Service are two endpoints of one API", () => {
    const world = worldOf(
      model("churn") +
        gateway() +
        route("one", `{ ${to("churn")} }`, { hosts: "[a.test]" }) +
        route("two", `{ ${to("churn")} }`, { hosts: "[b.test]" }),
    );
    expect(publicUrls(only(discover(world)))).toEqual(["http://a.test", "http://b.test"]);
  });

  it("workloads that claim one name are lines of one API, the oldest first", () => {
    const name = "{ gatebook.dev/api: scores }";
    const { apis, warnings } = discover(
      worldOf(
        model("late", { annotations: name, created: "2026-02-01T00:00:00Z" }) + model("early", { annotations: name }),
      ),
    );
    expect(apis.map(({ key }) => [key.kind, key.name])).toEqual([["ApiDescription", "scores"]]);
    expect(apis[0]?.lines.map(({ name: line, currentRevision }) => [line, currentRevision])).toEqual([
      ["main", "early"],
      ["late", "late"],
    ]);
    expect(warnings).toEqual([]);
  });

  it("during a rolling update the old pods stay current until they are gone", () => {
    const old = model("churn", { hash: "aaa" });
    const fresh = model("churn", { hash: "bbb" }).replaceAll("2026-01-01", "2026-03-01");
    const both = only(discover(worldOf(old + fresh.slice(fresh.indexOf("kind: Pod") - 22))));
    expect(both.lines[0]?.currentRevision).toBe("churn");
    expect(both.revisions.map(({ name }) => name)).toEqual(["churn", "churn-bbb"]);
    const before = only(discover(worldOf(old))).probes[0]?.probeKey;
    expect(both.probes.find(({ revision }) => revision === "churn")?.probeKey).toBe(before);
  });

  it("a probe's key changes with the template and not with the pods", () => {
    const key = (yaml: string): string | undefined => only(discover(worldOf(yaml))).probes[0]?.probeKey;
    const one = model("churn");
    expect(key(one.replaceAll("churn-aaa", "churn-other").replaceAll("10.1.0.7", "10.1.0.8"))).toBe(key(one));
    expect(key(model("churn", { hash: "bbb" }))).not.toBe(key(one));
    expect(key(model("churn", { annotations: "{ gatebook.dev/openapi-path: /docs.json }" }))).not.toBe(key(one));
  });
});

describe("InferenceServices", () => {
  const service = (status: string, more = ""): string =>
    `\n---\napiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata: { name: iris, generation: 1, annotations: { serving.kserve.io/deploymentMode: Standard } ${more} }\nspec: { predictor: { model: { modelFormat: { name: sklearn }, runtime: kserve-mlserver, protocolVersion: v2 } } }\n${status}\n`;
  const ready = "status: { url: http://iris-team.models.test, conditions: [{ type: Ready, status: 'True' }] }";

  it("one API, with its Service, pods and route folded in", () => {
    const child = model("iris-predictor")
      .replaceAll(
        "labels: { app: iris-predictor",
        "labels: { serving.kserve.io/inferenceservice: iris, app: iris-predictor",
      )
      .replace("annotations: {} }", "labels: { serving.kserve.io/inferenceservice: iris } }");
    const api = only(
      discover(
        worldOf(
          service(ready) +
            child +
            gateway("[{ name: h, port: 8080, protocol: HTTP }]") +
            route("iris", `{ ${to("iris-predictor")} }`, { hosts: "[iris-team.models.test]" }),
        ),
      ),
    );
    expect(api).toMatchObject({
      key: { kind: "InferenceService", name: "iris" },
      server: "mlserver",
      protocol: "open-inference",
      state: "ready",
    });
    expect(publicUrls(api)).toEqual(["http://iris-team.models.test:8080"]);
    expect(api.probes).toMatchObject([{ modelName: "iris", hold: null }]);
  });

  it.each([
    [
      "stopped",
      service(ready).replace("deploymentMode: Standard", 'deploymentMode: Standard, serving.kserve.io/stop: "true"'),
      "stopped",
      "stopped",
    ],
    [
      "scaled to zero",
      `${service(ready)}---\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: iris-predictor }\nspec: { replicas: 0 }`,
      "scaled-to-zero",
      "scaled-to-zero",
    ],
    [
      "not ready",
      service("status: { conditions: [{ type: Ready, status: 'False', message: Pulling }] }"),
      "unready",
      "not-ready",
    ],
    [
      "failed",
      service(
        "status: { conditions: [{ type: Ready, status: 'False' }], modelStatus: { states: { activeModelState: FailedToLoad }, lastFailureInfo: { message: no file } } }",
      ),
      "broken",
      "not-ready",
    ],
    ["silent", service(""), "unknown", "not-ready"],
  ])("%s is %s and is not asked", (_, yaml, state, hold) => {
    const api = only(discover(worldOf(yaml)));
    expect(api.state).toBe(state);
    expect(api.probes.every((probe) => probe.hold === hold)).toBe(true);
  });

  it("an address under example.com is marked as the fiction that it is", () => {
    const [endpoint] = only(discover(worldOf(service(ready.replace("models.test", "example.com"))))).endpoints;
    expect(endpoint?.problem).toMatch(/fiction/);
  });
});

describe("ApiDescriptions", () => {
  const describing = (name: string, created: string, target = "{ kind: Service, name: churn }"): string =>
    `\n---\napiVersion: gatebook.dev/v1alpha1\nkind: ApiDescription\nmetadata: { name: ${name}, creationTimestamp: "${created}" }\nspec: { title: ${name}, targetRefs: [${target}], description: { path: /own.json } }\n`;

  it("of two for one object the older counts, and the other is told", () => {
    const { apis, warnings } = discover(
      worldOf(
        model("churn") + describing("late", "2026-02-01T00:00:00Z") + describing("early", "2026-01-01T00:00:00Z"),
      ),
    );
    expect(apis.map(({ key, title }) => [key.kind, key.name, title])).toEqual([["ApiDescription", "early", "early"]]);
    expect(apis[0]?.probes[0]?.declared).toEqual({ kind: "path", path: "/own.json", port: null });
    expect(warnings).toMatchObject([
      { object: { name: "late" }, message: expect.stringMatching(/early is older/) as string },
    ]);
  });

  it("one whose target is no API says so", () => {
    const { warnings } = discover(worldOf(describing("lost", "2026-01-01T00:00:00Z", "{ kind: Service, name: gone }")));
    expect(warnings).toMatchObject([
      { object: { kind: "ApiDescription", name: "lost" }, message: expect.stringMatching(/gone is no API/) as string },
    ]);
  });

  it("it lists what nothing else would list", () => {
    const bare = model("churn", { args: '["./server"]' });
    expect(discover(worldOf(bare)).apis).toEqual([]);
    expect(only(discover(worldOf(bare + describing("churn", "2026-01-01T00:00:00Z")))).key.kind).toBe("ApiDescription");
  });
});

describe("who may see it", () => {
  const seen = (visibility: string, publicNamespaces: readonly string[] = []) =>
    discover(
      worldOf(model("churn", { annotations: `{ gatebook.dev/visibility: "${visibility}" }` }), { publicNamespaces }),
    );

  it("public only where an admin allows the namespace", () => {
    expect(only(seen("public")).visibility).toEqual({ kind: "signed-in" });
    expect(seen("public").warnings).toHaveLength(1);
    expect(only(seen("public", ["team"])).visibility).toEqual({ kind: "public" });
  });

  it("groups as named; a word that cannot be read hides it from all but admins", () => {
    expect(only(seen("group:fraud,risk")).visibility).toEqual({ kind: "groups", groups: ["fraud", "risk"] });
    expect(only(seen("gruop:fraud")).visibility).toEqual({ kind: "groups", groups: [] });
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
