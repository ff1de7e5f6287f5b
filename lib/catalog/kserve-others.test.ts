import { describe, expect, it } from "vitest";
import { component, isvc, ready, revision } from "./testdata/kserve.ts";
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

describe("TrainedModel", () => {
  const trained = (name: string, condition = ready): string =>
    object(
      "serving.kserve.io/v1alpha1 TrainedModel",
      name,
      `spec: { inferenceService: iris, model: { framework: sklearn, storageUri: "s3://models/${name}", memory: 1Gi } }
status: { url: "http://iris.corp.test/v2/models/${name}/infer", address: { url: "http://iris.team.svc.cluster.local/v2/models/${name}/infer" }, conditions: [${condition}] }`,
      "ownerReferences: [{ apiVersion: serving.kserve.io/v1beta1, kind: InferenceService, name: iris, uid: u }]",
    );
  const host = isvc(
    "deploymentMode: Standard, clusterServingRuntimeName: kserve-mlserver, url: 'http://iris.corp.test'",
  );

  it("is an API of its own in the server of its InferenceService, under its own name", () => {
    const discovery = found(
      host + component("iris-predictor", "predictor", "10.1.0.1") + trained("fraud") + trained("spam"),
    );
    expect(namesOf(discovery)).toEqual(["InferenceService iris", "TrainedModel fraud", "TrainedModel spam"]);
    const api = apiOf(discovery, "fraud");
    expect(api).toMatchObject({
      server: "mlserver",
      protocol: "open-inference",
      modelName: "fraud",
      state: "ready",
      internalUrl: "http://iris.team.svc.cluster.local",
    });
    expect(urlsOf(api)).toEqual(["http://iris.corp.test"]);
    expect(probesOf(api)).toEqual(["predictor 10.1.0.1:8080 10.0.0.9:80"]);
    expect(api.probes[0]?.modelName).toBe("fraud");
    expect(factsOf(api)).toMatchObject({ InferenceService: "iris", "Model URI": "s3://models/fraud", Memory: "1Gi" });
  });

  it("sleeps with its InferenceService", () => {
    const asleep =
      isvc("deploymentMode: Knative, components: { predictor: { latestReadyRevision: iris-1 } }") +
      revision("iris-1", false);
    const api = apiOf(found(asleep + trained("fraud")), "fraud");
    expect(api.state).toBe("scaled-to-zero");
    expect(probesOf(api)).toEqual(["iris-1 held scaled-to-zero"]);
  });

  it("is unready where its own condition says so, though its server is up", () => {
    const api = apiOf(
      found(host + trained("fraud", '{ type: Ready, status: "False", reason: MemoryNotAvailable }')),
      "fraud",
    );
    expect(api).toMatchObject({ state: "unready", stateReason: "MemoryNotAvailable." });
  });

  it("without its InferenceService is an API all the same", () => {
    const api = onlyApi(trained("fraud"));
    expect(api.key.kind).toBe("TrainedModel");
    expect(revisionsOf(api)).toEqual(["fraud 100"]);
  });
});

describe("InferenceGraph", () => {
  const graph = (
    nodes: string,
    status = `url: "http://triage.corp.test", conditions: [${ready}]`,
    metadata = "",
  ): string =>
    object(
      "serving.kserve.io/v1alpha1 InferenceGraph",
      "triage",
      `spec: { nodes: { ${nodes} } }\nstatus: { ${status} }`,
      metadata,
    );
  const sequence =
    "root: { routerType: Sequence, steps: [{ serviceName: iris }, { nodeName: rest }] }, rest: { routerType: Splitter, steps: [{ serviceName: a, weight: 20 }, { serviceUrl: 'http://b.corp.test', weight: 80 }] }";

  it("is one API beside its models, whose steps are told", () => {
    const discovery = found(isvc() + graph(sequence));
    expect(namesOf(discovery)).toEqual(["InferenceGraph triage", "InferenceService iris"]);
    expect(apiOf(discovery, "triage")).toMatchObject({
      server: "inference-graph",
      protocol: "kserve-v1",
      internalUrl: "http://triage.team.svc.cluster.local",
    });
    expect(factsOf(apiOf(discovery, "triage"))["Graph"]).toBe(
      "root: Sequence of iris, rest; rest: Splitter of a (20 %), http://b.corp.test (80 %)",
    );
  });

  const others = ["a", "b"].map((name) => isvc().replace("name: iris", `name: ${name}`)).join("");
  it.each([
    [
      "a sequence: the first and the last",
      "root: { routerType: Sequence, steps: [{ serviceName: a }, { serviceName: iris }, { serviceName: b }] }",
      "a",
      "b",
    ],
    [
      "a splitter: one stands for all",
      "root: { routerType: Splitter, steps: [{ serviceName: a, weight: 50 }, { serviceName: b, weight: 50 }] }",
      "a",
      "a",
    ],
    [
      "a switch: one stands for all",
      "root: { routerType: Switch, steps: [{ serviceName: a, condition: x }, { serviceName: b, condition: y }] }",
      "a",
      "a",
    ],
    [
      "an ensemble: its answers are put together",
      "root: { routerType: Ensemble, steps: [{ serviceName: a }, { serviceName: b }] }",
      "a",
      null,
    ],
    [
      "through nodes",
      "root: { routerType: Sequence, steps: [{ nodeName: one }, { nodeName: two }] }, one: { routerType: Splitter, steps: [{ serviceName: a }] }, two: { routerType: Sequence, steps: [{ serviceName: iris }, { serviceName: b }] }",
      "a",
      "b",
    ],
    [
      "a URL is nobody that is known",
      "root: { routerType: Sequence, steps: [{ serviceUrl: 'http://a.corp.test' }, { serviceName: b }] }",
      null,
      "b",
    ],
    ["nodes in a circle", "root: { routerType: Sequence, steps: [{ nodeName: root }] }", null, null],
    ["what is not there", "root: { routerType: Sequence, steps: [{ serviceName: gone }] }", null, null],
  ])("what goes in and what comes out of %s", (_, nodes, entry, exit) => {
    const composed = apiOf(found(isvc() + others + graph(nodes)), "triage").probes[0]?.composed;
    expect([composed?.entry?.name ?? null, composed?.exit?.name ?? null]).toEqual([entry, exit]);
  });

  it("in Knative mode has the revisions of the Service that KServe made for it, and sleeps with them", () => {
    const child = object(
      "serving.knative.dev/v1 Service",
      "triage",
      `status: { latestReadyRevisionName: triage-1, conditions: [${ready}] }`,
      "ownerReferences: [{ apiVersion: serving.kserve.io/v1alpha1, kind: InferenceGraph, name: triage, uid: u }]",
    );
    const discovery = found(graph(sequence) + child + revision("triage-1", false));
    expect(leftOutOf(discovery)).toEqual({ "KnativeService triage": "It belongs to InferenceGraph triage." });
    expect(probesOf(apiOf(discovery, "triage"))).toEqual(["triage-1 held scaled-to-zero"]);
  });

  it("in Standard mode has a Service of its name behind it", () => {
    const own =
      service("triage", "app: triage", { more: "labels: { serving.kserve.io/inferencegraph: triage }" }) +
      pod("triage-p", "app: triage") +
      slice("triage", ["triage-p 10.1.0.7"]);
    expect(probesOf(onlyApi(graph(sequence) + own))).toEqual(["triage 10.1.0.7:8000 10.0.0.9:80"]);
  });

  it.each([
    [
      "hidden in the cluster",
      graph(sequence, `url: "http://triage.team.svc.cluster.local", conditions: [${ready}]`),
      [],
      "ready",
      "http://triage.team.svc.cluster.local",
    ],
    [
      "stopped",
      graph(sequence, 'conditions: [{ type: Stopped, status: "True" }]'),
      [],
      "stopped",
      "http://triage.team.svc.cluster.local",
    ],
    [
      "stopped by its owner",
      graph(sequence, "", 'annotations: { serving.kserve.io/stop: "true" }'),
      [],
      "stopped",
      "http://triage.team.svc.cluster.local",
    ],
    [
      "of an older form",
      graph(sequence, `observedGeneration: 1, conditions: [${ready}]`, "generation: 2"),
      [],
      "unknown",
      "http://triage.team.svc.cluster.local",
    ],
  ])("%s", (_, yaml, urls, state, inside) => {
    const api = onlyApi(yaml);
    expect(urlsOf(api)).toEqual(urls);
    expect(api).toMatchObject({ state, internalUrl: inside });
  });
});
