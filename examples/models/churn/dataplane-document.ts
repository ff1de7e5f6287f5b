/** The description that an MLServer-like server gives of one model: OpenAPI 3.0.3, at `/v2/models/NAME/docs/dataplane.json`. */
export function dataplaneDocument(name: string, inputWidth: number): unknown {
  const error = {
    description: "What is wrong with the request.",
    content: { "application/json": { schema: { $ref: "#/components/schemas/InferenceErrorResponse" } } },
  };
  const tensor = (property: string, datatype: string, shape: string): unknown => ({
    type: "object",
    required: ["name", "shape", "datatype", "data"],
    properties: {
      name: { type: "string", enum: [property] },
      shape: { type: "array", items: { type: "integer" }, description: shape },
      datatype: { type: "string", enum: [datatype] },
      data: { type: "array", items: {}, description: "The values, row by row; nested rows are read too." },
    },
  });
  return {
    openapi: "3.0.3",
    info: {
      title: `Data Plane for Model ${name}`,
      version: "2.0",
      description: `REST protocol to interact with Model ${name}`,
    },
    paths: {
      [`/v2/models/${name}`]: {
        get: {
          summary: "Model Metadata",
          operationId: "model-metadata",
          tags: ["metadata", "model"],
          responses: {
            "200": {
              description: "OK",
              content: { "application/json": { schema: { $ref: "#/components/schemas/MetadataModelResponse" } } },
            },
          },
        },
      },
      [`/v2/models/${name}/ready`]: {
        get: {
          summary: "Model Ready",
          operationId: "model-ready",
          tags: ["health", "model"],
          responses: { "200": { description: "OK" } },
        },
      },
      [`/v2/models/${name}/infer`]: {
        post: {
          summary: "Model Inference",
          operationId: "model-inference",
          tags: ["inference"],
          requestBody: {
            required: true,
            content: {
              "application/json": {
                schema: { $ref: "#/components/schemas/InferenceRequest" },
                example: {
                  id: "two-customers",
                  inputs: [
                    {
                      name: "customers",
                      shape: [2, inputWidth],
                      datatype: "FP32",
                      data: [3, 95.5, 4, 0, 48, 30, 0, 1],
                    },
                  ],
                },
              },
            },
          },
          responses: {
            "200": {
              description: "OK",
              content: { "application/json": { schema: { $ref: "#/components/schemas/InferenceResponse" } } },
            },
            "400": error,
          },
        },
      },
    },
    components: {
      schemas: {
        MetadataTensor: {
          type: "object",
          required: ["name", "datatype", "shape"],
          properties: {
            name: { type: "string" },
            datatype: { type: "string" },
            shape: { type: "array", items: { type: "integer" } },
          },
        },
        MetadataModelResponse: {
          type: "object",
          required: ["name", "platform"],
          properties: {
            name: { type: "string" },
            versions: { type: "array", items: { type: "string" } },
            platform: { type: "string" },
            inputs: { type: "array", items: { $ref: "#/components/schemas/MetadataTensor" } },
            outputs: { type: "array", items: { $ref: "#/components/schemas/MetadataTensor" } },
          },
        },
        InferenceRequest: {
          type: "object",
          required: ["inputs"],
          properties: {
            id: { type: "string" },
            inputs: {
              type: "array",
              minItems: 1,
              maxItems: 1,
              items: tensor("customers", "FP32", `[rows, ${String(inputWidth)}]`),
            },
          },
        },
        InferenceResponse: {
          type: "object",
          required: ["model_name", "outputs"],
          properties: {
            model_name: { type: "string" },
            model_version: { type: "string" },
            id: { type: "string" },
            outputs: { type: "array", items: tensor("churn_probability", "FP64", "[rows, 1]") },
          },
        },
        InferenceErrorResponse: { type: "object", properties: { error: { type: "string" } } },
      },
    },
  };
}
