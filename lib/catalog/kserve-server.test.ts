import { describe, expect, it } from "vitest";
import { component, isvc } from "./testdata/kserve.ts";
import { factsOf, object, onlyApi } from "./testdata/objects.ts";

const images: Readonly<Record<string, string>> = {
  mlserver: "docker.io/seldonio/mlserver:1.7.1",
  triton: "nvcr.io/nvidia/tritonserver:24.05-py3",
  torchserve: "docker.io/pytorch/torchserve-kfs:0.9.0",
  vllm: "docker.io/vllm/vllm-openai:v0.9.0",
  kserve: "docker.io/kserve/sklearnserver:v0.20.0",
};

type RuntimeOptions = {
  readonly protocols?: string;
  readonly format?: string;
  readonly more?: string;
  readonly namespace?: string;
};

/** A runtime of the cluster, or of a namespace where one is named; its image shows which server it is. */
const runtime = (name: string, server: string, options: RuntimeOptions = {}): string =>
  object(
    `serving.kserve.io/v1alpha1 ${options.namespace === undefined ? "ClusterServingRuntime" : "ServingRuntime"}`,
    name,
    `spec: { protocolVersions: [${options.protocols ?? "v1, v2"}], supportedModelFormats: [{ name: house, autoSelect: true${options.format === undefined ? "" : `, ${options.format}`} }], containers: [{ name: kserve-container, image: "${images[server] ?? ""}" }]${options.more === undefined ? "" : `, ${options.more}`} }`,
    `namespace: "${options.namespace ?? ""}"`,
  );

const spec = (model: string): string => `predictor: { model: { ${model} } }`;
const house = spec("modelFormat: { name: house }");

describe("the runtime of an InferenceService", () => {
  const both = runtime("house", "triton") + runtime("house", "mlserver", { namespace: "team" });

  it.each([
    ["KServe says that it took the cluster's", both, "clusterServingRuntimeName: house", house, "triton"],
    ["KServe says that it took the namespace's", both, "servingRuntimeName: house", house, "mlserver"],
    [
      "it asks for one by name: the namespace's before the cluster's",
      both,
      "",
      spec("modelFormat: { name: house }, runtime: house"),
      "mlserver",
    ],
    [
      "it asks for one that only the cluster has",
      runtime("house", "triton"),
      "",
      spec("modelFormat: { name: house }, runtime: house"),
      "triton",
    ],
    [
      "it asks for one of another namespace",
      runtime("house", "triton", { namespace: "lab" }),
      "",
      spec("modelFormat: { name: house }, runtime: house"),
      "unknown-http",
    ],
    [
      "nothing is named: the namespace's before the cluster's",
      runtime("a", "triton", { format: "priority: 9" }) + runtime("b", "mlserver", { namespace: "team" }),
      "",
      house,
      "mlserver",
    ],
    [
      "nothing is named: the higher priority",
      runtime("a", "triton", { format: "priority: 1" }) + runtime("b", "mlserver", { format: "priority: 2" }),
      "",
      house,
      "mlserver",
    ],
    [
      "nothing is named: one that is disabled is none",
      runtime("a", "triton", { format: "priority: 9", more: "disabled: true" }) + runtime("b", "mlserver"),
      "",
      house,
      "mlserver",
    ],
    [
      "nothing is named: one of another protocol is none",
      runtime("a", "triton", { format: "priority: 9", protocols: "grpc-v2" }) + runtime("b", "mlserver"),
      "",
      house,
      "mlserver",
    ],
    [
      "nothing is named: one that does not offer itself is none",
      runtime("a", "triton").replace("autoSelect: true", "autoSelect: false") + runtime("b", "mlserver"),
      "",
      house,
      "mlserver",
    ],
    [
      "nothing is named: one of another version is none",
      runtime("a", "triton", { format: 'version: "2", priority: 9' }) +
        runtime("b", "mlserver", { format: 'version: "1"' }),
      "",
      spec('modelFormat: { name: house, version: "1" }'),
      "mlserver",
    ],
    [
      "nothing is named: one of another namespace is none",
      runtime("a", "triton", { namespace: "lab" }) + runtime("b", "mlserver"),
      "",
      house,
      "mlserver",
    ],
    ["it cannot be read, and its name tells", "", "clusterServingRuntimeName: kserve-tritonserver", house, "triton"],
    [
      "it cannot be read, and its name tells KServe's own server",
      "",
      "clusterServingRuntimeName: kserve-lgbserver",
      house,
      "kserve",
    ],
    [
      "nothing is known of it, and the format tells",
      "",
      "",
      spec("modelFormat: { name: tensorflow }"),
      "tensorflow-serving",
    ],
    [
      "nothing is known of it, and the format in the open protocol tells",
      "",
      "",
      spec("modelFormat: { name: xgboost }, protocolVersion: v2"),
      "mlserver",
    ],
    [
      "the predictor is of the older form",
      "",
      "",
      "predictor: { pytorch: { storageUri: 's3://models/x' } }",
      "torchserve",
    ],
    [
      "its owner brings a container",
      "",
      "",
      `predictor: { containers: [{ name: kserve-container, image: "${images["vllm"] ?? ""}" }] }`,
      "vllm",
    ],
    ["nothing tells at all", "", "", house, "unknown-http"],
  ])("tells the server where %s", (_, yaml, status, predictor, server) => {
    expect(onlyApi(yaml + isvc(status, { spec: predictor })).server).toBe(server);
  });

  it("is a fact, whether KServe has named it or would choose it", () => {
    expect(factsOf(onlyApi(runtime("own", "triton") + isvc("", { spec: house })))).toMatchObject({
      Runtime: "own",
      Framework: "house",
    });
    expect(factsOf(onlyApi(isvc("clusterServingRuntimeName: kserve-mlserver")))["Runtime"]).toBe("kserve-mlserver");
  });
});

describe("the protocol of an InferenceService", () => {
  it.each([
    ["KServe's own server speaks v1", "kserve-sklearnserver", "modelFormat: { name: sklearn }", "kserve-v1"],
    [
      "or the open one where it is asked to",
      "kserve-sklearnserver",
      "modelFormat: { name: sklearn }, protocolVersion: v2",
      "open-inference",
    ],
    [
      "gRPC where it is asked to",
      "kserve-tritonserver",
      "modelFormat: { name: triton }, protocolVersion: grpc-v2",
      "grpc",
    ],
    ["Triton knows the open one alone", "kserve-tritonserver", "modelFormat: { name: triton }", "open-inference"],
    ["MLServer too", "kserve-mlserver", "modelFormat: { name: sklearn }", "open-inference"],
    ["TensorFlow Serving speaks v1", "kserve-tensorflow-serving", "modelFormat: { name: tensorflow }", "kserve-v1"],
    ["TorchServe speaks v1 under KServe", "kserve-torchserve", "modelFormat: { name: pytorch }", "kserve-v1"],
    ["vLLM speaks OpenAI's", "kserve-vllmserver", "modelFormat: { name: vLLM }", "openai"],
    [
      "the Hugging Face server speaks OpenAI's",
      "kserve-huggingfaceserver",
      "modelFormat: { name: huggingface }",
      "openai",
    ],
    [
      "for a task that generates",
      "kserve-huggingfaceserver",
      "modelFormat: { name: huggingface }, args: [--task=text2text_generation]",
      "openai",
    ],
    [
      "and v1 for any other task",
      "kserve-huggingfaceserver",
      "modelFormat: { name: huggingface }, args: [--task=text_classification]",
      "kserve-v1",
    ],
  ])("%s", (_, name, model, protocol) => {
    expect(onlyApi(isvc(`clusterServingRuntimeName: ${name}`, { spec: spec(model) })).protocol).toBe(protocol);
  });

  it("a runtime that knows the open one alone speaks it, whether it is asked for or not", () => {
    const own = runtime("own", "kserve", { protocols: "v2, grpc-v2" });
    expect(onlyApi(own + isvc("clusterServingRuntimeName: own", { spec: house })).protocol).toBe("open-inference");
  });

  it("is that of the server that its owner names", () => {
    const api = onlyApi(
      isvc("clusterServingRuntimeName: kserve-mlserver", { more: "annotations: { gatebook.dev/server: bentoml }" }),
    );
    expect(api).toMatchObject({ server: "bentoml", protocol: "rest" });
  });
});

describe("a predictor of its owner's own", () => {
  const container = (more: string): string =>
    `predictor: { containers: [{ name: kserve-container, image: "registry.test/team/petals:1", ${more} }] }`;

  it.each([
    ["--model_name", "args: [--model_name=petals]"],
    ["--model_name as two words", "args: [--model_name, petals]"],
    ["--http_port", "args: ['--http_port=8080']"],
  ])("is KServe's own server where it takes its option %s", (_, more) => {
    expect(onlyApi(isvc("", { spec: container(more) })).server).toBe("kserve");
  });

  it.each([
    ["nothing tells what it is", "args: [serve]", "unknown-http"],
    ["it is another server", "args: [uvicorn, 'petals:app', '--model_name=petals']", "fastapi"],
  ])("is not where %s", (_, more, server) => {
    expect(onlyApi(isvc("", { spec: container(more) })).server).toBe(server);
  });

  it.each([
    ["v2", "open-inference"],
    ["v1", "kserve-v1"],
    ["v3", "kserve-v1"],
  ])("speaks the protocol of its variable PROTOCOL: %s", (value, protocol) => {
    const own = container(`args: [--model_name=petals], env: [{ name: PROTOCOL, value: ${value} }]`);
    expect(onlyApi(isvc("", { spec: own })).protocol).toBe(protocol);
  });

  it("has no protocol by that variable where a format of KServe's is named", () => {
    const own = spec("modelFormat: { name: sklearn }, env: [{ name: PROTOCOL, value: v2 }]");
    expect(onlyApi(isvc("", { spec: own })).protocol).toBe("kserve-v1");
  });
});

describe("the name of the model in its server's paths", () => {
  it.each([
    ["the InferenceService's own", "modelFormat: { name: sklearn }", "iris"],
    ["--model_name", "modelFormat: { name: sklearn }, args: [--model_name=flowers]", "flowers"],
    ["the last of several", "modelFormat: { name: huggingface }, args: [--model_name=one, --model_name=two]", "two"],
    ["--served-model-name", "modelFormat: { name: vLLM }, args: [--served-model-name, qwen]", "qwen"],
    [
      "MLServer's variable",
      "modelFormat: { name: sklearn }, env: [{ name: MLSERVER_MODEL_NAME, value: flowers }]",
      "flowers",
    ],
    [
      "nothing that only the server fills in",
      "modelFormat: { name: sklearn }, args: ['--model_name={{.Name}}']",
      "iris",
    ],
  ])("is %s", (_, model, name) => {
    expect(onlyApi(isvc("", { spec: spec(model) })).modelName).toBe(name);
  });

  it("is what its pods are told, where its spec says nothing", () => {
    const pods = component("iris-predictor", "predictor", "10.1.0.1").replace(
      "--model_name=iris",
      "--model_name=flowers",
    );
    expect(onlyApi(isvc("deploymentMode: Standard") + pods).modelName).toBe("flowers");
  });
});
