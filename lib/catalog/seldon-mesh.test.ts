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
  probesOf,
  revisionsOf,
  service,
  urlsOf,
} from "./testdata/objects.ts";
import { gateway, route } from "./testdata/world.ts";

describe("Seldon Core 2", () => {
  const model = (
    name: string,
    options: { readonly spec?: string; readonly status?: string; readonly metadata?: string } = {},
  ): string =>
    object(
      "mlops.seldon.io/v1alpha1 Model",
      name,
      `spec: { storageUri: "gs://models/${name}"${options.spec === undefined ? "" : `, ${options.spec}`} }\nstatus: { ${options.status ?? 'conditions: [{ type: ModelReady, status: "True" }]'} }`,
      options.metadata ?? "",
    );
  const pipeline = (name: string, steps: string, more = ""): string =>
    object(
      "mlops.seldon.io/v1alpha1 Pipeline",
      name,
      `spec: { steps: [${steps}]${more} }\nstatus: { conditions: [{ type: PipelineReady, status: "True" }] }`,
    );
  const experiment = (spec: string, status = ""): string =>
    object("mlops.seldon.io/v1alpha1 Experiment", "ab", `spec: { ${spec} }\nstatus: { conditions: [${status}] }`);
  const mesh = service("seldon-mesh", "app: seldon-mesh");
  const meshed =
    mesh +
    gateway() +
    route("mesh", "{ backendRefs: [{ name: seldon-mesh, port: 80 }] }", { hosts: "[mesh.corp.test]" });

  it("models and pipelines share one Service, each with the header that reaches it", () => {
    const discovery = found(model("iris") + pipeline("triage", "{ name: iris }") + meshed);
    expect(namesOf(discovery)).toEqual(["Model iris", "Pipeline triage"]);
    expect(leftOutOf(discovery)).toEqual({
      "Service seldon-mesh": "Models share it; each of them is listed with the header that reaches it.",
    });
    for (const [name, value] of [
      ["iris", "iris"],
      ["triage", "triage.pipeline"],
    ] as const) {
      const api = apiOf(discovery, name);
      const header = [{ name: "Seldon-Model", value }];
      expect(api).toMatchObject({
        server: "seldon-mesh",
        protocol: "open-inference",
        modelName: name,
        internalUrl: "http://seldon-mesh.team.svc.cluster.local",
      });
      expect(api.endpoints.map(({ url, requiredHeaders }) => [url, requiredHeaders])).toEqual([
        ["http://mesh.corp.test", header],
        ["http://seldon-mesh.team.svc.cluster.local", header],
      ]);
      expect(api.probes.map(({ headers }) => headers)).toEqual([header]);
      expect(probesOf(api)).toEqual([`${name} 10.0.0.9:80`]);
    }
  });

  it("a route that asks for the header of one of them is no address of the others", () => {
    const rule =
      "{ matches: [{ headers: [{ name: seldon-model, value: iris }] }], backendRefs: [{ name: seldon-mesh, port: 80 }] }";
    const discovery = found(
      model("iris") + model("other") + mesh + gateway() + route("iris", rule, { hosts: "[iris.corp.test]" }),
    );
    expect(urlsOf(apiOf(discovery, "iris"))).toEqual(["http://iris.corp.test"]);
    expect(urlsOf(apiOf(discovery, "other"))).toEqual([]);
  });

  it("a load balancer in front of the shared Service is everybody's address", () => {
    const balanced =
      service("seldon-mesh", "app: seldon-mesh", { spec: "type: LoadBalancer" }) +
      "status: { loadBalancer: { ingress: [{ ip: 203.0.113.7 }] } }\n";
    const [endpoint] = onlyApi(model("iris") + balanced).endpoints;
    expect(endpoint).toMatchObject({
      url: "http://203.0.113.7",
      requiredHeaders: [{ name: "Seldon-Model", value: "iris" }],
    });
  });

  it("an experiment splits the calls of its default, each candidate asked by its own name", () => {
    const split = experiment(
      "default: iris, candidates: [{ name: iris, weight: 30 }, { name: next, weight: 10 }], mirror: { name: copy, percent: 50 }",
      '{ type: ExperimentReady, status: "True" }',
    );
    const discovery = found(model("iris") + model("next") + split + mesh);
    const api = apiOf(discovery, "iris");
    expect(revisionsOf(api)).toEqual(["iris 75", "next 25"]);
    expect(api.probes.map(({ revision, modelName, headers }) => [revision, modelName, headers[0]?.value])).toEqual([
      ["iris", "iris", "iris"],
      ["next", "next", "next"],
    ]);
    expect(factsOf(api)["Shadow traffic"]).toBe("copy (50 %)");
    expect(revisionsOf(apiOf(discovery, "next"))).toEqual(["next 100"]);
  });

  it.each([
    [
      "that is not ready",
      "default: iris, candidates: [{ name: iris, weight: 50 }, { name: next, weight: 50 }]",
      '{ type: ExperimentReady, status: "False" }',
    ],
    ["without a default", "candidates: [{ name: iris, weight: 50 }, { name: next, weight: 50 }]", ""],
    [
      "of pipelines",
      "default: iris, resourceType: pipeline, candidates: [{ name: iris, weight: 50 }, { name: next, weight: 50 }]",
      "",
    ],
  ])("an experiment %s splits nothing of a model", (_, spec, status) => {
    expect(revisionsOf(apiOf(found(model("iris") + model("next") + experiment(spec, status)), "iris"))).toEqual([
      "iris 100",
    ]);
  });

  it("an experiment of pipelines splits those, by the headers of pipelines", () => {
    const split = experiment(
      "default: a, resourceType: pipeline, candidates: [{ name: a, weight: 50 }, { name: b, weight: 50 }]",
    );
    const api = apiOf(found(pipeline("a", "{ name: iris }") + pipeline("b", "{ name: iris }") + split), "Pipeline a");
    expect(revisionsOf(api)).toEqual(["a 50", "b 50"]);
    expect(api.probes.map(({ headers }) => headers[0]?.value)).toEqual(["a.pipeline", "b.pipeline"]);
  });

  it.each([
    ["the first and the last step", "{ name: a }, { name: b, inputs: [a] }", "", "a", "b"],
    [
      "the step that waits for nobody",
      "{ name: b, inputs: [a] }, { name: a }",
      ", output: { steps: [b.outputs] }",
      "a",
      "b",
    ],
    ["several answers are nobody's", "{ name: a }, { name: b }", ", output: { steps: [a, b] }", "a", null],
  ])("what goes into a pipeline and what comes out: %s", (_, steps, output, entry, exit) => {
    const composed = apiOf(found(model("a") + model("b") + pipeline("p", steps, output)), "p").probes[0]?.composed;
    expect([composed?.entry?.name ?? null, composed?.exit?.name ?? null]).toEqual([entry, exit]);
  });

  it.each([
    ["is ready", {}, "ready", null],
    [
      "failed to load",
      { status: 'conditions: [{ type: ModelReady, status: "False", reason: ModelFailed, message: no bucket }]' },
      "unready",
      "no bucket (ModelFailed).",
    ],
    [
      "is older than its spec",
      { status: `observedGeneration: 1, conditions: [${ready}]`, metadata: "generation: 2" },
      "unknown",
      "Its status speaks of an older form of it.",
    ],
    ["is at zero", { spec: "replicas: 0" }, "scaled-to-zero", "It is scaled to zero replicas."],
  ])("a model %s", (_, options, state, reason) => {
    const api = onlyApi(model("iris", options) + mesh);
    expect(api).toMatchObject({ state, stateReason: reason });
    expect(probesOf(api)).toEqual([
      state === "ready" ? "iris 10.0.0.9:80" : `iris held ${state === "scaled-to-zero" ? state : "not-ready"}`,
    ]);
  });

  it("the server that a model names is a fact of it, and no API", () => {
    const server = object(
      "mlops.seldon.io/v1alpha1 Server",
      "mlserver",
      `spec: { serverConfig: mlserver }\nstatus: { loadedModels: 3, conditions: [{ type: Ready, status: "False" }] }`,
    );
    const own = service("mlserver", "app: mlserver", {
      more: "ownerReferences: [{ apiVersion: mlops.seldon.io/v1alpha1, kind: Server, name: mlserver, uid: u }]",
    });
    const discovery = found(
      model("iris", { spec: "server: mlserver, requirements: [sklearn], artifactVersion: 3" }) + server + own,
    );
    expect(namesOf(discovery)).toEqual(["Model iris"]);
    expect(factsOf(apiOf(discovery, "iris"))).toMatchObject({
      "Server configuration": "mlserver, 3 models loaded, not ready",
      Requirements: "sklearn",
      "Artifact version": "3",
    });
    expect(leftOutOf(discovery)).toEqual({
      "Service mlserver": "It is not a thing of its own: it belongs to a Server, whose Models are listed.",
    });
  });
});
