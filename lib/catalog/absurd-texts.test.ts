import { describe, expect, it } from "vitest";
import type { Discovery } from "../model/index.ts";
import { discover } from "./discover.ts";
import { expectBounded, foundBounded } from "./testdata/bounds.ts";
import { apiOf, object, probesOf, urlsOf } from "./testdata/objects.ts";
import { condition, gateway, model, parentStatus, route, worldOfObjects } from "./testdata/world.ts";
import type { Raw } from "./testdata/world.ts";

/** Items in flow form, made by their number. */
function many(count: number, make: (index: number) => string): string {
  return `[${Array.from({ length: count }, (_, index) => make(index)).join(", ")}]`;
}

const to = (name: string): string => `backendRefs: [{ name: ${name}, port: 80 }]`;

const annotated = (name: string, value: string): string => `{ "gatebook.dev/${name}": ${JSON.stringify(value)} }`;

const warningsOf = ({ warnings }: Discovery): readonly string[] => warnings.map(({ message }) => message);

describe("absurd names", () => {
  const raw = (kind: string, name: string, more: object, metadata: object = {}): Raw => ({
    apiVersion: kind === "EndpointSlice" ? "discovery.k8s.io/v1" : "v1",
    kind,
    metadata: { name, uid: `${kind} ${name}`, ...metadata },
    ...more,
  });

  /** A Service of the name with a pod that starts uvicorn. */
  const served = (name: string, namespace = "team"): readonly Raw[] => [
    raw(
      "Service",
      name,
      { spec: { clusterIP: "10.0.0.9", selector: { [name]: name }, ports: [{ name: "http", port: 80 }] } },
      { namespace },
    ),
    raw(
      "Pod",
      name,
      { spec: { containers: [{ name, image: name, args: ["uvicorn", "app:app"], env: [{ name, value: name }] }] } },
      { namespace, labels: { [name]: name } },
    ),
    raw(
      "EndpointSlice",
      name,
      {
        ports: [{ name: "http", port: 8000 }],
        endpoints: [{ addresses: ["10.1.0.7"], targetRef: { kind: "Pod", name } }],
      },
      { namespace, labels: { "kubernetes.io/service-name": name } },
    ),
  ];

  it.each([
    ["constructor"],
    ["__proto__"],
    ["toString"],
    ["hasOwnProperty"],
    ["a".repeat(253)],
    ["x".repeat(512)],
    ["模型"],
    ["ünïcödé"],
    ["🦄"],
    ["\u202egnp.exe"],
    ["a b"],
    ["..."],
    ["%2e%2e"],
    ["'\"<script>"],
    ["${NAME}"],
    ["team#pool"],
  ])("%s names an API like any other", (name) => {
    for (const namespace of ["team", name]) {
      const world = worldOfObjects(served(name, namespace));
      const discovery = discover(world);
      expectBounded(discovery, world);
      expect(discovery.apis.map(({ key, server, state }) => [key.name, server, state])).toEqual([
        [name, "fastapi", "ready"],
      ]);
      expect(discovery.apis.map(probesOf)).toEqual([[`${name} 10.1.0.7:8000 10.0.0.9:80`]]);
    }
  });

  it("names that objects inherit mix nothing up", () => {
    const names = ["constructor", "__proto__", "toString", "valueOf"];
    const world = worldOfObjects(names.flatMap((name) => served(name)));
    expect(discover(world).apis.map(({ key }) => key.name)).toEqual([...names].sort());
  });

  it.each([["constructor"], ["__proto__"], ["toString"]])(
    "a state, a format, an owner and an entry point %s",
    (word) => {
      const status = `status: { state: "${word}" }`;
      const discovery = foundBounded(
        object(
          "apps.nvidia.com/v1alpha1 NIMService",
          "nim",
          `spec: { expose: { service: { port: 8000 } } }\n${status}`,
        ) +
          object(
            "machinelearning.seldon.io/v1 SeldonDeployment",
            "seldon",
            `spec: { predictors: [{ name: a, graph: { name: m } }] }\n${status}`,
          ) +
          object("nuclio.io/v1beta1 NuclioFunction", "nuclio", `spec: { triggers: { h: { kind: http } } }\n${status}`) +
          object(
            "serving.kserve.io/v1beta1 InferenceService",
            "kserve",
            `spec: { predictor: { model: { modelFormat: { name: "${word}" } } } }`,
          ) +
          model("owned").replace(
            "name: owned,",
            `name: owned, ownerReferences: [{ apiVersion: v1, kind: ${word}, name: x }],`,
          ) +
          object(
            "traefik.io/v1alpha1 IngressRoute",
            "traefik",
            `spec: { entryPoints: ["${word}"], routes: [{ match: "Host(\`m.test\`)", services: [{ name: owned, port: 80 }] }] }`,
          ),
      );
      const told = discovery.apis.map(({ key, state, server }) => [key.name, `${state} ${server}`]);
      expect(Object.fromEntries(told)).toEqual({
        kserve: "unknown unknown-http",
        nim: "unready nim",
        nuclio: "unready nuclio",
        owned: "ready fastapi",
        seldon: "unready seldon-executor",
      });
      expect(urlsOf(apiOf(discovery, "owned"))).toEqual([]);
    },
  );
});

describe("annotations of 256 KiB", () => {
  const long = "x".repeat(256 * 1024);

  it.each([
    ["title", { title: "x".repeat(200) }],
    ["owner", { owner: "x".repeat(200) }],
    ["tags", { tags: [] }],
    ["visibility", { visibility: { kind: "groups", groups: [] } }],
    ["server", { server: "fastapi" }],
    ["api", { key: { kind: "Service", name: "churn" } }],
    ["line", { lines: [{ name: "main" }] }],
    ["public-url", { endpoints: [{ reach: "cluster" }] }],
    ["openapi-url", { probes: [{ declared: { kind: "url", url: "" } }] }],
    ["openapi-path", { probes: [{ declared: { kind: "path", path: "", port: null } }] }],
    ["openapi-configmap", { probes: [{ declared: { kind: "config-map", name: "" } }] }],
    ["openapi-port", { probes: [{ declared: null }] }],
    ["allow-wake", { probes: [{ mayWake: false }] }],
    ["unheard-of", { title: null }],
  ])("gatebook.dev/%s", (name, expected) => {
    const discovery = foundBounded(
      model("churn", { annotations: annotated(name, name === "public-url" ? `http://a.test/${long}` : long) }),
    );
    expect(discovery.apis).toMatchObject([expected]);
    expect(warningsOf(discovery).every((message) => message.length < 1_000)).toBe(true);
  });

  it.each([
    ["tags", many(5_000, (index) => `t${String(index)}`).slice(1, -1), { tags: { length: 20 } }],
    [
      "visibility",
      `group:${many(5_000, (index) => `g${String(index)}`).slice(1, -1)}`,
      { visibility: { groups: { length: 20 } } },
    ],
  ])("of thousands of %s twenty count", (name, value, expected) => {
    expect(foundBounded(model("churn", { annotations: annotated(name, value) })).apis).toMatchObject([expected]);
  });

  it("a title keeps its letters whole and on one line", () => {
    const [api] = foundBounded(
      model("churn", { annotations: annotated("title", `a\u0000\u0007\n${"🦄".repeat(500)}`) }),
    ).apis;
    expect(api?.title?.isWellFormed()).toBe(true);
    expect(api?.title).toMatch(/^a 🦄+$/u);
  });

  it.each([
    ["nginx.ingress.kubernetes.io/server-alias", "host"],
    ["nginx.ingress.kubernetes.io/rewrite-target", "path"],
    ["konghq.com/plugins", "plugins"],
    ["haproxy.router.openshift.io/rewrite-target", "path"],
  ])("%s of a route", (name) => {
    const ingress = object(
      "networking.k8s.io/v1 Ingress",
      "i",
      `spec: { rules: [{ host: m.test, http: { paths: [{ path: /a, pathType: Prefix, backend: { service: { name: churn, port: { number: 80 } } } }] } }] }
status: { loadBalancer: { ingress: [{ ip: 10.8.8.8 }] } }`,
      `annotations: { "${name}": "${many(20_000, (index) => `a${String(index)}.test`).slice(1, -1)}" }`,
    );
    const [api] = foundBounded(model("churn") + ingress).apis;
    expect(api?.endpoints.length).toBeLessThanOrEqual(201);
  });
});

describe("texts that no store takes", () => {
  it("an address with a control character is not shown, and that is said", () => {
    const ingress = object(
      "networking.k8s.io/v1 Ingress",
      "i",
      `spec: { rules: [{ host: m.test, http: { paths: [
  { path: "/a\\0b", pathType: Prefix, backend: { service: { name: churn, port: { number: 80 } } } },
  { path: /fine, pathType: Prefix, backend: { service: { name: churn, port: { number: 80 } } } }] } }] }
status: { loadBalancer: { ingress: [{ ip: 10.8.8.8 }] } }`,
    );
    const api = apiOf(foundBounded(model("churn") + ingress), "churn");
    expect(urlsOf(api)).toEqual(["http://m.test/fine"]);
    expect(api.stateReason).toMatch(/cannot stand in a URL/);
  });

  it("nor is one that is too long", () => {
    const long = `/${"a".repeat(1_990)}`;
    const rule = `{ matches: [{ path: { value: ${long} } }], ${to("churn")} }`;
    const api = apiOf(foundBounded(model("churn") + gateway() + route("r", rule)), "churn");
    expect(urlsOf(api)).toEqual([]);
    expect(api.stateReason).toMatch(/too long/);
  });

  it.each([["\\0"], ["\\n"], ["\\x07"], ["\\ud83d"]])("what is wrong is said without %s", (letter) => {
    const refusal = parentStatus({ conditions: condition("Accepted", "False", `message: "no${letter}way"`) });
    const made = route("r", `{ ${to("churn")} }`, { status: refusal });
    expect(apiOf(foundBounded(model("churn") + gateway() + made), "churn").stateReason).toMatch(
      /^Gateway gw does not accept it: no.way\.$/,
    );
  });
});
