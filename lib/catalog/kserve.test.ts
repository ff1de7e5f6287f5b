import { describe, expect, it } from "vitest";
import { component, isvc, ready, revision, sklearn } from "./testdata/kserve.ts";
import {
  factsOf,
  found,
  namesOf,
  object,
  onlyApi,
  pod,
  probesOf,
  revisionsOf,
  service,
  urlsOf,
  workload,
} from "./testdata/objects.ts";

describe("the mode of an InferenceService", () => {
  const knative = "components: { predictor: { latestReadyRevision: iris-predictor-00001 } }";

  it.each([
    ["Knative, as its status says", "deploymentMode: Knative", "{}", "Knative"],
    ["Knative by its old name", "", "{ serving.kserve.io/deploymentMode: Serverless }", "Knative"],
    ["Standard by its old name", "", "{ serving.kserve.io/deploymentMode: RawDeployment }", "Standard"],
    ["ModelMesh", "", "{ serving.kserve.io/deploymentMode: ModelMesh }", "ModelMesh"],
    [
      "its status before its annotation",
      "deploymentMode: Standard",
      "{ serving.kserve.io/deploymentMode: Knative }",
      "Standard",
    ],
    ["Knative by the traces of a revision", knative, "{}", "Knative"],
    ["Standard without any", "", "{}", "Standard"],
  ])("%s", (_, status, annotations, mode) => {
    const api = onlyApi(isvc(status, { more: `annotations: ${annotations}` }));
    expect(api.provenance[0]?.says).toBe(`serves sklearn in ${mode} mode`);
  });

  it("in ModelMesh mode all models share one Service, which is no API", () => {
    const yaml =
      isvc("deploymentMode: ModelMesh, url: 'http://iris.corp.test'") +
      service("modelmesh-serving", "app: mm", { ports: "[{ name: http, port: 8008 }]" });
    const discovery = found(yaml);
    expect(namesOf(discovery)).toEqual(["InferenceService iris"]);
    expect(discovery.apis[0]?.internalUrl).toBe("http://modelmesh-serving.team.svc.cluster.local:8008");
    expect(discovery.apis.flatMap((api) => urlsOf(api))).toEqual([]);
  });
});

describe("revisions in Knative mode", () => {
  const traffic = (entry: string): string => `deploymentMode: Knative, components: { predictor: { ${entry} } }`;
  const asks = "predictor: { canaryTrafficPercent: 20, model: { modelFormat: { name: sklearn } } }";

  it("are those that its traffic names, a canary among them, each asked at its own pods", () => {
    const split =
      "latestReadyRevision: iris-00002, latestCreatedRevision: iris-00002, traffic: [{ revisionName: iris-00001, percent: 80, tag: prev }, { revisionName: iris-00002, percent: 20, latestRevision: true }]";
    const pods = ["1", "2"].map((n) =>
      pod(`iris-${n}`, `serving.knative.dev/revision: iris-0000${n}`, { ip: `10.1.0.${n}` }),
    );
    const api = onlyApi(
      isvc(traffic(split), { spec: asks }) +
        pods.join("") +
        revision("iris-00001", true) +
        revision("iris-00002", true),
    );
    expect(revisionsOf(api)).toEqual(["iris-00001 80", "iris-00002 20"]);
    expect(probesOf(api)).toEqual(["iris-00001 10.1.0.1:8080", "iris-00002 10.1.0.2:8080"]);
    expect(api.lines[0]?.currentRevision).toBe("iris-00001");
    expect(factsOf(api)["Canary asked for"]).toBe("20 %");
  });

  it.each([
    [
      "its status says nothing of traffic: the latest that is ready has it all",
      "latestReadyRevision: iris-00001",
      ["iris-00001 100"],
    ],
    [
      "one was made and has not taken over",
      "latestReadyRevision: iris-00001, latestCreatedRevision: iris-00002",
      ["iris-00001 100", "iris-00002 0 unready"],
    ],
    ["the first one has not come up yet", "latestCreatedRevision: iris-00001", ["iris-00001 100 unready"]],
    [
      "two targets lead to one revision",
      "latestReadyRevision: iris-00001, traffic: [{ revisionName: iris-00001, percent: 60 }, { latestRevision: true, percent: 40 }]",
      ["iris-00001 100"],
    ],
  ])("%s", (_, entry, revisions) => {
    expect(revisionsOf(onlyApi(isvc(traffic(entry))))).toEqual(revisions);
  });

  it("at zero they are held, whatever its own condition says", () => {
    const api = onlyApi(isvc(traffic("latestReadyRevision: iris-00001")) + revision("iris-00001", false));
    expect(api).toMatchObject({
      state: "scaled-to-zero",
      stateReason: "Its revisions have no pods: Knative scaled it to zero.",
    });
    expect(probesOf(api)).toEqual(["iris-00001 held scaled-to-zero"]);
  });

  it("of two the one at zero is held and the other is asked", () => {
    const split =
      "latestReadyRevision: iris-00002, traffic: [{ revisionName: iris-00001, percent: 90 }, { revisionName: iris-00002, percent: 10 }]";
    const yaml =
      isvc(traffic(split)) +
      revision("iris-00001", true) +
      revision("iris-00002", false) +
      pod("iris-1", "serving.knative.dev/revision: iris-00001");
    expect(probesOf(onlyApi(yaml))).toEqual(["iris-00001 10.1.0.7:8080", "iris-00002 held scaled-to-zero"]);
  });

  it("fold the Knative Service that KServe made into it", () => {
    const child = object(
      "serving.knative.dev/v1 Service",
      "iris-predictor",
      `status: { latestReadyRevisionName: iris-00001, conditions: [${ready}] }`,
      "ownerReferences: [{ apiVersion: serving.kserve.io/v1beta1, kind: InferenceService, name: iris, uid: u }]",
    );
    const own = service("iris-00001-private", "app: x", {
      more: "ownerReferences: [{ apiVersion: serving.knative.dev/v1, kind: Service, name: iris-predictor, uid: u }]",
    });
    expect(namesOf(found(isvc(traffic("latestReadyRevision: iris-00001")) + child + own))).toEqual([
      "InferenceService iris",
    ]);
  });
});

describe("revisions in Standard mode", () => {
  const canary = (percent: number, name = "v2"): string =>
    `{ name: ${name}, trafficPercent: ${String(percent)}, predictor: { model: { name: kserve-container, modelFormat: { name: sklearn } } } }`;
  const named = "predictor: { name: v1, model: { modelFormat: { name: sklearn } } }";
  const standard = "deploymentMode: Standard";

  it.each([
    ["iris-predictor", sklearn, "predictor"],
    ["iris-predictor-default", sklearn, "predictor"],
    ["iris-v1-predictor", named, "v1"],
  ])("has Service %s behind it", (name, spec, revisionName) => {
    const api = onlyApi(isvc(standard, { spec }) + component(name, "predictor", "10.1.0.1"));
    expect(revisionsOf(api)).toEqual([`${revisionName} 100`]);
    expect(probesOf(api)).toEqual([`${revisionName} 10.1.0.1:8080 10.0.0.9:80`]);
  });

  it("a canary is a revision with the share that its status gives it, else the one that is asked for", () => {
    const spec = `${named}, canary: [${canary(30)}]`;
    const pods =
      component("iris-v1-predictor", "predictor", "10.1.0.1") + component("iris-v2-predictor", "predictor", "10.1.0.2");
    const said = onlyApi(
      isvc(`${standard}, canaryStatuses: [{ name: v2, ready: true, trafficPercent: 10 }]`, { spec }) + pods,
    );
    expect(revisionsOf(said)).toEqual(["v1 90", "v2 10"]);
    expect(probesOf(said)).toEqual(["v1 10.1.0.1:8080 10.0.0.9:80", "v2 10.1.0.2:8080 10.0.0.9:80"]);
    expect(said.lines[0]?.currentRevision).toBe("v1");
    expect(
      revisionsOf(onlyApi(isvc(standard, { spec }) + component("iris-v1-predictor", "predictor", "10.1.0.1"))),
    ).toEqual(["v1 70", "v2 30 unready"]);
  });

  it("several canaries leave the rest to the stable one, nothing where there is none", () => {
    const spec = (first: number, second: number): string =>
      `${named}, canary: [${canary(first)}, ${canary(second, "v3")}]`;
    expect(revisionsOf(onlyApi(isvc(standard, { spec: spec(20, 5) })))).toEqual([
      "v1 75",
      "v2 20 unready",
      "v3 5 unready",
    ]);
    expect(
      onlyApi(isvc(standard, { spec: spec(60, 60) })).revisions.find(({ name }) => name === "v1")?.trafficPercent,
    ).toBe(0);
  });

  it("does not know canaryTrafficPercent, which is Knative's", () => {
    const spec = "predictor: { canaryTrafficPercent: 20, model: { modelFormat: { name: sklearn } } }";
    expect(revisionsOf(onlyApi(isvc(standard, { spec })))).toEqual(["predictor 100"]);
  });

  it("at zero replicas it is scaled to zero, with and without a Service, and a canary that is up keeps it ready", () => {
    const atZero = workload("Deployment", "iris-v1-predictor", "app: isvc.iris-v1-predictor", {
      replicas: 0,
      status: "{}",
    });
    const own = service("iris-v1-predictor", "app: isvc.iris-v1-predictor");
    for (const yaml of [atZero, atZero + own]) {
      const api = onlyApi(isvc(standard, { spec: named }) + yaml);
      expect(api).toMatchObject({
        state: "scaled-to-zero",
        stateReason: "Deployment iris-v1-predictor is scaled to zero replicas.",
      });
      expect(probesOf(api)).toEqual(["v1 held scaled-to-zero"]);
    }
    const spec = `${named}, canary: [${canary(10)}]`;
    const both = onlyApi(
      isvc(standard, { spec }) + atZero + own + component("iris-v2-predictor", "predictor", "10.1.0.2"),
    );
    expect(both.state).toBe("ready");
    expect(probesOf(both)).toEqual(["v1 held scaled-to-zero", "v2 10.1.0.2:8080 10.0.0.9:80"]);
  });
});

describe("transformers and explainers", () => {
  const spec = `${sklearn}, transformer: { containers: [{ name: kserve-container, image: "registry.test/iris-transformer:1", args: [--model_name=iris] }] }`;
  const both =
    component("iris-transformer", "transformer", "10.1.0.1", { image: "registry.test/iris-transformer:1" }) +
    component("iris-predictor", "predictor", "10.1.0.2");

  it("a transformer is what answers: it is asked, and its images are the revision's", () => {
    const api = onlyApi(
      isvc("deploymentMode: Standard, clusterServingRuntimeName: kserve-sklearnserver", { spec }) + both,
    );
    expect(probesOf(api).map((text) => text.replace(/^\S+ /, ""))).toEqual(["10.1.0.1:8080 10.0.0.9:80"]);
    expect(api.revisions[0]?.images).toEqual(["registry.test/iris-transformer:1@sha256:iris-transformer-p"]);
    expect(api).toMatchObject({ server: "kserve", protocol: "kserve-v1", modelName: "iris" });
    expect(factsOf(api)["Transformer"]).toBe("stands before the model");
  });

  it("in Knative mode its revisions are those of the transformer", () => {
    const components =
      "components: { predictor: { latestReadyRevision: iris-predictor-00001 }, transformer: { latestReadyRevision: iris-transformer-00002 } }";
    expect(revisionsOf(onlyApi(isvc(`deploymentMode: Knative, ${components}`, { spec })))).toEqual([
      "iris-transformer-00002 100",
    ]);
  });

  it("an explainer is told and never asked", () => {
    const explained = `${sklearn}, explainer: { containers: [{ name: kserve-container, image: "registry.test/explainer:1" }] }`;
    const api = onlyApi(
      isvc("deploymentMode: Standard", { spec: explained }) +
        component("iris-predictor", "predictor", "10.1.0.2") +
        component("iris-explainer", "explainer", "10.1.0.3"),
    );
    expect(probesOf(api)).toEqual(["predictor 10.1.0.2:8080 10.0.0.9:80"]);
    expect(factsOf(api)["Explainer"]).toBe("its owner's own");
  });
});
