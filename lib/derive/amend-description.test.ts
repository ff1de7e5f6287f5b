import { describe, expect, it } from "vitest";
import type { DescriptionAddition, JsonObject } from "../model/index.ts";
import { objectOf, readDescription } from "../spec/index.ts";
import { amendDescription } from "./amend-description.ts";
import { exampleOf, requestCheck } from "./testdata/check-document.ts";

const responses = { "200": { description: "What it says." }, "400": { description: "No." } };

/** A server's document as the pipeline has it, with an addition put in. */
function amended(source: JsonObject, addition: DescriptionAddition): JsonObject {
  const result = readDescription(Buffer.from(JSON.stringify(source)), {}, (document) =>
    amendDescription(document, addition),
  );
  if (result.kind !== "ok") throw new Error(JSON.stringify(result.problems));
  return result.description.document;
}

const tensors: DescriptionAddition = {
  kind: "tensors",
  model: "iris",
  metadata: {
    name: "iris",
    versions: ["1"],
    platform: "sklearn",
    inputs: [{ name: "sepal", datatype: "FP32", shape: [-1, 4] }],
    outputs: [{ name: "species", datatype: "INT64", shape: [-1] }],
  },
};

describe("the tensors of a model", () => {
  const general = {
    openapi: "3.0.3",
    info: { title: "Data Plane", version: "2.0" },
    paths: Object.fromEntries(
      [
        "/v2/models/{model_name}/infer",
        "/v2/models/iris/versions/{model_version}/infer",
        "/v2/models/other/infer",
        "/v2",
      ].map((path) => [path, { post: { operationId: path, responses } }]),
    ),
    components: { schemas: { ModelInferenceRequest: { type: "string" } } },
  };

  it("become the request and the answer of its own operations, in a document of any version", () => {
    const document = amended(general, tensors);
    for (const path of ["/v2/models/{model_name}/infer", "/v2/models/iris/versions/{model_version}/infer"]) {
      const example = exampleOf(document, path);
      expect(example).toEqual({ inputs: [{ name: "sepal", datatype: "FP32", shape: [1, 4], data: [0, 0, 0, 0] }] });
      expect(requestCheck(document, path)(example ?? null)).toBe(true);
      expect(requestCheck(document, path)({ inputs: [] })).toBe(false);
    }
    const paths = objectOf(document["paths"]);
    expect(objectOf(objectOf(paths["/v2/models/other/infer"])["post"])["requestBody"]).toBeUndefined();
    expect(objectOf(objectOf(document["components"])["schemas"])["ModelInferenceRequest"]).toEqual({ type: "string" });
  });

  it("change nothing where the model declares none", () => {
    const none = { ...tensors, metadata: { ...objectOf(tensors.metadata), inputs: [] } };
    expect(amended(general, none)).toEqual(amended(general, { kind: "models", ids: [] }));
  });
});

describe("the models that a server lists", () => {
  it("are what its requests may name", () => {
    const request = { type: "object", properties: { model: { anyOf: [{ type: "string" }, { type: "null" }] } } };
    const body = (name: string) => ({
      requestBody: { content: { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } } },
      responses,
    });
    const document = amended(
      {
        openapi: "3.1.0",
        info: { title: "FastAPI", version: "0.1.0" },
        paths: {
          "/v1/chat/completions": { post: body("Chat") },
          "/v1/load_lora_adapter": { post: body("Load") },
        },
        components: { schemas: { Chat: request, Load: request } },
      },
      { kind: "models", ids: ["chatty"] },
    );
    const check = requestCheck(document, "/v1/chat/completions");
    expect(check({ model: "chatty" })).toBe(true);
    expect(check({ model: "other" })).toBe(false);
    expect(requestCheck(document, "/v1/load_lora_adapter")({ model: "other" })).toBe(true);
  });
});

describe("MLflow's body", () => {
  const source = (more: JsonObject): JsonObject => ({
    openapi: "3.1.0",
    info: { title: "FastAPI", version: "0.1.0" },
    paths: { "/invocations": { post: { responses, ...more } } },
  });

  it("is added where the document has none", () => {
    const document = amended(source({}), { kind: "invocations" });
    expect(requestCheck(document, "/invocations")({ inputs: [[1]] })).toBe(true);
    expect(requestCheck(document, "/invocations")({ rows: [[1]] })).toBe(false);
  });

  it("never replaces one that the server has", () => {
    const own = { requestBody: { content: { "application/json": { schema: { const: 1 } } } } };
    expect(requestCheck(amended(source(own), { kind: "invocations" }), "/invocations")(1)).toBe(true);
  });
});

describe("the body of KServe's protocol v1", () => {
  const path = "/v1/models/{model_name}:predict";
  const source = (more: JsonObject): JsonObject => ({
    openapi: "3.1.0",
    info: { title: "KServe ModelServer", version: "0.21.0" },
    paths: {
      [path]: { post: { responses, ...more } },
      "/v2/repository/models/{model_name}/load": { post: { responses } },
    },
  });

  it("is added where the document has none, and nowhere else", () => {
    const document = amended(source({}), { kind: "instances" });
    expect(requestCheck(document, path)({ instances: [[1]] })).toBe(true);
    expect(requestCheck(document, path)({ rows: [[1]] })).toBe(false);
    expect(objectOf(document["paths"])["/v2/repository/models/{model_name}/load"]).toEqual({ post: { responses } });
  });

  it("never replaces one that the server has", () => {
    const own = { requestBody: { content: { "application/json": { schema: { const: 1 } } } } };
    expect(requestCheck(amended(source(own), { kind: "instances" }), path)(1)).toBe(true);
  });
});
