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
  workload,
} from "./testdata/objects.ts";
import { gateway, route } from "./testdata/world.ts";

const stable = "inference.networking.k8s.io/v1";
const experimental = "inference.networking.x-k8s.io/v1alpha2";
const moved = "llm-d.ai/v1alpha2";

const pool = (name: string, status = "{}"): string =>
  object(
    `${stable} InferencePool`,
    name,
    `spec: { selector: { matchLabels: { app: ${name} } }, targetPorts: [{ number: 8000 }], endpointPickerRef: { name: ${name}-epp, port: { number: 9002 } } }\nstatus: ${status}`,
    "generation: 2",
  );
const vllm = (name: string, ip: string, options: Parameters<typeof pod>[2] = {}): string =>
  pod(`${name}-p`, `app: ${name}, pod-template-hash: h`, {
    image: "docker.io/vllm/vllm-openai:v0.9.0",
    args: `[--model, "Qwen/${name}"]`,
    ip,
    ...options,
  });
const backend = (name: string, more = "", group = "inference.networking.k8s.io"): string =>
  `{ group: ${group}, kind: InferencePool, name: ${name}${more === "" ? "" : `, ${more}`} }`;
const led = (...backends: readonly string[]): string =>
  gateway() +
  route("chat", `{ matches: [{ path: { value: /v1 } }], backendRefs: [${backends.join(", ")}] }`, {
    hosts: "[llm.corp.test]",
  });

describe("an InferencePool", () => {
  it("is an API whose pods are asked, at their own addresses and never through its picker", () => {
    const picker =
      service("qwen-epp", "app: epp", { ports: "[{ name: http, port: 9002 }]" }) + slice("qwen-epp", ["epp 10.1.0.9"]);
    const discovery = found(pool("qwen") + vllm("qwen", "10.1.0.1") + picker + led(backend("qwen")));
    const api = apiOf(discovery, "InferencePool qwen");
    expect(api).toMatchObject({
      key: { group: "inference.networking.k8s.io" },
      server: "vllm",
      protocol: "openai",
      modelName: "Qwen/qwen",
      state: "ready",
      internalUrl: null,
    });
    expect(urlsOf(api)).toEqual(["http://llm.corp.test/v1"]);
    expect(urlsOf(api, "cluster")).toEqual([]);
    expect(probesOf(api)).toEqual(["qwen 10.1.0.1:8000"]);
    expect(leftOutOf(discovery)).toEqual({ "Service qwen-epp": "It picks endpoints for InferencePool qwen." });
  });

  it("of the older group has its selector and its port without lists", () => {
    const old = object(
      `${experimental} InferencePool`,
      "qwen",
      "spec: { selector: { app: qwen }, targetPortNumber: 8001, extensionRef: { name: qwen-epp } }",
    );
    const api = onlyApi(old + vllm("qwen", "10.1.0.1") + led(backend("qwen", "", "inference.networking.x-k8s.io")));
    expect(api.key.group).toBe("inference.networking.x-k8s.io");
    expect(probesOf(api)).toEqual(["qwen 10.1.0.1:8001"]);
    expect(urlsOf(api)).toEqual(["http://llm.corp.test/v1"]);
  });

  it.each([
    ["without a pod", pool("qwen"), "unready", "No pod is behind it."],
    [
      "with a pod that is not ready",
      pool("qwen") + vllm("qwen", "10.1.0.1", { ready: false }),
      "unready",
      "None of its pods is ready.",
    ],
    [
      "with a pod that is ending",
      pool("qwen") + vllm("qwen", "10.1.0.1", { more: 'deletionTimestamp: "2026-01-02T00:00:00Z"' }),
      "unready",
      "No pod is behind it.",
    ],
    [
      "whose Deployment is at zero",
      pool("qwen") + workload("Deployment", "qwen", "app: qwen", { replicas: 0, status: "{}" }),
      "scaled-to-zero",
      "Deployment qwen is scaled to zero replicas.",
    ],
  ])("%s is not asked", (_, yaml, state, reason) => {
    const api = onlyApi(yaml);
    expect(api).toMatchObject({ state, stateReason: reason });
    expect(probesOf(api)).toEqual([`qwen held ${state === "scaled-to-zero" ? state : "not-ready"}`]);
  });

  const parents = (...entries: readonly string[]): string =>
    `{ parents: [${entries.map((conditions) => `{ parentRef: { name: gw }, conditions: [${conditions}] }`).join(", ")}] }`;
  const refused =
    '{ type: ResolvedRefs, status: "False", reason: InvalidExtensionRef, message: no picker, observedGeneration: 2 }';
  const accepted = '{ type: Accepted, status: "True", observedGeneration: 2 }';

  it.each([
    [
      "is no address where every parent refuses it",
      parents(`${accepted}, ${refused}`),
      [],
      "InferencePool team/qwen is refused: no picker (InvalidExtensionRef).",
    ],
    ["is one where one parent takes it", parents(refused, accepted), ["http://llm.corp.test/v1"], null],
    [
      "is one where the refusal is of an older form",
      parents(refused.replace("observedGeneration: 2", "observedGeneration: 1")),
      ["http://llm.corp.test/v1"],
      null,
    ],
  ])("what leads there %s", (_, status, urls, reason) => {
    const api = onlyApi(pool("qwen", status) + vllm("qwen", "10.1.0.1") + led(backend("qwen")));
    expect(urlsOf(api)).toEqual(urls);
    expect(api).toMatchObject({ state: "ready", stateReason: reason });
  });

  it("pools that a route weighs are revisions of one API, each with its own model", () => {
    const api = onlyApi(
      pool("one") +
        pool("two") +
        vllm("one", "10.1.0.1") +
        vllm("two", "10.1.0.2") +
        led(backend("one", "weight: 70"), backend("two", "weight: 30")),
    );
    expect(api.key).toMatchObject({ kind: "HTTPRoute", name: "chat" });
    expect(revisionsOf(api)).toEqual(["one 70", "two 30"]);
    expect(api.members.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      "HTTPRoute chat",
      "InferencePool one",
      "InferencePool two",
    ]);
    expect(api.probes.map(({ revision, modelName }) => [revision, modelName])).toEqual([
      ["one", "Qwen/one"],
      ["two", "Qwen/two"],
    ]);
  });

  it("a pool is weighed against a Service", () => {
    const plain = service("two", "app: two") + vllm("two", "10.1.0.2") + slice("two", ["two-p 10.1.0.2"]);
    const api = onlyApi(
      pool("one") +
        vllm("one", "10.1.0.1") +
        plain +
        led(backend("one", "weight: 9"), "{ name: two, port: 80, weight: 1 }"),
    );
    expect(revisionsOf(api)).toEqual(["one 90", "two 10"]);
    expect(probesOf(api)).toEqual(["one 10.1.0.1:8000", "two 10.1.0.2:8000 10.0.0.9:80"]);
  });
});

describe("models and objectives of a pool", () => {
  const bare = pool("qwen") + vllm("qwen", "10.1.0.1", { image: "registry.test/llm:1", args: "[]" });
  const model = (name: string, modelName: string, more = ""): string =>
    object(
      `${experimental} InferenceModel`,
      name,
      `spec: { modelName: ${modelName}, poolRef: { name: qwen }${more} }\nstatus: { conditions: [{ type: Accepted, status: "True" }] }`,
    );
  const rewrite = (group: string, value: string, targets: string): string =>
    object(
      `${group} InferenceModelRewrite`,
      value,
      `spec: { poolRef: { name: qwen }, rules: [{ matches: [{ model: { value: ${value} } }], targets: [${targets}] }] }`,
    );
  const objective = (group: string, name: string, priority: number): string =>
    object(`${group} InferenceObjective`, name, `spec: { priority: ${String(priority)}, poolRef: { name: qwen } }`);

  it.each([
    ["an InferenceModel", model("food", "food-review"), "food-review"],
    [
      "with what answers in its place",
      model("food", "food-review", ", targetModels: [{ name: food-1, weight: 90 }, { name: food-2, weight: 10 }]"),
      "food-review (answered by food-1 90 %, food-2 10 %)",
    ],
    [
      "with one that answers by its own name",
      model("food", "food-review", ", targetModels: [{ name: food-review }]"),
      "food-review",
    ],
    [
      "a rewrite of the older group",
      rewrite(experimental, "food", "{ modelRewrite: food-1, weight: 1 }, { modelRewrite: food-2, weight: 3 }"),
      "food (answered by food-1 25 %, food-2 75 %)",
    ],
    [
      "a rewrite of the group that it moved to",
      rewrite(moved, "chat", "{ modelRewrite: qwen-3 }"),
      "chat (answered by qwen-3)",
    ],
  ])("%s is a fact", (_, yaml, models) => {
    expect(factsOf(onlyApi(bare + yaml))["Models"]).toBe(models);
  });

  it("objectives of both groups are facts, and name no model", () => {
    const api = onlyApi(bare + objective(experimental, "batch", -1) + objective(moved, "chat", 10));
    expect(factsOf(api)["Objectives"]).toBe("batch (priority -1), chat (priority 10)");
    expect(api.modelName).toBeNull();
  });

  it("of one model the name is the API's, of several nobody's", () => {
    expect(onlyApi(bare + model("food", "food-review")).modelName).toBe("food-review");
    expect(onlyApi(bare + model("food", "food-review") + model("chat", "chat")).modelName).toBeNull();
  });

  it.each([
    ["what was refused", model("food", "food-review").replace('status: "True"', 'status: "False"')],
    ["what names another pool", model("food", "food-review").replace("name: qwen", "name: other")],
    [
      "what names a pool of the other group",
      model("food", "food-review").replace("{ name: qwen }", "{ name: qwen, group: inference.networking.x-k8s.io }"),
    ],
    [
      "what lies in another namespace",
      model("food", "food-review").replace("{ name: food }", "{ name: food, namespace: lab }"),
    ],
  ])("%s says nothing", (_, yaml) => {
    expect(factsOf(onlyApi(bare + yaml))["Models"]).toBeUndefined();
  });

  it("none of them is an API by itself", () => {
    const all =
      model("a", "a") +
      rewrite(experimental, "b", "{ modelRewrite: x }") +
      rewrite(moved, "c", "{ modelRewrite: x }") +
      objective(experimental, "d", 1) +
      objective(moved, "e", 1);
    expect(namesOf(found(all))).toEqual([]);
  });
});
