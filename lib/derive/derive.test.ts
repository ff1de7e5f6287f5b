import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../model/index.ts";
import { objectOf } from "../spec/index.ts";
import {
  deriveFunction,
  deriveComposed,
  deriveKserveV1,
  deriveMlflow,
  deriveMlrunServing,
  deriveOllama,
  deriveOpenai,
  deriveOpenInference,
  deriveTensorflowServing,
  deriveTriton,
  graphComposition,
  pipelineComposition,
  readMlrunModel,
  readMlrunModels,
  readModelMetadata,
  readOllamaTags,
  readOpenaiModels,
  readTensorflowMetadata,
  readTritonConfig,
  readTritonIndex,
} from "./index.ts";
import { invocationsBody } from "./mlflow.ts";
import { exampleOf, originsOf, readMade, requestCheck } from "./testdata/check-document.ts";

const flowers = {
  name: "flowers",
  versions: ["3"],
  platform: "sklearn",
  inputs: [
    { name: "petal", datatype: "FP32", shape: [-1, 4] },
    { name: "note", datatype: "BYTES", shape: [1] },
  ],
  outputs: [{ name: "kind", datatype: "INT64", shape: [-1] }],
};

function openInference(said: Json): JsonObject {
  const metadata = readModelMetadata(said);
  return deriveOpenInference("A server", [{ name: "flowers", metadata }]);
}

describe("a model that speaks the Open Inference Protocol", () => {
  const document = openInference(flowers);
  const check = requestCheck(document, "/v2/models/flowers/infer");

  it("is described by its own tensors, with an example that fits", () => {
    const description = readMade(document);
    expect(description.operations.map(({ id }) => id)).toEqual([
      "POST /v2/models/flowers/infer",
      "GET /v2/models/flowers/ready",
      "GET /v2/models/flowers",
      "POST /v2/models/flowers/versions/{model_version}/infer",
    ]);
    expect(description.label).toBe("3");
    const example = exampleOf(document, "/v2/models/flowers/infer");
    expect(example).toEqual({
      inputs: [
        { name: "petal", datatype: "FP32", shape: [1, 4], data: [0, 0, 0, 0] },
        { name: "note", datatype: "BYTES", shape: [1], data: ["text"] },
      ],
    });
    expect(check(example ?? null)).toBe(true);
    expect(originsOf(document)["POST /v2/models/flowers/infer"]).toBe("observed");
    expect(originsOf(document)["GET /v2/models/flowers/ready"]).toBe("inferred");
  });

  const petal = { name: "petal", datatype: "FP32", shape: [2, 4], data: [0, 0, 0, 0, 0, 0, 0, 0] };
  const note = { name: "note", datatype: "BYTES", shape: [1], data: ["a"] };
  it.each([
    ["another order of tensors", { inputs: [note, petal] }, true],
    [
      "elements nested by extent",
      {
        inputs: [
          {
            ...petal,
            data: [
              [0, 0, 0, 0],
              [0, 0, 0, 0],
            ],
          },
          note,
        ],
      },
      true,
    ],
    ["outputs that the model has", { inputs: [petal, note], outputs: [{ name: "kind" }] }, true],
    ["a tensor left out", { inputs: [petal] }, false],
    ["another name", { inputs: [{ ...petal, name: "leaf" }, note] }, false],
    ["another datatype", { inputs: [{ ...petal, datatype: "FP64" }, note] }, false],
    ["another rank", { inputs: [{ ...petal, shape: [8] }, note] }, false],
    ["another fixed extent", { inputs: [{ ...petal, shape: [1, 8] }, note] }, false],
    ["text among numbers", { inputs: [{ ...petal, data: ["a"] }, note] }, false],
    ["an output that the model has not", { inputs: [petal, note], outputs: [{ name: "sort" }] }, false],
  ])("takes or refuses %s", (_, request, expected) => {
    expect(check(request)).toBe(expected);
  });

  it("says so where the model declares no schema, and shows no example", () => {
    const open = openInference({ ...flowers, inputs: [], outputs: [], versions: null });
    readMade(open);
    expect(exampleOf(open, "/v2/models/flowers/infer")).toBeUndefined();
    expect(JSON.stringify(open)).toContain("declares no schema");
    expect(requestCheck(open, "/v2/models/flowers/infer")({ inputs: [petal] })).toBe(true);
  });

  it.each([
    ["a name that is no text", [{ name: 3, datatype: "FP32", shape: [1] }]],
    ["an unknown datatype", [{ name: "a", datatype: "FP8", shape: [1] }]],
    ["an extent below -1", [{ name: "a", datatype: "FP32", shape: [-2] }]],
    ["a shape of text", [{ name: "a", datatype: "FP32", shape: "4" }]],
    ["two tensors of one name", [1, 2].map(() => ({ name: "a", datatype: "FP32", shape: [1] }))],
    [
      "a thousand tensors",
      Array.from({ length: 1_000 }, (_, index) => ({ name: `t${String(index)}`, datatype: "FP32", shape: [1] })),
    ],
    ["a rank of a hundred", [{ name: "a", datatype: "FP32", shape: Array.from({ length: 100 }, () => 1) }]],
  ])("takes a signature with %s for none at all", (_, inputs) => {
    expect(readModelMetadata({ ...flowers, inputs })?.inputs).toEqual([]);
  });

  it("shows no example of a tensor that is a wall of numbers", () => {
    const large = openInference({
      ...flowers,
      inputs: [{ name: "image", datatype: "FP32", shape: [-1, 3, 224, 224] }],
    });
    expect(exampleOf(large, "/v2/models/flowers/infer")).toBeUndefined();
    expect(JSON.stringify(large)).toContain("too many elements");
    expect(JSON.stringify(large).length).toBeLessThan(20_000);
  });

  it("keeps tensors apart whose names differ only in what a key cannot hold", () => {
    const names = ["a b", "a/b", "a_b"];
    const made = openInference({
      ...flowers,
      inputs: names.map((name) => ({ name, datatype: "BOOL", shape: [1] })),
    });
    readMade(made);
    expect(requestCheck(made, "/v2/models/flowers/infer")(exampleOf(made, "/v2/models/flowers/infer") ?? null)).toBe(
      true,
    );
    expect(
      Object.keys(objectOf(objectOf(made["components"])["schemas"])).filter((key) => key.startsWith("input.")),
    ).toHaveLength(3);
  });

  it.each([null, 3, "text", [], {}, { name: "" }])("is not read out of %j", (said) => {
    expect(readModelMetadata(said)).toBeNull();
  });
});

describe("Triton", () => {
  const metadata = {
    name: "detector",
    versions: ["1", "2"],
    platform: "onnxruntime_onnx",
    inputs: [
      { name: "image", datatype: "UINT8", shape: [-1, 3, -1, -1] },
      { name: "threshold", datatype: "FP32", shape: [-1, 1] },
    ],
    outputs: [{ name: "boxes", datatype: "FP32", shape: [-1, 4] }],
  };
  const config = {
    name: "detector",
    max_batch_size: 8,
    input: [
      { name: "image", data_type: "TYPE_UINT8", dims: ["3", "-1", "-1"] },
      { name: "threshold", data_type: "TYPE_FP32", dims: ["1"], optional: true },
    ],
    output: [{ name: "boxes", data_type: "TYPE_FP32", dims: ["4"] }],
  };
  const path = "/v2/models/detector/infer";

  it("lets an optional input be left out, as its configuration says", () => {
    const document = deriveTriton([
      { name: "detector", metadata: readModelMetadata(metadata), config: readTritonConfig(config) },
    ]);
    readMade(document);
    const example = exampleOf(document, path);
    expect(example).toEqual({
      inputs: [{ name: "image", datatype: "UINT8", shape: [1, 3, 1, 1], data: [0, 0, 0] }],
    });
    expect(requestCheck(document, path)(example ?? null)).toBe(true);
  });

  it("adds the batch that its dims leave out, where there is no metadata", () => {
    const document = deriveTriton([{ name: "detector", metadata: null, config: readTritonConfig(config) }]);
    const threshold = { name: "threshold", datatype: "FP32", shape: [1, 1], data: [0] };
    const image = { name: "image", datatype: "UINT8", shape: [2, 3, 5, 5], data: [0] };
    expect(requestCheck(document, path)({ inputs: [image, threshold] })).toBe(true);
    const unbatched = deriveTriton([
      { name: "detector", metadata: null, config: readTritonConfig({ ...config, max_batch_size: 0 }) },
    ]);
    expect(requestCheck(unbatched, path)({ inputs: [image, threshold] })).toBe(false);
    expect(requestCheck(unbatched, path)({ inputs: [{ ...image, shape: [3, 5, 5] }] })).toBe(true);
  });

  it("offers a decoupled model as a stream and in no other way", () => {
    const document = deriveTriton([
      {
        name: "detector",
        metadata: readModelMetadata(metadata),
        config: readTritonConfig({ ...config, model_transaction_policy: { decoupled: true } }),
      },
    ]);
    const ids = readMade(document).operations.map(({ id }) => id);
    expect(ids).toContain("POST /v2/models/detector/generate_stream");
    expect(ids.some((id) => id.endsWith("/infer"))).toBe(false);
    const stream = "/v2/models/detector/generate_stream";
    expect(requestCheck(document, stream)(exampleOf(document, stream) ?? null)).toBe(true);
  });

  it("describes several models side by side", () => {
    expect(
      readTritonIndex([
        { name: "b", state: "READY" },
        { name: "a", state: "READY" },
        { name: "c", state: "UNAVAILABLE" },
        3,
      ]),
    ).toEqual(["a", "b"]);
    const document = deriveTriton(
      ["a", "b"].map((name) => ({ name, metadata: readModelMetadata({ ...metadata, name }), config: null })),
    );
    const { operations } = readMade(document);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    expect(operations.filter(({ tags }) => tags.includes("b")).length).toBeGreaterThan(0);
  });
});

describe("TensorFlow Serving", () => {
  const tensor = (dtype: string, ...sizes: string[]) => ({
    dtype,
    tensor_shape: { dim: sizes.map((size) => ({ size, name: "" })), unknown_rank: false },
    name: "x:0",
  });
  const said = (signatures: JsonObject) => ({
    model_spec: { name: "churn", signature_name: "", version: "12" },
    metadata: { signature_def: { signature_def: signatures } },
  });
  const predict = "tensorflow/serving/predict";
  const derive = (signatures: JsonObject) => {
    const metadata = readTensorflowMetadata(said(signatures));
    return metadata === null ? null : deriveTensorflowServing("churn", metadata);
  };

  it("offers rows and columns for each signature, with the batch taken out of a row", () => {
    const document = derive({
      serving_default: {
        inputs: { age: tensor("DT_FLOAT", "-1", "1"), plan: tensor("DT_STRING", "-1", "1") },
        outputs: { score: tensor("DT_FLOAT", "-1", "1") },
        method_name: predict,
      },
      embed: {
        inputs: { text: tensor("DT_STRING", "-1") },
        outputs: { vector: tensor("DT_FLOAT", "-1", "384") },
        method_name: predict,
      },
      __saved_model_init_op: { inputs: {}, outputs: {}, method_name: "" },
    });
    if (document === null) throw new Error("Nothing was derived.");
    expect(readMade(document).label).toBe("12");
    const path = "/v1/models/churn:predict";
    expect(exampleOf(document, path)).toEqual({ instances: [{ age: [0], plan: ["text"] }] });
    const check = requestCheck(document, path);
    for (const request of [
      exampleOf(document, path) ?? null,
      { inputs: { age: [[1]], plan: [["a"]] } },
      { signature_name: "embed", instances: ["a", "b"] },
      { signature_name: "embed", instances: [{ b64: "aGk=" }] },
      { signature_name: "embed", inputs: { text: ["a"] } },
    ])
      expect(check(request), JSON.stringify(request)).toBe(true);
    for (const request of [
      {},
      { instances: [{ age: [0] }] },
      { instances: [{ age: [[0]], plan: ["a"] }] },
      { instances: ["a"] },
      { signature_name: "other", instances: ["a"] },
    ])
      expect(check(request), JSON.stringify(request)).toBe(false);
    expect(JSON.stringify(document)).not.toContain("init_op");
  });

  it("offers the verbs that the signatures have", () => {
    const document = derive({
      serving_default: {
        inputs: { inputs: tensor("DT_STRING", "-1") },
        outputs: { scores: tensor("DT_FLOAT", "-1", "3") },
        method_name: "tensorflow/serving/classify",
      },
    });
    if (document === null) throw new Error("Nothing was derived.");
    expect(readMade(document).operations.map(({ id }) => id)).toEqual([
      "POST /v1/models/churn:classify",
      "GET /v1/models/churn",
      "GET /v1/models/churn/metadata",
    ]);
  });

  it("leaves out a signature that cannot be read whole", () => {
    const document = derive({
      serving_default: {
        inputs: { x: { dtype: "DT_VARIANT", tensor_shape: { dim: [] } } },
        outputs: { y: tensor("DT_FLOAT", "-1") },
        method_name: predict,
      },
    });
    expect(Object.keys(objectOf(document?.["paths"]))).toEqual(["/v1/models/churn", "/v1/models/churn/metadata"]);
    expect(readTensorflowMetadata({ error: "no" })).toBeNull();
  });
});

describe("servers that speak OpenAI's protocol", () => {
  it("take the models that they list, within the tokens that they tell", () => {
    const models = readOpenaiModels({
      object: "list",
      data: [{ id: "chatty", max_model_len: 4096 }, { id: "chatty-lora", max_model_len: 4096 }, {}],
    });
    const document = deriveOpenai("vLLM", models ?? []);
    readMade(document);
    const path = "/v1/chat/completions";
    const check = requestCheck(document, path);
    const example = exampleOf(document, path);
    expect(check(example ?? null)).toBe(true);
    expect(check({ ...objectOf(example), model: "other" })).toBe(false);
    expect(check({ ...objectOf(example), max_tokens: 5_000 })).toBe(false);
    expect(Object.keys(objectOf(document["paths"]))).not.toContain("/v1/embeddings");
  });

  it("that embed are not described as if they talked", () => {
    const document = deriveOpenai("vLLM", [{ id: "BAAI/bge-small-en", tokensMax: null }]);
    readMade(document);
    expect(Object.keys(objectOf(document["paths"]))).toEqual(["/v1/embeddings", "/v1/models"]);
  });

  it("list nothing where the answer is no list", () => {
    expect(readOpenaiModels({ detail: "no" })).toBeNull();
    expect(readOpenaiModels({ data: [] })).toEqual([]);
  });

  it("Ollama has its own operations beside them", () => {
    const names = readOllamaTags({ models: [{ name: "small:1b" }] });
    const document = deriveOllama(names ?? []);
    readMade(document);
    for (const path of ["/api/chat", "/api/generate", "/api/embed", "/v1/chat/completions"]) {
      const check = requestCheck(document, path);
      expect(check(exampleOf(document, path) ?? null), path).toBe(true);
      expect(check({ ...objectOf(exampleOf(document, path)), model: "other" }), path).toBe(false);
    }
  });
});

describe("servers that tell nothing of their models", () => {
  it("MLflow 2 takes one of four forms", () => {
    const document = deriveMlflow();
    readMade(document);
    const check = requestCheck(document, "/invocations");
    expect(check({ dataframe_split: { columns: ["a"], data: [[1]] } })).toBe(true);
    expect(check({ inputs: [[1]], params: { seed: 1 } })).toBe(true);
    expect(check({ inputs: [[1]], instances: [[1]] })).toBe(false);
    expect(check({ rows: [] })).toBe(false);
  });

  it("MLflow's forms are told one by one, so that a request made of the first is of that form alone", () => {
    const schema = objectOf(objectOf(objectOf(invocationsBody["content"])["application/json"])["schema"]);
    expect(schema).not.toHaveProperty("properties");
    const forms = (schema["oneOf"] as readonly JsonObject[]).map((own) => Object.keys(objectOf(own["properties"])));
    expect(forms).toEqual(
      ["dataframe_split", "dataframe_records", "instances", "inputs"].map((name) => [name, "params"]),
    );
  });

  it("KServe v1 takes instances or inputs", () => {
    const document = deriveKserveV1("A server", "a/b");
    readMade(document);
    const check = requestCheck(document, "/v1/models/a%2Fb:predict");
    expect(check({ instances: [[1]] })).toBe(true);
    expect(check({ inputs: { a: 1 } })).toBe(true);
    expect(check({ data: [] })).toBe(false);
  });

  describe("what passes calls through models", () => {
    const step = (name: string): JsonObject =>
      deriveOpenInference("MLServer", [
        {
          name,
          metadata: readModelMetadata({
            name,
            inputs: [{ name: `${name}-in`, datatype: "FP32", shape: [1, 2] }],
            outputs: [{ name: `${name}-out`, datatype: "INT64", shape: [1] }],
          }),
        },
      ]);

    it("takes what its first step takes, and answers what its last step answers", () => {
      const document = deriveComposed(pipelineComposition("joined"), step("clean"), step("score"));
      expect(readMade(document).operations.map(({ id }) => id)).toEqual(["POST /v2/models/joined/infer"]);
      const check = requestCheck(document, "/v2/models/joined/infer");
      const tensor = { datatype: "FP32", shape: [1, 2], data: [1, 2] };
      expect(check({ inputs: [{ name: "clean-in", ...tensor }] })).toBe(true);
      expect(check({ inputs: [{ name: "score-in", ...tensor }] })).toBe(false);
      const text = JSON.stringify(document);
      expect(text).toContain("score-out");
      expect(text).not.toContain("clean-out");
    });

    it("has one operation where its steps are not known, and says so", () => {
      const document = deriveComposed(graphComposition, null, step("score"));
      expect(readMade(document).operations.map(({ id }) => id)).toEqual(["POST /"]);
      expect(JSON.stringify(document)).toContain("what the first step takes is not described by one model alone");
    });

    it("copies what refers to itself once, and nothing without an end", () => {
      const tree = {
        openapi: "3.1.0",
        paths: {
          "/predict": {
            post: {
              requestBody: { $ref: "#/components/requestBodies/Tree" },
              responses: {
                "200": { content: { "application/json": { schema: { $ref: "#/components/schemas/a~1b" } } } },
              },
            },
          },
        },
        components: {
          requestBodies: {
            Tree: { content: { "application/json": { schema: { $ref: "#/components/schemas/a~1b" } } } },
          },
          schemas: { "a/b": { properties: { next: { $ref: "#/components/schemas/a~1b" } } } },
        },
      };
      const document = deriveComposed(graphComposition, tree, tree);
      readMade(document);
      expect(Object.keys(objectOf(objectOf(document["components"])["schemas"]))).toEqual(["entry.a_b", "exit.a_b"]);
    });
  });

  it("an MLRun model shows the features that it says it takes", () => {
    expect(readMlrunModels({ models: ["m2", "m1"] })).toEqual(["m1", "m2"]);
    const model = readMlrunModel("m1", {
      name: "m1",
      version: "v1",
      inputs: [
        { name: "age", value_type: "float" },
        { name: "sex", value_type: "int" },
      ],
      outputs: [],
    });
    const document = deriveMlrunServing([model]);
    readMade(document);
    const path = "/v2/models/m1/infer";
    expect(exampleOf(document, path)).toEqual({ inputs: [[0, 0]] });
    expect(requestCheck(document, path)({ inputs: [[1, 2]] })).toBe(true);
    expect(requestCheck(document, path)({ inputs: [[1]] })).toBe(false);
    expect(exampleOf(deriveMlrunServing([readMlrunModel("m1", null)]), path)).toBeUndefined();
  });
});

describe("a function", () => {
  it("takes a free body where nothing is known", () => {
    const document = deriveFunction([]);
    expect(readMade(document).operations.map(({ id }) => id)).toEqual(["POST /"]);
    expect(originsOf(document)).toEqual({ "POST /": "inferred" });
  });

  it("shows the requests that its owner left, each at its place", () => {
    const example = {
      name: "young",
      method: "post",
      path: "/score",
      contentType: "application/json",
      body: '{"age": 20}',
    } as const;
    const document = deriveFunction([
      example,
      { ...example, name: "broken", body: "{" },
      { ...example, name: "list", method: "get", path: "/models", body: "" },
    ]);
    expect(readMade(document).operations.map(({ id }) => id)).toEqual(["POST /score", "GET /models"]);
    expect(originsOf(document)).toEqual({ "POST /score": "declared", "GET /models": "declared" });
    expect(JSON.stringify(document)).toContain('"young":{"value":{"age":20}');
  });
});

it("equal input gives equal bytes", () => {
  expect(JSON.stringify(openInference(flowers))).toBe(JSON.stringify(openInference(flowers)));
});
