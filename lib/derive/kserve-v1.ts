import type { JsonObject } from "../model/index.ts";
import { answer, from, inPath, jsonContent, makeDocument, operation, reference } from "./document.ts";

const anything: JsonObject = { type: "array", items: {} };

/** The request and the response of KServe's first protocol, which tells nothing of what is in them. */
export const kserveV1Schemas = {
  PredictRequest: {
    type: "object",
    description: "The model declares no schema: what an instance holds is not known.",
    anyOf: [
      { required: ["instances"], properties: { instances: anything } },
      { required: ["inputs"], properties: { inputs: {} } },
    ],
  },
  PredictResponse: { type: "object", properties: { predictions: {} } },
} as const satisfies JsonObject;

/** What `:predict` and `:explain` take, for a document that says nothing of it. */
export const instancesBody: JsonObject = {
  required: true,
  content: jsonContent(kserveV1Schemas["PredictRequest"]),
  ...from("inferred"),
};

/** A description of one model that speaks KServe's protocol v1 and says nothing of its tensors. */
export function deriveKserveV1(server: string, model: string): JsonObject {
  const base = `/v1/models/${inPath(model)}`;
  const fault: JsonObject = { type: "object", properties: { error: { type: "string" } } };
  return makeDocument({
    version: null,
    description: `${server} serves no description. This one was derived from its protocol, KServe v1, which tells nothing of a model's tensors.`,
    paths: {
      [`${base}:predict`]: {
        post: operation({
          operationId: "predict",
          summary: `Predict with ${model}`,
          description: "The model declares no schema: what an instance holds is not known.",
          body: jsonContent(reference("PredictRequest")),
          responses: {
            "200": answer("What the model says.", reference("PredictResponse")),
            "400": answer("The request does not fit the model.", fault),
            "404": answer("There is no such model.", fault),
          },
        }),
      },
      [base]: {
        get: operation({
          operationId: "modelStatus",
          summary: `Whether ${model} is ready`,
          responses: {
            "200": answer("Its state.", {
              type: "object",
              properties: { name: { type: "string" }, ready: { type: ["boolean", "string"] } },
            }),
            "404": answer("There is no such model.", fault),
          },
          origin: "observed",
        }),
      },
    },
    schemas: kserveV1Schemas,
  });
}
