import { describe, expect, it } from "vitest";
import { foundBounded } from "./testdata/bounds.ts";
import { apiOf, object, pod, service, slice, urlsOf } from "./testdata/objects.ts";
import { acceptedBy, condition, gateway, model, parentStatus, route } from "./testdata/world.ts";

const to = (name: string): string => `backendRefs: [{ name: ${name}, port: 80 }]`;

describe("contradictory status", () => {
  const kserve = (status: string, more = ""): string =>
    object(
      "serving.kserve.io/v1beta1 InferenceService",
      "iris",
      `spec: { predictor: { model: { modelFormat: { name: sklearn } } } }\nstatus: { url: http://iris.models.test, ${status} }`,
      `generation: 2${more}`,
    );
  const yes = condition("Ready", "True");
  const no = condition("Ready", "False", "reason: Down");
  const modelState = (state: string): string => `modelStatus: { states: { activeModelState: ${state} } }`;

  it.each([
    [
      "ready, and its model failed to load",
      kserve(`conditions: [${yes}], ${modelState("FailedToLoad")}`),
      "broken",
      /FailedToLoad/,
    ],
    ["ready and not ready: the first word counts", kserve(`conditions: [${no}, ${yes}]`), "unready", /Down/],
    ["ready and stopped", kserve(`conditions: [${yes}, ${condition("Stopped", "True")}]`), "stopped", /stopped/],
    ["ready of an older form", kserve(`observedGeneration: 1, conditions: [${yes}]`), "unknown", /older form/],
    ["ready of a form that is yet to come", kserve(`observedGeneration: 9, conditions: [${yes}]`), "ready", null],
    [
      "a condition that is neither",
      kserve(`conditions: [${condition("Ready", "Maybe")}]`),
      "unready",
      /Ready is not True/,
    ],
    ["a condition without a word", kserve(`conditions: [{ type: Ready }]`), "unready", /Ready is not True/],
    ["a status that is a text", kserve("").replace(/status: .*/, "status: ready"), "unknown", /has not said/],
    ["loaded, and nothing is ready", kserve(`conditions: [${no}], ${modelState("Loaded")}`), "unready", /Down/],
  ])("%s", (_, yaml, state, reason) => {
    const api = apiOf(foundBounded(yaml), "iris");
    expect(api.state).toBe(state);
    if (reason === null) expect(api.stateReason).toBeNull();
    else expect(api.stateReason).toMatch(reason);
  });

  it.each([
    ["pods that are ready behind endpoints that are not", slice("a", ["a 10.1.0.7 unready"]), "unready"],
    ["endpoints that are ready of a pod that nobody sees", slice("a", ["gone 10.1.0.7"]), "ready"],
    [
      "ready and terminating",
      slice("a", ["a 10.1.0.7"]).replace("ready: true", "ready: true, terminating: true"),
      "unready",
    ],
    ["ready without an address", slice("a", ["a nowhere"]), "unready"],
  ])("%s", (_, own, state) => {
    const api = apiOf(foundBounded(service("a", "app: a") + pod("a", "app: a") + own), "a");
    expect(api.state).toBe(state);
  });

  it("a Deployment that has more pods than it wants is told as it is", () => {
    const deployment = object(
      "apps/v1 Deployment",
      "a",
      "spec: { replicas: 0, template: { metadata: { labels: { app: a } }, spec: { containers: [{ image: registry.test/app, args: [uvicorn, app:app] }] } } }\nstatus: { readyReplicas: 7 }",
    );
    const api = apiOf(foundBounded(service("a", "app: a") + deployment), "a");
    expect([api.state, api.facts.find(({ name }) => name === "Replicas")?.value]).toEqual([
      "scaled-to-zero",
      "7 of 0 ready (a)",
    ]);
  });

  it.each([
    [
      "accepted and refused at once: the first word counts",
      [condition("Accepted", "True"), condition("Accepted", "False"), condition("ResolvedRefs", "True")],
      true,
    ],
    [
      "accepted by one that does not resolve it",
      [condition("Accepted", "True"), condition("ResolvedRefs", "Unknown")],
      false,
    ],
    [
      "accepted in a form that is yet to come",
      [condition("Accepted", "True", "observedGeneration: 9"), condition("ResolvedRefs", "True")],
      true,
    ],
    ["accepted in no way that there is", [condition("Accepted", "Yes"), condition("ResolvedRefs", "True")], false],
  ])("a route: %s", (_, conditions, isPublic) => {
    const made = route("r", `{ ${to("churn")} }`, { status: parentStatus({ conditions: conditions.join(", ") }) });
    const api = apiOf(foundBounded(model("churn") + gateway() + made), "churn");
    expect(urlsOf(api)).toEqual(isPublic ? ["http://models.test"] : []);
    expect(api.stateReason === null).toBe(isPublic);
  });

  it("a Gateway that is programmed and not accepted serves nothing", () => {
    const refused = gateway().replace('Accepted, status: "True"', 'Accepted, status: "False", message: no');
    const api = apiOf(foundBounded(model("churn") + refused + route("r", `{ ${to("churn")} }`)), "churn");
    expect([urlsOf(api), api.stateReason]).toEqual([[], "Gateway gw is not programmed: no."]);
  });
});

describe("versions of a kind that nobody expected", () => {
  const unexpected = (type: string, body: string): string => object(type, "iris", body);

  it.each([
    [
      "another shape of spec",
      unexpected("serving.kserve.io/v9 InferenceService", "spec: { models: [{ uri: s3://x }] }"),
      "unknown",
    ],
    [
      "another shape of status",
      unexpected("serving.kserve.io/v9 InferenceService", "spec: {}\nstatus: [{ phase: Up }]"),
      "unknown",
    ],
    [
      "a phase in place of conditions",
      unexpected("ray.io/v9 RayService", "spec: {}\nstatus: { phase: Up }"),
      "unknown",
    ],
    [
      "a number in place of a word",
      unexpected("apps.nvidia.com/v9 NIMService", "spec: 9\nstatus: { state: 9 }"),
      "unknown",
    ],
    ["no spec at all", unexpected("serving.yatai.ai/v9 BentoDeployment", ""), "unknown"],
    [
      "lists in place of objects",
      unexpected("machinelearning.seldon.io/v9 SeldonDeployment", "spec: { predictors: { a: {} } }"),
      "unknown",
    ],
    ["a list in place of all", unexpected("serving.knative.dev/v9 Service", "spec: []\nstatus: []"), "unknown"],
  ])("%s: its API is there and its state is not known", (_, yaml, state) => {
    const [api, ...more] = foundBounded(yaml + model("churn")).apis.filter(({ key }) => key.name === "iris");
    expect(more).toEqual([]);
    expect(api?.state).toBe(state);
    expect(api === undefined ? null : urlsOf(api)).toEqual([]);
    expect(api?.stateReason).toEqual(expect.any(String));
  });

  it.each([
    ["HTTPRoute", "gateway.networking.k8s.io/v9 HTTPRoute", "spec: { routes: [{ to: churn }] }"],
    ["Ingress", "networking.k8s.io/v9 Ingress", "spec: { backends: { churn: 80 } }"],
    ["VirtualService", "networking.istio.io/v9 VirtualService", "spec: { hosts: m.test, http: { route: churn } }"],
    ["InferencePool", "inference.networking.k8s.io/v9 InferencePool", "spec: { selector: [app], targetPorts: 8000 }"],
  ])("a %s that nobody understands leads nowhere, and others stay as they are", (_, type, body) => {
    const alone = foundBounded(model("churn")).apis;
    const discovery = foundBounded(model("churn") + object(type, "strange", body));
    expect(discovery.apis.filter(({ key }) => key.name === "churn")).toEqual(alone);
    const others = discovery.apis.filter(({ key }) => key.name !== "churn");
    expect(others.flatMap((api) => urlsOf(api))).toEqual([]);
  });
});

it("one absurd object of each kind costs the others nothing", () => {
  const healthy = model("churn") + gateway() + route("r", `{ ${to("churn")} }`, { status: acceptedBy("gw") });
  const kinds = [
    "v1 Service",
    "v1 Pod",
    "discovery.k8s.io/v1 EndpointSlice",
    "apps/v1 Deployment",
    "networking.k8s.io/v1 Ingress",
    "gateway.networking.k8s.io/v1 HTTPRoute",
    "gateway.networking.k8s.io/v1 Gateway",
    "serving.kserve.io/v1beta1 InferenceService",
    "gatebook.dev/v1alpha1 ApiDescription",
  ];
  const before = apiOf(foundBounded(healthy), "churn");
  for (const body of [
    "spec: 7",
    "spec: []\nstatus: x",
    "spec: { a: [[[[[[[[]]]]]]]] }",
    "status: { conditions: { a: 1 } }",
  ])
    for (const kind of kinds)
      expect(apiOf(foundBounded(healthy + object(kind, "absurd", body)), "churn"), `${kind} ${body}`).toEqual(before);
});
