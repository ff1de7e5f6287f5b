import type { Json, JsonObject } from "../model/index.ts";
import { answer, componentKey, from, inPath, jsonContent, makeDocument, operation, reference } from "./document.ts";
import type { ModelMetadata } from "./read-metadata.ts";
import type { Tensor } from "./tensor.ts";
import { elementSchema, exampleData, exampleShape, sayTensor } from "./tensor.ts";

/** One model that a server serves, and what it says of itself; null where it said nothing that can be read. */
export type ServedModel = { readonly name: string; readonly metadata: ModelMetadata | null };

const parameters: JsonObject = {
  type: "object",
  additionalProperties: { type: ["string", "number", "integer", "boolean"] },
};

/** The elements, in row-major order or nested by extent: the protocol takes both. */
function dataSchema(element: JsonObject): JsonObject {
  return { type: "array", items: { anyOf: [element, { type: "array" }] } };
}

/** One tensor of the model: its name and datatype are fixed, its extents where the model fixes them. */
function tensorSchema(tensor: Tensor): JsonObject {
  const { name, datatype, shape } = tensor;
  return {
    type: "object",
    title: name,
    description: sayTensor(tensor),
    required: ["name", "datatype", "shape", "data"],
    properties: {
      name: { const: name },
      datatype: { const: datatype },
      shape: {
        type: "array",
        ...(shape.length === 0
          ? {}
          : {
              prefixItems: shape.map((extent) =>
                extent < 0 ? { type: "integer", minimum: 1 } : { type: "integer", const: extent },
              ),
            }),
        items: { type: "integer" },
        minItems: shape.length,
        maxItems: shape.length,
      },
      parameters,
      data: dataSchema(elementSchema(datatype)),
    },
    "x-gatebook-tensor": { name, datatype, shape },
    ...from("observed"),
  };
}

const anyTensor: JsonObject = {
  type: "object",
  description: "The model declares no schema of its tensors.",
  required: ["name", "datatype", "shape", "data"],
  properties: {
    name: { type: "string" },
    datatype: { type: "string" },
    shape: { type: "array", items: { type: "integer" } },
    parameters,
    data: { type: "array" },
  },
  ...from("inferred"),
};

function tensorList(tensors: readonly Tensor[], keys: readonly string[], isRequest: boolean): JsonObject {
  if (tensors.length === 0) return { type: "array", items: anyTensor };
  const items = keys.map(reference);
  const [only] = items;
  return {
    type: "array",
    items: items.length === 1 && only !== undefined ? only : { oneOf: items },
    minItems: isRequest ? tensors.filter(({ optional }) => !optional).length : 1,
    maxItems: tensors.length,
  };
}

/** A request that the model takes; null where its tensors are not known, or hold more than an example should. */
function exampleRequest(inputs: readonly Tensor[]): Json {
  const needed = inputs.filter(({ optional }) => !optional);
  const filled = needed.flatMap((tensor) => {
    const data = exampleData(tensor);
    return data === null
      ? []
      : [{ name: tensor.name, datatype: tensor.datatype, shape: exampleShape(tensor.shape), data }];
  });
  return needed.length === 0 || filled.length < needed.length ? null : { inputs: filled };
}

/** The parts that stand for one model's request and response, for a whole document or for one that is completed. */
export type InferenceParts = {
  readonly schemas: JsonObject;
  readonly request: JsonObject;
  readonly response: JsonObject;
  readonly example: Json;
  /** What a reader must know of the request. */
  readonly note: string;
};

/** `taken` are the keys of `components.schemas` that are in use already. */
export function inferenceParts(metadata: ModelMetadata | null, taken: ReadonlySet<string>): InferenceParts {
  const schemas: Record<string, JsonObject> = {};
  const used = new Set(taken);
  const add = (prefix: string, tensors: readonly Tensor[]): readonly string[] =>
    tensors.map((tensor) => {
      const key = componentKey(`${prefix}.${tensor.name}`, used);
      used.add(key);
      schemas[key] = tensorSchema(tensor);
      return key;
    });
  const inputs = metadata?.inputs ?? [];
  const outputs = metadata?.outputs ?? [];
  const inputKeys = add("input", inputs);
  const outputKeys = add("output", outputs);
  const outputNames = outputs.map(({ name }) => name);
  const request: JsonObject = {
    type: "object",
    required: ["inputs"],
    properties: {
      id: { type: "string" },
      parameters,
      inputs: tensorList(inputs, inputKeys, true),
      outputs: {
        type: "array",
        items: {
          type: "object",
          required: ["name"],
          properties: {
            name: outputNames.length === 0 ? { type: "string" } : { type: "string", enum: outputNames },
            parameters,
          },
        },
      },
    },
  };
  const response: JsonObject = {
    type: "object",
    required: ["model_name", "outputs"],
    properties: {
      model_name: { type: "string" },
      model_version: { type: "string" },
      id: { type: "string" },
      parameters,
      outputs: tensorList(outputs, outputKeys, false),
    },
  };
  const example = exampleRequest(inputs);
  const note =
    inputs.length === 0
      ? "The model declares no schema: which tensors it takes is not known."
      : example === null
        ? "There is no example: its tensors hold too many elements to write down."
        : "";
  return { schemas, request, response, example, note };
}

const fault: JsonObject = { type: "object", properties: { error: { type: "string" } } };

export const inferenceFaults: JsonObject = {
  "400": answer("The request does not fit the model.", fault),
  "404": answer("There is no such model.", fault),
  "500": answer("The model failed.", fault),
};

const versionParameter = (versions: readonly string[]): JsonObject => ({
  name: "model_version",
  in: "path",
  required: true,
  schema: { type: "string", ...(versions.length === 0 ? {} : { examples: versions }) },
  ...from(versions.length === 0 ? "inferred" : "observed"),
});

const metadataSchema: JsonObject = {
  type: "object",
  required: ["name", "platform", "inputs", "outputs"],
  properties: {
    name: { type: "string" },
    versions: { type: "array", items: { type: "string" } },
    platform: { type: "string" },
    inputs: { type: "array", items: { type: "object" } },
    outputs: { type: "array", items: { type: "object" } },
  },
};

/** What differs between servers that speak the protocol. */
export type InferenceOptions = {
  /** False where a model answers in a stream and in no other way. */
  readonly infers?: (model: ServedModel) => boolean;
  /** Operations that the server has beyond the protocol, for one model. */
  readonly more?: (model: ServedModel) => JsonObject;
};

function modelPaths(model: ServedModel, isOnly: boolean, options: InferenceOptions, schemas: JsonObject): JsonObject {
  const { name, metadata } = model;
  const base = `/v2/models/${inPath(name)}`;
  const suffix = isOnly ? "" : `_${componentKey(name, new Set())}`;
  const tags = isOnly ? {} : { tags: [name] };
  const parts = inferenceParts(metadata, new Set(Object.keys(schemas)));
  Object.assign(schemas, parts.schemas);
  const requestKey = componentKey(`InferenceRequest${suffix}`, new Set(Object.keys(schemas)));
  const responseKey = componentKey(`InferenceResponse${suffix}`, new Set(Object.keys(schemas)));
  Object.assign(schemas, { [requestKey]: parts.request, [responseKey]: parts.response });
  const infer = (operationId: string, parameterList: readonly JsonObject[]): JsonObject =>
    operation({
      operationId,
      summary: parameterList.length === 0 ? `Ask ${name}` : `Ask one version of ${name}`,
      ...(parts.note === "" ? {} : { description: parts.note }),
      ...tags,
      parameters: parameterList,
      body: jsonContent(reference(requestKey), parts.example),
      responses: { "200": answer("What the model says.", reference(responseKey)), ...inferenceFaults },
      origin: metadata === null ? "inferred" : "observed",
    });
  const versions = metadata?.versions ?? [];
  const infers = options.infers?.(model) ?? true;
  return {
    ...(infers ? { [`${base}/infer`]: { post: infer(`infer${suffix}`, []) } } : {}),
    ...(options.more?.(model) ?? {}),
    [`${base}/ready`]: {
      get: operation({
        operationId: `modelReady${suffix}`,
        summary: `Whether ${name} is ready`,
        ...tags,
        responses: { "200": answer("It is ready."), "400": answer("It is not ready.") },
      }),
    },
    [base]: {
      get: operation({
        operationId: `modelMetadata${suffix}`,
        summary: `What ${name} says of itself`,
        ...tags,
        responses: { "200": answer("Its tensors.", metadataSchema), "404": answer("There is no such model.", fault) },
      }),
    },
    ...(versions.length === 0 || !infers
      ? {}
      : {
          [`${base}/versions/{model_version}/infer`]: {
            post: infer(`inferVersion${suffix}`, [versionParameter(versions)]),
          },
        }),
  };
}

/**
 * A description in the Open Inference Protocol (v2) of the models that a server serves, made of what they say of themselves. A
 * model that says nothing gets the protocol's general form, and the reader is told.
 */
export function deriveOpenInference(
  server: string,
  models: readonly ServedModel[],
  options: InferenceOptions = {},
): JsonObject {
  const schemas: JsonObject = {};
  const paths = Object.fromEntries(
    models.flatMap((model) => Object.entries(modelPaths(model, models.length === 1, options, schemas))),
  );
  const [first] = models;
  const versions = models.length === 1 ? (first?.metadata?.versions ?? []) : [];
  return makeDocument({
    version: versions.length === 1 ? (versions[0] ?? null) : null,
    description: `${server} serves no description. This one was derived from the model's metadata, in the Open Inference Protocol.`,
    paths,
    schemas,
  });
}
