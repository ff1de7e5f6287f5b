import type { JsonObject } from "../model/index.ts";
import { answer, from, jsonContent, makeDocument, operation } from "./document.ts";

const table: JsonObject = { type: "array", items: {} };

function form(name: string, schema: JsonObject): JsonObject {
  return { title: name, type: "object", required: [name], properties: { [name]: schema, params: { type: "object" } } };
}

/** What `/invocations` of an MLflow scoring server takes: exactly one of four forms, and parameters. */
export const invocationsBody: JsonObject = {
  required: true,
  description: "The server does not tell the model's signature: which columns it takes is not known.",
  content: {
    ...jsonContent({
      type: "object",
      // Each form by itself: a server refuses a request that has two of them.
      oneOf: [
        form("dataframe_split", {
          type: "object",
          required: ["data"],
          properties: {
            index: table,
            columns: { type: "array", items: { type: "string" } },
            data: { type: "array", items: table },
          },
        }),
        form("dataframe_records", { type: "array", items: { type: "object" } }),
        form("instances", {}),
        form("inputs", {}),
      ],
    }),
    "text/csv": { schema: { type: "string" } },
  },
  ...from("inferred"),
};

const predictions: JsonObject = { type: "object", properties: { predictions: {} } };

/** A description of an MLflow 2 scoring server, which has none and tells nothing of its model. */
export function deriveMlflow(): JsonObject {
  const probe = (operationId: string, summary: string): JsonObject => ({
    get: operation({ operationId, summary, responses: { "200": answer("It is.") } }),
  });
  return makeDocument({
    version: null,
    description:
      "MLflow's scoring server serves no description before version 3. This one was derived from what every such server takes.",
    paths: {
      "/invocations": {
        post: {
          ...operation({
            operationId: "invocations",
            summary: "Ask the model",
            responses: {
              "200": answer("What the model says.", predictions),
              "400": answer("The request does not fit the model."),
            },
          }),
          requestBody: invocationsBody,
        },
      },
      "/ping": probe("ping", "Whether it is up"),
      "/health": probe("health", "Whether it is healthy"),
      "/version": {
        get: operation({
          operationId: "version",
          summary: "Which MLflow it is",
          responses: { "200": answer("A version.") },
        }),
      },
    },
    schemas: {},
  });
}
