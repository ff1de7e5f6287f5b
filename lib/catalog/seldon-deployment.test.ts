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

describe("SeldonDeployment", () => {
  const income = (spec: string, status = "state: Available", metadata = ""): string =>
    object(
      "machinelearning.seldon.io/v1 SeldonDeployment",
      "income",
      `spec: { ${spec} }\nstatus: { ${status} }`,
      metadata,
    );
  const predictor = (name: string, more = "", graph = "name: classifier, implementation: SKLEARN_SERVER"): string =>
    `{ name: ${name}, replicas: 1, graph: { ${graph} }${more === "" ? "" : `, ${more}`} }`;
  const of = (...predictors: readonly string[]): string => `predictors: [${predictors.join(", ")}]`;
  const carried = (name: string, ip: string): string =>
    service(name, `seldon-app: ${name}`, {
      ports: "[{ name: http, port: 8000 }, { name: grpc, port: 5001 }]",
      more: "labels: { seldon-deployment-id: income }",
    }) +
    pod(`${name}-p`, `seldon-app: ${name}, pod-template-hash: h`, {
      image: "docker.io/seldonio/sklearnserver:1.17.1",
      args: "[]",
      ip,
    }) +
    slice(name, [`${name}-p ${ip}`]);

  it("has its predictors as revisions, each asked at its own Service; one that only gets copies is not asked", () => {
    const spec = of(
      predictor("default", "traffic: 75"),
      predictor("canary", "traffic: 25"),
      predictor("copy", "shadow: true, traffic: 50"),
    );
    const api = onlyApi(
      income(spec) +
        carried("income-default", "10.1.0.1") +
        carried("income-canary", "10.1.0.2") +
        carried("income-copy", "10.1.0.3"),
    );
    expect(revisionsOf(api)).toEqual(["default 75", "canary 25", "copy 0"]);
    expect(probesOf(api)).toEqual(["canary 10.1.0.2:8000 10.0.0.9:8000", "default 10.1.0.1:8000 10.0.0.9:8000"]);
    expect(api).toMatchObject({
      server: "seldon-executor",
      protocol: "seldon-v1",
      modelName: "classifier",
      state: "ready",
    });
    expect(factsOf(api)["Shadow traffic"]).toBe("copy");
  });

  it.each([
    ["the only one has it all, whatever is written", of(predictor("default", "traffic: 10")), ["default 100"]],
    [
      "the only one beside copies has it all",
      of(predictor("copy", "shadow: true"), predictor("default")),
      ["default 100", "copy 0"],
    ],
    ["of two, one that names none has none", of(predictor("a", "traffic: 100"), predictor("b")), ["a 100", "b 0"]],
  ])("traffic: %s", (_, spec, revisions) => {
    expect(revisionsOf(onlyApi(income(spec)))).toEqual(revisions);
  });

  it.each([
    ["by its own name", of(predictor("default")), "state: Available", "income-default"],
    [
      "as its annotation names it",
      of(predictor("default", "annotations: { seldon.io/svc-name: scores }")),
      "state: Available",
      "scores",
    ],
    [
      "as its status names it",
      of(predictor("default")),
      "state: Available, serviceStatus: { income-default: { svcName: scores } }",
      "scores",
    ],
  ])("the Service of a predictor is found %s", (_, spec, status, name) => {
    const api = onlyApi(income(spec, status) + carried(name, "10.1.0.1"));
    expect(probesOf(api)).toEqual(["default 10.1.0.1:8000 10.0.0.9:8000"]);
    expect(api.internalUrl).toBe(`http://${name}.team.svc.cluster.local:8000`);
  });

  it.each([
    ["seldon", "SKLEARN_SERVER", "seldon-executor", "seldon-v1"],
    ["v2", "SKLEARN_SERVER", "mlserver", "open-inference"],
    ["kfserving", "TRITON_SERVER", "triton", "open-inference"],
    ["tensorflow", "TENSORFLOW_SERVER", "tensorflow-serving", "tensorflow-serving"],
  ])("speaks %s with %s", (protocol, implementation, server, spoken) => {
    const spec = `protocol: ${protocol}, ${of(predictor("default", "", `name: m, implementation: ${implementation}`))}`;
    expect(onlyApi(income(spec))).toMatchObject({ server, protocol: spoken, modelName: "m" });
  });

  it("without its engine a predictor is its model's own process", () => {
    expect(onlyApi(income(of(predictor("default", 'annotations: { seldon.io/no-engine: "true" }')))).server).toBe(
      "seldon-microservice",
    );
    expect(onlyApi(income(`annotations: { seldon.io/no-engine: "True" }, ${of(predictor("default"))}`)).server).toBe(
      "seldon-microservice",
    );
  });

  it("each predictor is asked for its own model", () => {
    const spec = `protocol: v2, ${of(predictor("a", "traffic: 90", "name: old"), predictor("b", "traffic: 10", "name: new"))}`;
    expect(onlyApi(income(spec)).probes.map(({ revision, modelName }) => [revision, modelName])).toEqual([
      ["a", "old"],
      ["b", "new"],
    ]);
  });

  it("what is inside of a predictor folds into it, its explainer too", () => {
    const explained = of(predictor("default", "explainer: { type: AnchorTabular }"));
    const inside = ["income-default-classifier", "income-default-explainer"].map((name) =>
      service(name, "app: x", { ports: "[{ name: http, port: 9000 }]" }),
    );
    const discovery = found(income(explained) + carried("income-default", "10.1.0.1") + inside.join(""));
    expect(namesOf(discovery)).toEqual(["SeldonDeployment income"]);
    expect(leftOutOf(discovery)).toEqual({});
    expect(factsOf(apiOf(discovery, "income"))["Explainer"]).toBe("AnchorTabular");
  });

  it.each([
    ["Available", "state: Available", "ready", null, "nowhere"],
    ["Creating", "state: Creating, description: pulling", "unready", "pulling", "held not-ready"],
    ["Failed", "state: Failed", "broken", "Seldon says that it is Failed.", "held not-ready"],
    ["silent", "", "unknown", "Seldon has not said anything about it yet.", "held not-ready"],
  ])("%s", (_, status, state, reason, probe) => {
    const api = onlyApi(income(of(predictor("default")), status));
    expect(api.state).toBe(state);
    expect(api.stateReason).toBe(reason === null || /\.$/.test(reason) ? reason : `${reason}.`);
    expect(probesOf(api)).toEqual([`default ${probe}`]);
  });

  it("at zero is held: all of it, or the predictor that is", () => {
    const none = onlyApi(income(`replicas: 0, ${of(predictor("default").replace("replicas: 1, ", ""))}`));
    expect(none).toMatchObject({ state: "scaled-to-zero", stateReason: "Its predictors are scaled to zero replicas." });
    expect(probesOf(none)).toEqual(["default held scaled-to-zero"]);
    const half = income(of(predictor("a", "traffic: 100"), predictor("b").replace("replicas: 1", "replicas: 0")));
    const idle = service("income-b", "seldon-app: income-b", {
      ports: "[{ name: http, port: 8000 }]",
      more: "labels: { seldon-deployment-id: income }",
    });
    const yaml =
      half +
      carried("income-a", "10.1.0.1") +
      idle +
      workload("Deployment", "income-b-0-m", "seldon-app: income-b", { replicas: 0, status: "{}" });
    expect(onlyApi(yaml).state).toBe("ready");
    expect(probesOf(onlyApi(yaml))).toEqual(["a 10.1.0.1:8000 10.0.0.9:8000", "b held scaled-to-zero"]);
  });

  it("is called under the path that its VirtualService takes away", () => {
    const edge = object(
      "networking.istio.io/v1 Gateway",
      "seldon-gateway",
      'spec: { selector: { istio: x }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }] }',
    );
    const virtual = object(
      "networking.istio.io/v1 VirtualService",
      "income-http",
      "spec: { hosts: [ai.corp.test], gateways: [seldon-gateway], http: [{ match: [{ uri: { prefix: /seldon/team/income/ } }], rewrite: { uri: / }, route: [{ destination: { host: income-default, port: { number: 8000 } } }] }] }",
    );
    const api = onlyApi(income(of(predictor("default"))) + carried("income-default", "10.1.0.1") + edge + virtual);
    expect(urlsOf(api)).toEqual(["http://ai.corp.test/seldon/team/income"]);
  });
});
