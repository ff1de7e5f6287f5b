import { describe, expect, it } from "vitest";
import { ready } from "./testdata/kserve.ts";
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
  service,
  slice,
  urlsOf,
  workload,
} from "./testdata/objects.ts";

const balancer = "status: { loadBalancer: { ingress: [{ ip: 203.0.113.40 }] } }\n";

describe("BentoDeployment", () => {
  const bento = (spec: string, conditions = '{ type: Available, status: "True" }'): string =>
    object(
      "serving.yatai.ai/v2alpha1 BentoDeployment",
      "summarise",
      `spec: { ${spec} }\nstatus: { conditions: [${conditions}] }`,
      "generation: 2",
    );
  const part = (name: string, type: string, ip: string): string =>
    service(name, `yatai.ai/bento-deployment: summarise, type: ${type}`, {
      ports: "[{ name: http, port: 3000 }]",
      more: "labels: { yatai.ai/bento-deployment: summarise }",
    }) +
    pod(`${name}-p`, `yatai.ai/bento-deployment: summarise, type: ${type}, pod-template-hash: h`, {
      image: "registry.test/yatai-bentos:1",
      args: "[]",
      ip,
    }) +
    slice(name, [`${name}-p ${ip}`], { port: 3000 });

  it("is one API with its Service, its runners and its Ingress", () => {
    const ingress = object(
      "networking.k8s.io/v1 Ingress",
      "summarise",
      "spec: { tls: [{ hosts: [summarise.corp.test] }], rules: [{ host: summarise.corp.test, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: summarise, port: { number: 3000 } } } }] } }] }\nstatus: { loadBalancer: { ingress: [{ ip: 10.8.8.8 }] } }",
      "ownerReferences: [{ apiVersion: serving.yatai.ai/v2alpha1, kind: BentoDeployment, name: summarise, uid: u }]",
    );
    const api = onlyApi(
      bento("bento: summarise-abc") +
        part("summarise", "api-server", "10.1.0.1") +
        part("summarise-runner-0", "runner", "10.1.0.2") +
        ingress,
    );
    expect(api).toMatchObject({
      server: "bentoml",
      protocol: "rest",
      state: "ready",
      internalUrl: "http://summarise.team.svc.cluster.local:3000",
    });
    expect(urlsOf(api)).toEqual(["https://summarise.corp.test"]);
    expect(probesOf(api)).toEqual(["summarise 10.1.0.1:3000 10.0.0.9:3000"]);
  });

  it.each([
    [
      "by its name",
      "bento: summarise-abc",
      {
        Bento: "summarise-abc, summarise:abc",
        "Server version": "1.4.0",
        Image: "registry.test/yatai-bentos:abc",
        Models: "t5:1",
      },
    ],
    [
      "by its tag, as older versions have it",
      'bento_tag: "summarise:abc"',
      { Bento: "summarise:abc", "Server version": "1.4.0" },
    ],
    ["that is not there", "bento: gone", { Bento: "gone" }],
  ])("the Bento is found %s, and is a fact", (_, spec, facts) => {
    const own = object(
      "resources.yatai.ai/v1alpha1 Bento",
      "summarise-abc",
      'spec: { tag: "summarise:abc", image: "registry.test/yatai-bentos:abc", context: { bentomlVersion: 1.4.0 }, models: [{ tag: "t5:1" }] }',
    );
    const discovery = found(bento(spec) + own);
    expect(namesOf(discovery)).toEqual(["BentoDeployment summarise"]);
    expect(factsOf(apiOf(discovery, "summarise"))).toMatchObject(facts);
  });

  it.each([
    [
      "is not available",
      '{ type: Available, status: "False", reason: Deploying, observedGeneration: 2 }',
      "unready",
      "Deploying.",
    ],
    [
      "is of an older form",
      '{ type: Available, status: "True", observedGeneration: 1 }',
      "unknown",
      "Its status speaks of an older form of it.",
    ],
    ["says nothing", "", "unknown", "Its status says nothing of its state."],
  ])("%s", (_, conditions, state, reason) => {
    expect(onlyApi(bento("bento: x", conditions))).toMatchObject({ state, stateReason: reason });
  });
});

describe("NIMService", () => {
  const nim = (spec: string, status: string): string =>
    object(
      "apps.nvidia.com/v1alpha1 NIMService",
      "llama",
      `spec: { image: { repository: nvcr.io/nim/meta/llama, tag: "1.8" }${spec} }\nstatus: { ${status} }`,
    );
  const owned = "ownerReferences: [{ apiVersion: apps.nvidia.com/v1alpha1, kind: NIMService, name: llama, uid: u }]";
  const carried = (name: string, port: number): string =>
    service(name, "app: llama", { ports: `[{ name: api, port: ${String(port)}, targetPort: 8000 }]`, more: owned }) +
    pod("llama-p", "app: llama, pod-template-hash: h", {
      image: "nvcr.io/nim/meta/llama:1.8",
      args: "[]",
      ip: "10.1.0.1",
    }) +
    slice(name, ["llama-p 10.1.0.1"], { portName: "api" });

  it("is asked at its Service, under the name that its status gives the model", () => {
    const api = onlyApi(nim("", "state: Ready, model: { name: meta/llama-3 }") + carried("llama", 8000));
    expect(api).toMatchObject({
      server: "nim",
      protocol: "openai",
      modelName: "meta/llama-3",
      state: "ready",
      internalUrl: "http://llama.team.svc.cluster.local:8000",
    });
    expect(probesOf(api)).toEqual(["llama 10.1.0.1:8000 10.0.0.9:8000"]);
  });

  it("has the Service and the port that it exposes", () => {
    const api = onlyApi(
      nim(", expose: { service: { name: chat, port: 9000 } }", "state: Ready") + carried("chat", 9000),
    );
    expect(api.internalUrl).toBe("http://chat.team.svc.cluster.local:9000");
    expect(probesOf(api)).toEqual(["llama 10.1.0.1:8000 10.0.0.9:9000"]);
  });

  it("its address outside has no scheme: https where an Ingress ends TLS for its host", () => {
    const status = "state: Ready, model: { externalEndpoint: llama.corp.test }";
    expect(urlsOf(onlyApi(nim("", status)))).toEqual(["http://llama.corp.test"]);
    const ingress = object(
      "networking.k8s.io/v1 Ingress",
      "llama",
      "spec: { tls: [{ hosts: [llama.corp.test] }], rules: [{ host: llama.corp.test, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: llama, port: { name: api } } } }] } }] }\nstatus: { loadBalancer: { ingress: [{ ip: 10.8.8.8 }] } }",
      owned,
    );
    const api = onlyApi(nim("", status) + carried("llama", 8000) + ingress);
    expect(urlsOf(api)).toEqual(["https://llama.corp.test"]);
    expect(api.endpoints[0]?.address).toMatchObject({
      scheme: "https",
      host: "10.8.8.8",
      hostHeader: "llama.corp.test",
    });
  });

  it("a load balancer before its Service is an address of it", () => {
    expect(
      urlsOf(
        onlyApi(
          nim("", "state: Ready") +
            service("llama", "app: llama", {
              ports: "[{ name: api, port: 8000 }]",
              spec: "type: LoadBalancer",
              more: owned,
            }) +
            balancer,
        ),
      ),
    ).toEqual(["http://203.0.113.40:8000"]);
  });

  it("on KServe's platform the InferenceService that it made belongs to it", () => {
    const isvc = object(
      "serving.kserve.io/v1beta1 InferenceService",
      "llama",
      `spec: { predictor: { containers: [{ name: kserve-container, image: "nvcr.io/nim/meta/llama:1.8" }] } }\nstatus: { conditions: [${ready}] }`,
      owned,
    );
    const discovery = found(
      nim(", inferencePlatform: kserve", "state: Ready, model: { externalEndpoint: 'http://llama-team.corp.test' }") +
        isvc,
    );
    expect(namesOf(discovery)).toEqual(["NIMService llama"]);
    expect(leftOutOf(discovery)).toEqual({ "InferenceService llama": "It belongs to NIMService llama." });
    expect(urlsOf(apiOf(discovery, "llama"))).toEqual(["http://llama-team.corp.test"]);
    expect(factsOf(apiOf(discovery, "llama"))["Platform"]).toBe("kserve");
  });

  it.each([
    [
      "not ready",
      "",
      'state: NotReady, conditions: [{ type: Ready, status: "False", reason: NotReady, message: pulling }]',
      "unready",
      "pulling (NotReady).",
    ],
    [
      "failed",
      "",
      'state: Failed, conditions: [{ type: Failed, status: "True", message: no pull secret }]',
      "broken",
      "no pull secret.",
    ],
    ["at zero", ", replicas: 0", "state: Ready", "scaled-to-zero", "It is scaled to zero replicas."],
    ["scaled by itself", ", replicas: 0, scale: { enabled: true }", "state: Ready", "ready", null],
    ["silent", "", "", "unknown", "Its operator has not said anything about it yet."],
  ])("%s", (_, spec, status, state, reason) => {
    expect(onlyApi(nim(spec, status))).toMatchObject({ state, stateReason: reason });
  });
});

describe("KAITO's Workspace", () => {
  const workspace = (inference: string, conditions = '{ type: InferenceReady, status: "True" }'): string =>
    object(
      "kaito.sh/v1beta1 Workspace",
      "phi",
      `resource: { instanceType: gpu-large }\n${inference}\nstatus: { conditions: [${conditions}] }`,
      "generation: 2",
    );
  const own = (image: string, args: string): string =>
    service("phi", "kaito.sh/workspace: phi", {
      ports: "[{ name: http, port: 80, targetPort: 5000 }]",
      more: "labels: { kaito.sh/workspace: phi }",
    }) +
    service("phi-headless", "kaito.sh/workspace: phi", { ip: "None", ports: "[{ name: torchrun, port: 29500 }]" }) +
    pod("phi-0", "kaito.sh/workspace: phi, controller-revision-hash: a", { image, args, ip: "10.1.0.1" }) +
    slice("phi", ["phi-0 10.1.0.1"], { port: 5000 });

  it("of a preset is vLLM under the preset's name", () => {
    const api = onlyApi(
      workspace("inference: { preset: { name: phi-4 }, adapters: [{ source: { name: sql } }] }") +
        own("registry.test/kaito/base:1", "[]"),
    );
    expect(api).toMatchObject({
      server: "vllm",
      protocol: "openai",
      modelName: "phi-4",
      state: "ready",
      internalUrl: "http://phi.team.svc.cluster.local",
    });
    expect(probesOf(api)).toEqual(["phi 10.1.0.1:5000 10.0.0.9:80"]);
    expect(factsOf(api)).toMatchObject({ "Instance type": "gpu-large", Adapters: "sql" });
  });

  it("of its owner's own template is what its pods tell", () => {
    const template =
      'inference: { template: { spec: { containers: [{ name: c, image: "ghcr.io/huggingface/text-generation-inference:2.0", args: [--model-id, org/own] }] } } }';
    expect(onlyApi(workspace(template))).toMatchObject({
      server: "text-generation-inference",
      protocol: "openai",
      modelName: "org/own",
    });
  });

  it("that only tunes is no API", () => {
    expect(namesOf(found(workspace("tuning: { preset: { name: phi-4 } }")))).toEqual([]);
  });

  it.each([
    [
      "not ready",
      '{ type: InferenceReady, status: "False", reason: Failed, message: pods crash }',
      "unready",
      "pods crash (Failed).",
    ],
    ["told by the other condition", '{ type: WorkspaceSucceeded, status: "True" }', "ready", null],
    [
      "of an older form",
      '{ type: InferenceReady, status: "True", observedGeneration: 1 }',
      "unknown",
      "Its status speaks of an older form of it.",
    ],
  ])("%s", (_, conditions, state, reason) => {
    expect(onlyApi(workspace("inference: { preset: { name: phi-4 } }", conditions))).toMatchObject({
      state,
      stateReason: reason,
    });
  });
});

it("a Deployment at zero puts a resource to sleep that does not know of it", () => {
  const nim = object(
    "apps.nvidia.com/v1alpha1 NIMService",
    "llama",
    "spec: { image: { repository: nvcr.io/nim/meta/llama } }\nstatus: { state: Ready }",
  );
  const api = onlyApi(
    nim +
      service("llama", "app: llama", { ports: "[{ name: api, port: 8000 }]" }) +
      workload("Deployment", "llama", "app: llama", { replicas: 0, status: "{}" }),
  );
  expect(api.state).toBe("scaled-to-zero");
  expect(probesOf(api)).toEqual(["llama held scaled-to-zero"]);
});
