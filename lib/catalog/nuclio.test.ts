import { describe, expect, it } from "vitest";
import {
  apiOf,
  factsOf,
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

const http = "triggers: { web: { kind: http } }";

const nuclio = (
  name: string,
  options: { readonly spec?: string; readonly status?: string; readonly labels?: string; readonly more?: string } = {},
): string =>
  object(
    "nuclio.io/v1beta1 NuclioFunction",
    name,
    `spec: { image: "registry.test/${name}:1", ${options.spec ?? http} }\nstatus: { ${options.status ?? "state: ready"} }`,
    `labels: { ${options.labels ?? ""} }${options.more === undefined ? "" : `, ${options.more}`}`,
  );
const carried = (name: string, ip: string): string =>
  service(`nuclio-${name}`, `nuclio.io/function-name: ${name}`, {
    ports: "[{ name: http, port: 8080 }]",
    more: `labels: { nuclio.io/function-name: ${name} }`,
  }) +
  pod(`${name}-p`, `nuclio.io/function-name: ${name}, pod-template-hash: h`, {
    image: `registry.test/${name}:1`,
    args: "[]",
    ip,
  }) +
  slice(`nuclio-${name}`, [`${name}-p ${ip}`], { port: 8080 });

describe("NuclioFunction", () => {
  it("with a trigger of kind http is an API with its Service", () => {
    const discovery = found(nuclio("scorer") + carried("scorer", "10.1.0.1"));
    const api = apiOf(discovery, "NuclioFunction scorer");
    expect(namesOf(discovery)).toEqual(["NuclioFunction scorer"]);
    expect(api).toMatchObject({
      server: "nuclio",
      protocol: "function",
      state: "ready",
      internalUrl: "http://nuclio-scorer.team.svc.cluster.local:8080",
    });
    expect(probesOf(api)).toEqual(["scorer 10.1.0.1:8080 10.0.0.9:8080"]);
  });

  it("without one is none, and neither is its Service", () => {
    const discovery = found(
      nuclio("stream", { spec: "triggers: { k: { kind: kafka-cluster } }" }) + carried("stream", "10.1.0.1"),
    );
    expect(namesOf(discovery)).toEqual([]);
    expect(leftOutOf(discovery)).toEqual({
      "Service nuclio-stream": "It is not a thing of its own: Nuclio made it for a function.",
    });
  });

  it("its addresses have no scheme: https where an ingress of its trigger has TLS for the host", () => {
    const spec =
      "triggers: { web: { kind: http, attributes: { ingresses: { a: { host: A.corp.test, tls: { secretName: s } }, b: { host: b.corp.test } } } } }";
    const status =
      'state: ready, externalInvocationUrls: ["a.corp.test/", "b.corp.test/x", "192.0.2.2:31234"], internalInvocationUrls: ["nuclio-scorer.team.svc.cluster.local:8080"]';
    const api = onlyApi(nuclio("scorer", { spec, status }));
    expect(urlsOf(api)).toEqual(["http://192.0.2.2:31234", "http://b.corp.test/x", "https://a.corp.test"]);
    expect(api.internalUrl).toBe("http://nuclio-scorer.team.svc.cluster.local:8080");
  });

  it("a load balancer before its Service is an address of it", () => {
    const balanced =
      service("nuclio-scorer", "app: x", { ports: "[{ name: http, port: 8080 }]", spec: "type: LoadBalancer" }) +
      "status: { loadBalancer: { ingress: [{ ip: 203.0.113.20 }] } }\n";
    expect(urlsOf(onlyApi(nuclio("scorer") + balanced))).toEqual(["http://203.0.113.20:8080"]);
  });

  it.each([
    ["ready", "state: ready", "ready", null],
    ["scaled to zero", "state: scaledToZero", "scaled-to-zero", "Nuclio scaled it to zero."],
    ["imported", "state: imported", "stopped", "It is imported and not deployed."],
    ["building", "state: building", "unready", "Nuclio says that it is building."],
    [
      "starting again",
      "state: waitingForScaleResourceFromZero",
      "unready",
      "Nuclio says that it is waitingForScaleResourceFromZero.",
    ],
    ["in error", "state: error, message: no such package", "broken", "no such package."],
    ["unhealthy", "state: unhealthy", "broken", "Nuclio finds it unhealthy."],
    ["silent", "", "unknown", "Nuclio has not said anything about it yet."],
  ])("%s", (_, status, state, reason) => {
    const api = onlyApi(nuclio("scorer", { status }));
    expect(api).toMatchObject({ state, stateReason: reason });
    const hold = state === "scaled-to-zero" || state === "stopped" ? state : "not-ready";
    expect(probesOf(api)).toEqual([state === "ready" ? "scorer nowhere" : `scorer held ${hold}`]);
  });

  it("disabled is stopped, whatever its status says", () => {
    const api = onlyApi(nuclio("scorer", { spec: `disable: true, ${http}` }));
    expect(api).toMatchObject({ state: "stopped", stateReason: "It is disabled." });
  });

  it("at zero is held although its Service leads to what wakes it", () => {
    const api = onlyApi(nuclio("scorer", { status: "state: scaledToZero" }) + carried("scorer", "10.1.0.77"));
    expect(api.state).toBe("scaled-to-zero");
    expect(probesOf(api)).toEqual(["scorer held scaled-to-zero"]);
  });

  it("its project, its image and how it is built are facts", () => {
    const project = object("nuclio.io/v1beta1 NuclioProject", "fraud", "spec: { description: Fraud models }");
    const spec = `${http}, runtime: "python:3.11", handler: "main:handler", minReplicas: 0, maxReplicas: 4, resources: { limits: { nvidia.com/gpu: "1" } }`;
    const discovery = found(nuclio("scorer", { spec, labels: "nuclio.io/project-name: fraud" }) + project);
    expect(namesOf(discovery)).toEqual(["NuclioFunction scorer"]);
    expect(factsOf(apiOf(discovery, "scorer"))).toMatchObject({
      Project: "fraud",
      "Project description": "Fraud models",
      "Language runtime": "python:3.11",
      Handler: "main:handler",
      Image: "registry.test/scorer:1",
      GPUs: "1",
      Autoscaling: "0 to 4 replicas",
    });
  });
});

describe("events of a function", () => {
  const event = (name: string, spec: string): string =>
    object(
      "nuclio.io/v1beta1 NuclioFunctionEvent",
      name,
      `spec: { ${spec} }`,
      "labels: { nuclio.io/function-name: scorer }",
    );
  const examples = (yaml: string) => onlyApi(nuclio("scorer") + yaml).probes[0]?.examples;

  it("are examples of requests", () => {
    const json = event(
      "a",
      `displayName: Score one, triggerKind: http, body: '{"x":1}', attributes: { method: POST, path: /score, headers: { Content-Type: "application/json; charset=utf-8" } }`,
    );
    const text = event("b", "body: hello, attributes: { method: put, path: text }");
    expect(examples(json + text)).toEqual([
      { name: "Score one", method: "post", path: "/score", contentType: "application/json", body: '{"x":1}' },
      { name: "b", method: "put", path: "/text", contentType: "text/plain", body: "hello" },
    ]);
  });

  it("without a method, a path and a type are posts of what they hold", () => {
    expect(examples(event("a", `body: '[1]'`))).toEqual([
      { name: "a", method: "post", path: "/", contentType: "application/json", body: "[1]" },
    ]);
  });

  it.each([
    ["of another trigger", "triggerKind: kafka-cluster"],
    ["of a method that no description has", "attributes: { method: OPTIONS }"],
    ["with a query", 'attributes: { path: "/a?b=1" }'],
    ["with what reads as a parameter", 'attributes: { path: "/a/{b}" }'],
  ])("%s are none", (_, spec) => {
    expect(examples(event("a", spec))).toEqual([]);
  });

  it("change what tells whether to ask again", () => {
    const key = (yaml: string): string | undefined => onlyApi(nuclio("scorer") + yaml).probes[0]?.probeKey;
    expect(key(event("a", "body: x"))).not.toBe(key(""));
  });
});

describe("MLRun serving", () => {
  const serving = (graph: string): string =>
    nuclio("scorer", {
      spec: `${http}, env: [{ name: SERVING_SPEC_ENV, value: '${graph}' }]`,
      labels: "mlrun/class: serving",
    });

  it.each([
    [
      "a router of one model",
      serving('{"graph":{"kind":"router","routes":{"churn":{}}}}'),
      "mlrun-serving",
      "open-inference",
      "churn",
      "churn",
    ],
    [
      "a router of several",
      serving('{"graph":{"routes":{"a":{},"b":{}}}}'),
      "mlrun-serving",
      "open-inference",
      null,
      "a, b",
    ],
    [
      "a flow is a function of its owner's own",
      serving('{"graph":{"kind":"flow","steps":{}}}'),
      "nuclio",
      "function",
      null,
      undefined,
    ],
    [
      "by its label alone",
      nuclio("scorer", { labels: "mlrun/class: serving" }),
      "mlrun-serving",
      "open-inference",
      null,
      undefined,
    ],
    ["with a graph that cannot be read", serving("{nope"), "mlrun-serving", "open-inference", null, undefined],
  ])("%s", (_, yaml, server, protocol, modelName, models) => {
    const api = onlyApi(yaml);
    expect(api).toMatchObject({ server, protocol, modelName });
    expect(factsOf(api)["Models"]).toBe(models);
  });
});

describe("NuclioAPIGateway", () => {
  const upstream = (name: string, more = ""): string =>
    `{ kind: nucliofunction, nucliofunction: { name: ${name} }${more === "" ? "" : `, ${more}`} }`;
  const apiGateway = (upstreams: readonly string[], more = "", status = "state: ready"): string =>
    object(
      "nuclio.io/v1beta1 NuclioAPIGateway",
      "scores",
      `spec: { name: scores, host: ai.corp.test, path: /scores, upstreams: [${upstreams.join(", ")}]${more} }\nstatus: { ${status} }`,
    );
  const both = nuclio("old") + nuclio("new") + carried("old", "10.1.0.1") + carried("new", "10.1.0.2");

  it("gives its function an address", () => {
    const api = onlyApi(nuclio("old") + carried("old", "10.1.0.1") + apiGateway([upstream("old")]));
    expect(urlsOf(api)).toEqual(["http://ai.corp.test/scores"]);
    expect(api.endpoints[0]?.paths).toMatchObject([{ publicPath: "/scores", backendPath: "/scores" }]);
  });

  it.each([
    [
      "the second with a percentage is the canary",
      [upstream("old"), upstream("new", "percentage: 20")],
      ["old 80", "new 20"],
    ],
    [
      "the first with a percentage is it, where the second has none",
      [upstream("old", "percentage: 20"), upstream("new")],
      ["new 80", "old 20"],
    ],
    [
      "of two percentages the second counts",
      [upstream("old", "percentage: 70"), upstream("new", "percentage: 30")],
      ["old 70", "new 30"],
    ],
  ])("of two functions makes one API under the first: %s", (_, upstreams, revisions) => {
    const discovery = found(both + apiGateway(upstreams));
    expect(namesOf(discovery)).toEqual(["NuclioFunction old"]);
    expect(leftOutOf(discovery)).toEqual({
      "NuclioFunction new": "It is a revision of NuclioFunction old behind one API gateway.",
    });
    const api = apiOf(discovery, "old");
    expect(revisionsOf(api)).toEqual(revisions);
    expect(probesOf(api)).toEqual(["new 10.1.0.2:8080 10.0.0.9:8080", "old 10.1.0.1:8080 10.0.0.9:8080"]);
  });

  it("whose second function is not there yet keeps the first one's share", () => {
    const api = onlyApi(
      nuclio("old") + carried("old", "10.1.0.1") + apiGateway([upstream("old"), upstream("new", "percentage: 20")]),
    );
    expect(revisionsOf(api)).toEqual(["old 80", "new 20 unready"]);
    expect(probesOf(api)).toEqual(["new held not-ready", "old 10.1.0.1:8080 10.0.0.9:8080"]);
  });

  it("that failed gives no address and says why", () => {
    const api = onlyApi(
      nuclio("old") +
        carried("old", "10.1.0.1") +
        apiGateway([upstream("old")], "", "state: error, lastError: no ingress class"),
    );
    expect(api.stateReason).toBe("Nuclio says that the API gateway is error: no ingress class.");
    expect(urlsOf(api)).toEqual([]);
  });
});
