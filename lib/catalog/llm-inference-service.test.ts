import { describe, expect, it } from "vitest";
import { ready } from "./testdata/kserve.ts";
import {
  apiOf,
  factsOf,
  found,
  namesOf,
  object,
  onlyApi,
  pod,
  probesOf,
  revisionsOf,
  slice,
  urlsOf,
  workload,
} from "./testdata/objects.ts";
import { gateway, route } from "./testdata/world.ts";

describe("LLMInferenceService", () => {
  const qwen = (
    status: string,
    options: { readonly spec?: string; readonly metadata?: string; readonly name?: string } = {},
  ): string =>
    object(
      "serving.kserve.io/v1alpha2 LLMInferenceService",
      options.name ?? "qwen",
      `spec: { model: { uri: "hf://Qwen/Qwen3-8B", name: Qwen/Qwen3-8B${options.spec ?? ""} }, replicas: 2 }\nstatus: { conditions: [${ready}], ${status} }`,
      options.metadata ?? "",
    );
  const owned = (kind: string, name: string, body: string): string =>
    object(
      kind,
      name,
      body,
      "ownerReferences: [{ apiVersion: serving.kserve.io/v1alpha2, kind: LLMInferenceService, name: qwen, uid: u }]",
    );
  const workloadService = owned(
    "v1 Service",
    "qwen-kserve-workload-svc",
    "spec: { clusterIP: 10.0.0.9, selector: { app: qwen }, ports: [{ name: https, port: 8000, targetPort: 8000, appProtocol: https }] }",
  );
  const vllm =
    pod("qwen-p", "app: qwen", {
      image: "ghcr.io/llm-d/llm-d-cuda:v0.4.0",
      args: "[vllm, serve, /mnt/models]",
      ip: "10.1.0.1",
    }) + slice("qwen-kserve-workload-svc", ["qwen-p 10.1.0.1"], { portName: "https" });
  const pool = (name: string): string =>
    owned(
      "inference.networking.k8s.io/v1 InferencePool",
      name,
      "spec: { selector: { matchLabels: { app: qwen } }, targetPorts: [{ number: 8000 }], endpointPickerRef: { name: qwen-epp-service, port: { number: 9002 } } }",
    );
  const picker = owned(
    "v1 Service",
    "qwen-epp-service",
    "spec: { clusterIP: 10.0.0.8, selector: { app: epp }, ports: [{ name: grpc-ext-proc, port: 9002 }] }",
  );
  const rules = (poolName: string): string =>
    `{ matches: [{ path: { value: /team/qwen/v1/completions } }], filters: [{ type: URLRewrite, urlRewrite: { path: { type: ReplacePrefixMatch, replacePrefixMatch: /v1/completions } } }], backendRefs: [{ group: inference.networking.k8s.io, kind: InferencePool, name: ${poolName} }] },
     { matches: [{ path: { value: /team/qwen } }], filters: [{ type: URLRewrite, urlRewrite: { path: { type: ReplacePrefixMatch, replacePrefixMatch: / } } }], backendRefs: [{ name: qwen-kserve-workload-svc, port: 8000 }] }`;

  it("is one API with its pool, its picker, its Service and its route, under the path of its gateway", () => {
    const yaml =
      qwen(
        "url: 'http://10.9.9.9/team/qwen', addresses: [{ url: 'https://qwen-kserve-workload-svc.team.svc.cluster.local' }]",
      ) +
      workloadService +
      vllm +
      pool("qwen-inference-pool") +
      picker +
      gateway() +
      route("qwen-kserve-route", rules("qwen-inference-pool"), { hosts: "[]" });
    const discovery = found(yaml);
    const api = apiOf(discovery, "LLMInferenceService qwen");
    expect(namesOf(discovery)).toEqual(["LLMInferenceService qwen"]);
    expect(api).toMatchObject({
      server: "vllm",
      protocol: "openai",
      modelName: "Qwen/Qwen3-8B",
      state: "ready",
      internalUrl: "https://qwen-kserve-workload-svc.team.svc.cluster.local",
    });
    expect(urlsOf(api)).toEqual(["http://10.9.9.9/team/qwen"]);
    expect(
      api.endpoints[0]?.paths.map(({ publicPath, backendPath }) => `${publicPath} > ${backendPath}`).sort(),
    ).toEqual(["/team/qwen > /", "/team/qwen/v1/completions > /v1/completions"]);
    expect(probesOf(api)).toEqual(["qwen https://10.1.0.1:8000 https://10.0.0.9:8000"]);
  });

  it("finds the pool and the Service that its router names", () => {
    const status =
      "url: 'http://10.9.9.9/team/qwen', router: { scheduler: { inferencePool: { name: own-pool, namespace: team } } }, workloads: { service: { name: qwen-kserve-workload-svc } }";
    const own = pool("own-pool").replace(/, ownerReferences: \[.*?\]/, "");
    const yaml =
      qwen(status) + workloadService + vllm + own + gateway() + route("own-route", rules("own-pool"), { hosts: "[]" });
    expect(namesOf(found(yaml))).toEqual(["LLMInferenceService qwen"]);
  });

  it("has the share of its group, and the others as a fact", () => {
    const members =
      "router: { group: { name: chat, members: [{ name: qwen, weight: 80 }, { name: qwen-next, weight: 20 }, { name: old, weight: 100, stopped: true }] } }";
    const discovery = found(qwen(members) + qwen(members, { name: "qwen-next" }));
    expect(revisionsOf(apiOf(discovery, "qwen"))).toEqual(["qwen 80"]);
    expect(revisionsOf(apiOf(discovery, "qwen-next"))).toEqual(["qwen-next 20"]);
    expect(factsOf(apiOf(discovery, "qwen"))["Group"]).toBe("qwen 80 %, qwen-next 20 %");
  });

  it.each([
    [
      "an address of the cluster is inside, and keeps its path",
      "url: 'https://llm.corp.test/team/qwen', addresses: [{ url: 'http://gw.kserve.svc.cluster.local/team/qwen' }]",
      ["https://llm.corp.test/team/qwen"],
      "http://gw.kserve.svc.cluster.local/team/qwen",
    ],
    [
      "without any it is its Service's",
      "url: 'https://llm.corp.test/team/qwen/'",
      ["https://llm.corp.test/team/qwen"],
      "http://qwen-kserve-workload-svc.team.svc.cluster.local:8000",
    ],
    [
      "one that is named twice is one",
      "url: 'http://10.9.9.9/team/qwen', addresses: [{ url: 'http://10.9.9.9/team/qwen' }]",
      ["http://10.9.9.9/team/qwen"],
      "http://qwen-kserve-workload-svc.team.svc.cluster.local:8000",
    ],
  ])("%s", (_, status, urls, inside) => {
    const api = onlyApi(qwen(status));
    expect(urlsOf(api)).toEqual(urls);
    expect(api.internalUrl).toBe(inside);
  });

  it("its adapters, its replicas and where it comes from are facts", () => {
    expect(factsOf(onlyApi(qwen("", { spec: ", lora: { adapters: [{ name: sql }, { name: chat }] }" })))).toMatchObject(
      {
        Adapters: "sql, chat",
        Replicas: "2",
        "Model URI": "hf://Qwen/Qwen3-8B",
      },
    );
  });

  it.each([
    ["its owner stopped it", qwen("", { metadata: 'annotations: { serving.kserve.io/stop: "true" }' }), "stopped"],
    ["KServe stopped it", qwen("").replace(ready, '{ type: Stopped, status: "True" }'), "stopped"],
    [
      "its Deployment is at zero",
      qwen("") + workloadService + workload("Deployment", "qwen-kserve", "app: qwen", { replicas: 0, status: "{}" }),
      "scaled-to-zero",
    ],
    ["its status is of an older form", qwen("observedGeneration: 1", { metadata: "generation: 2" }), "unknown"],
    [
      "its gateway is not there yet",
      qwen("").replace(ready, '{ type: Ready, status: "False", reason: RouterNotReady }'),
      "unready",
    ],
  ])("%s", (_, yaml, state) => {
    const api = onlyApi(yaml);
    expect(api.state).toBe(state);
    const held = state === "stopped" || state === "scaled-to-zero" ? state : "not-ready";
    expect(probesOf(api)).toEqual([`qwen held ${held}`]);
  });
});
