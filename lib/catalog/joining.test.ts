import { describe, expect, it } from "vitest";
import {
  apiOf,
  found,
  leftOutOf,
  namesOf,
  object,
  onlyApi,
  pod,
  probesOf,
  revisionsOf,
  service,
  slice,
  urlsOf,
} from "./testdata/objects.ts";
import { gateway, model, route } from "./testdata/world.ts";

const everywhere = "[{ name: http, port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: All } } }]";
const weighing = (...backends: readonly string[]): string =>
  `{ backendRefs: [${backends.map((own) => `{ ${own} }`).join(", ")}] }`;
const grantFor = (kind: string, from: string, to: string): string =>
  object(
    "gateway.networking.k8s.io/v1beta1 ReferenceGrant",
    "grant",
    `spec: { from: [{ group: gateway.networking.k8s.io, kind: ${kind}, namespace: ${from} }], to: [{ group: "", kind: Service }] }`,
    `namespace: ${to}`,
  );
const memberNames = ({ members }: ReturnType<typeof onlyApi>): readonly string[] =>
  members.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`);

describe("Services that a route weighs", () => {
  it.each([
    ["weights are shares of their sum", ["stable 66.7", "canary 33.3"], "weight: 2", "weight: 1"],
    ["a weight that is not written is 1", ["canary 75", "stable 25"], "", "weight: 3"],
    ["a weight of 0 is a revision without traffic", ["stable 100", "canary 0"], "weight: 1", "weight: 0"],
    ["of equal shares the names decide the order", ["canary 50", "stable 50"], "weight: 5", "weight: 5"],
  ])("%s", (_, revisions, stable, canary) => {
    const rule = weighing(`name: stable, port: 80, ${stable}`, `name: canary, port: 80, ${canary}`);
    const api = onlyApi(model("stable") + model("canary") + gateway() + route("forecast", rule));
    expect(revisionsOf(api)).toEqual(revisions);
    expect(memberNames(api)).toEqual(["HTTPRoute team/forecast", "Service team/stable", "Service team/canary"]);
  });

  const canary = weighing("name: stable, port: 80, weight: 90", "name: canary, port: 80, weight: 10");

  it("each is asked by itself, at its own pods and its own Service, and never where traffic is split", () => {
    const api = onlyApi(model("stable") + model("canary") + gateway() + route("forecast", canary));
    expect(probesOf(api)).toEqual(["canary 10.1.0.7:8000 10.0.0.5:80", "stable 10.1.0.7:8000 10.0.0.5:80"]);
    expect(api.lines).toEqual([{ name: "main", currentRevision: "stable" }]);
  });

  it("a canary that is not there yet changes neither the API's identity nor the other one's share", () => {
    const api = onlyApi(model("stable") + gateway() + route("forecast", canary));
    expect(api.key).toMatchObject({ kind: "HTTPRoute", name: "forecast" });
    expect(memberNames(api)).toEqual(["HTTPRoute team/forecast", "Service team/stable"]);
    expect(revisionsOf(api)).toEqual(["stable 90"]);
    expect(api.endpoints[0]?.problem).toBe("10 % of the calls fail: Service team/canary does not exist.");
  });

  it("a route both of whose Services are missing is no API, and is told", () => {
    const { apis, warnings } = found(gateway() + route("forecast", canary));
    expect(apis).toEqual([]);
    expect(warnings.map(({ message }) => message)).toEqual([
      "Service team/stable does not exist.",
      "Service team/canary does not exist.",
    ]);
  });

  it("one that is not ready keeps its share, and is not asked", () => {
    const api = onlyApi(model("stable") + model("canary", { ready: false }) + gateway() + route("forecast", canary));
    expect(revisionsOf(api)).toEqual(["stable 90", "canary 10 unready"]);
    expect(probesOf(api)).toEqual(["canary held not-ready", "stable 10.1.0.7:8000 10.0.0.5:80"]);
    expect(api).toMatchObject({ state: "ready", lines: [{ currentRevision: "stable" }] });
  });

  it("two ports of one Service are weighed, and it stays one API of its own name", () => {
    const rule = weighing("name: churn, port: 80, weight: 50", "name: churn, port: 81, weight: 50");
    const ports = "[{ name: http, port: 80, targetPort: 8000 }, { name: http-alt, port: 81, targetPort: 8001 }]";
    const yaml =
      service("churn", "app: churn", { ports }) + pod("churn-a", "app: churn") + slice("churn", ["churn-a 10.1.0.7"]);
    expect(namesOf(found(yaml + gateway() + route("forecast", rule)))).toEqual(["Service churn"]);
  });

  it("rules that have a Service in common make one API, split as the widest of them says", () => {
    const narrow = `{ matches: [{ path: { value: /beta } }], ${weighing("name: b, port: 80, weight: 1", "name: c, port: 80, weight: 1").slice(2)}`;
    const wide = weighing("name: a, port: 80, weight: 3", "name: b, port: 80, weight: 1");
    const api = onlyApi(model("a") + model("b") + model("c") + gateway() + route("forecast", `${narrow}, ${wide}`));
    expect(revisionsOf(api)).toEqual(["a 75", "b 25", "c 0"]);
    expect(api.endpoints.find(({ url }) => url.endsWith("/beta"))?.problem).toBe(
      "Calls there are split otherwise: team/b 50 %, team/c 50 %.",
    );
  });

  it("rules without a Service in common are two APIs, the second known by its oldest Service", () => {
    const rules = ["a", "c"].map(
      (first, index) =>
        `{ matches: [{ path: { value: /p${String(index)} } }], backendRefs: [{ name: ${first}, port: 80 }, { name: ${first}${first}, port: 80 }] }`,
    );
    const yaml =
      ["a", "aa", "c", "cc"].map((name) => model(name)).join("") + gateway() + route("both", rules.join(", "));
    expect(namesOf(found(yaml))).toEqual(["Service c", "HTTPRoute both"]);
  });
});

it("two routes to one Service are two addresses of one API", () => {
  const to = "{ backendRefs: [{ name: churn, port: 80 }] }";
  const yaml =
    model("churn") + gateway() + route("one", to, { hosts: "[a.test]" }) + route("two", to, { hosts: "[b.test]" });
  expect(urlsOf(onlyApi(yaml))).toEqual(["http://a.test", "http://b.test"]);
});

describe("backends of another namespace", () => {
  const rule = weighing("name: stable, port: 80, weight: 80", "name: next, namespace: lab, port: 80, weight: 20");
  const world = model("stable") + model("next", { namespace: "lab" }) + gateway() + route("forecast", rule);

  it("are revisions where a ReferenceGrant lets the route lead there", () => {
    const api = onlyApi(world + grantFor("HTTPRoute", "team", "lab"));
    expect(revisionsOf(api)).toEqual(["stable 80", "next 20"]);
    expect(memberNames(api)).toEqual(["HTTPRoute team/forecast", "Service team/stable", "Service lab/next"]);
  });

  it.each([
    ["no grant", ""],
    ["a grant of the wrong namespace", grantFor("HTTPRoute", "team", "team")],
    ["a grant for another namespace's routes", grantFor("HTTPRoute", "guest", "lab")],
    ["a grant for another kind of route", grantFor("GRPCRoute", "team", "lab")],
  ])("with %s they stand by themselves, without the route's address, and their share fails", (_, grant) => {
    const discovery = found(world + grant);
    expect(namesOf(discovery)).toEqual(["Service next", "HTTPRoute forecast"]);
    const joined = apiOf(discovery, "forecast");
    expect(revisionsOf(joined)).toEqual(["stable 80"]);
    expect(joined.endpoints[0]?.problem).toBe(
      "20 % of the calls fail: Service lab/next lies in another namespace, and no ReferenceGrant there lets this route use it.",
    );
    const other = apiOf(discovery, "next");
    expect(urlsOf(other)).toEqual([]);
    expect(other.stateReason).toBeNull();
    expect(other.provenance.map(({ object: { kind }, says }) => `${kind}: ${says}`)).toContain(
      "HTTPRoute: Service lab/next lies in another namespace, and no ReferenceGrant there lets this route use it.",
    );
  });

  it("a VirtualService of another namespace leads there and claims nothing", () => {
    const away = object(
      "networking.istio.io/v1 VirtualService",
      "away",
      `spec:
  hosts: [away.corp.test]
  gateways: [edge]
  http: [{ route: [{ destination: { host: a.team.svc.cluster.local }, weight: 50 }, { destination: { host: b.team.svc.cluster.local }, weight: 50 }] }]`,
      "namespace: guest",
    );
    const edge = object(
      "networking.istio.io/v1 Gateway",
      "edge",
      'spec: { selector: { istio: edge }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }] }',
      "namespace: guest",
    );
    const discovery = found(model("a") + model("b") + away + edge);
    expect(namesOf(discovery)).toEqual(["Service a", "Service b"]);
    expect(apiOf(discovery, "a").endpoints[0]).toMatchObject({
      url: "http://away.corp.test",
      problem: "50 % of the calls there come to this one; the others go to team/b.",
    });
  });
});

describe("a route of another namespace", () => {
  const words =
    '{ gatebook.dev/title: Theirs, gatebook.dev/owner: guests, gatebook.dev/api: theirs, gatebook.dev/visibility: "group:guests", gatebook.dev/openapi-path: /theirs.json, gatebook.dev/tags: theirs, gatebook.dev/server: triton, gatebook.dev/public-url: "https://theirs.corp.test" }';
  const foreign = (annotations: string): string =>
    route("away", "{ backendRefs: [{ name: churn, namespace: team, port: 80 }] }", {
      namespace: "guest",
      annotations,
      parent: "{ name: gw, namespace: team }",
      status: `
status:
  parents:
    - parentRef: { name: gw, namespace: team }
      controllerName: corp.test/gateway
      conditions: [{ type: Accepted, status: "True", observedGeneration: 1 }, { type: ResolvedRefs, status: "True", observedGeneration: 1 }]`,
    });
  const world = (annotations: string): string =>
    model("churn", { annotations: "{ gatebook.dev/title: Ours }" }) +
    gateway(everywhere) +
    foreign(annotations) +
    grantFor("HTTPRoute", "guest", "team");

  it("gives its address and says nothing else of the API", () => {
    const api = onlyApi(world(words));
    expect(api).toMatchObject({
      key: { kind: "Service", name: "churn" },
      title: "Ours",
      owner: null,
      tags: [],
      server: "fastapi",
      visibility: { kind: "signed-in" },
    });
    expect(api.probes[0]?.declared).toBeNull();
    expect(api.endpoints.find(({ reach }) => reach === "cluster")?.url).toBe("http://churn.team.svc:80");
  });

  it("does not hide it", () => {
    expect(namesOf(found(world('{ gatebook.dev/ignore: "true" }')))).toEqual(["Service churn"]);
  });
});

describe("twins", () => {
  const ready = pod("churn-a", "app: churn") + slice("churn", ["churn-a 10.1.0.7"]);
  const older = 'creationTimestamp: "2026-01-01T00:00:00Z"';
  const newer = 'creationTimestamp: "2026-02-01T00:00:00Z"';

  it("of two names of the same pods and port the older stands for both, with the addresses of both", () => {
    const yaml =
      ready +
      service("churn", "app: churn", { more: newer }) +
      service("old-churn", "app: churn", { more: older, ip: "10.0.0.8" }) +
      slice("old-churn", ["churn-a 10.1.0.7"]) +
      gateway() +
      route("churn", weighing("name: churn, port: 80"));
    const discovery = found(yaml);
    const api = apiOf(discovery, "Service old-churn");
    expect(urlsOf(api)).toEqual(["http://models.test"]);
    expect(memberNames(api)).toEqual(["Service team/old-churn", "Service team/churn"]);
    expect(leftOutOf(discovery)).toEqual({ "Service churn": "It leads to the same pods as Service old-churn." });
  });

  it.each([
    [
      "another port of the pods",
      service("admin", "app: churn", { more: newer, ports: "[{ name: http, port: 80, targetPort: 9000 }]" }),
    ],
    ["a narrower selector", service("admin", "app: churn, track: beta", { more: newer })],
    [
      "another namespace",
      service("admin", "app: churn", { more: `${newer}, namespace: lab, annotations: { gatebook.dev/title: x }` }),
    ],
  ])("%s is another API", (_, other) => {
    const yaml =
      ready + service("churn", "app: churn", { more: older }) + other + pod("beta", "app: churn, track: beta");
    expect([...namesOf(found(yaml))].sort()).toEqual(["Service admin", "Service churn"]);
  });

  it("one port by its number and by its name in the pod is one port", () => {
    const yaml =
      pod("churn-a", "app: churn", { ports: "[{ name: api, containerPort: 8000 }]" }) +
      slice("churn", ["churn-a 10.1.0.7"]) +
      service("churn", "app: churn", { more: older }) +
      service("named", "app: churn", { more: newer, ports: "[{ name: http, port: 80, targetPort: api }]" });
    expect(namesOf(found(yaml))).toEqual(["Service churn"]);
  });

  it("a headless Service alone is an API, whose pods are asked", () => {
    const api = onlyApi(ready + service("churn", "app: churn", { ip: "None" }));
    expect(probesOf(api)).toEqual(["churn 10.1.0.7:8000"]);
  });

  it("a headless Service never stands for one with an address, whichever is older", () => {
    const yaml =
      ready +
      service("churn", "app: churn", { more: newer }) +
      service("churn-headless", "app: churn", { ip: "None", more: older });
    expect(namesOf(found(yaml))).toEqual(["Service churn"]);
  });

  it("an InferencePool stands before a Service of the same pods, which is its address inside", () => {
    const pool = object(
      "inference.networking.k8s.io/v1 InferencePool",
      "qwen",
      "spec: { selector: { matchLabels: { app: qwen } }, targetPorts: [{ number: 8000 }], endpointPickerRef: { name: qwen-epp, port: { number: 9002 } } }",
      newer,
    );
    const vllm = pod("qwen-a", "app: qwen", {
      image: "docker.io/vllm/vllm-openai:v0.9.0",
      args: "[--model, Qwen/Qwen3-8B]",
    });
    const discovery = found(
      pool + vllm + service("qwen-svc", "app: qwen", { more: older }) + slice("qwen-svc", ["qwen-a 10.1.0.7"]),
    );
    const api = apiOf(discovery, "InferencePool qwen");
    expect(api).toMatchObject({
      server: "vllm",
      modelName: "Qwen/Qwen3-8B",
      internalUrl: "http://qwen-svc.team.svc:80",
    });
    expect(memberNames(api)).toEqual(["InferencePool team/qwen", "Service team/qwen-svc"]);
    expect(leftOutOf(discovery)).toEqual({ "Service qwen-svc": "It leads to the same pods as InferencePool qwen." });
  });

  it("a twin that is weighed belongs to the API of its route", () => {
    const yaml =
      model("stable") +
      model("canary") +
      service("stable-headless", "app: stable", { ip: "None" }) +
      gateway() +
      route("forecast", weighing("name: stable, port: 80, weight: 9", "name: canary, port: 80, weight: 1"));
    const api = onlyApi(yaml);
    expect(memberNames(api)).toContain("Service team/stable-headless");
    expect(revisionsOf(api)).toEqual(["stable 90", "canary 10"]);
  });
});
