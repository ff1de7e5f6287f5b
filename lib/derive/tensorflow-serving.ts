import type { Json, JsonObject } from "../model/index.ts";
import { objectOf, textOf } from "../spec/index.ts";
import { answer, componentKey, from, inPath, jsonContent, makeDocument, operation, reference } from "./document.ts";
import { listOf, readExtent, shortText } from "./read-metadata.ts";
import type { Datatype, Tensor } from "./tensor.ts";
import { elementSchema, nestedExample, nestedSchema } from "./tensor.ts";

/** A tensor of a signature; one whose rank is not known takes any, and its shape says nothing. */
type SignatureTensor = Tensor & { readonly isRanked: boolean };

type Signature = {
  readonly name: string;
  readonly verb: "predict" | "classify" | "regress";
  readonly inputs: readonly SignatureTensor[];
  readonly outputs: readonly SignatureTensor[];
};

const signaturesMax = 32;
const tensorsMax = 200;
/** What a client need not name. */
const standardSignature = "serving_default";

const types: Readonly<Record<string, Datatype>> = {
  DT_BOOL: "BOOL",
  DT_UINT8: "UINT8",
  DT_UINT16: "UINT16",
  DT_UINT32: "UINT32",
  DT_UINT64: "UINT64",
  DT_INT8: "INT8",
  DT_INT16: "INT16",
  DT_INT32: "INT32",
  DT_INT64: "INT64",
  DT_HALF: "FP16",
  DT_BFLOAT16: "BF16",
  DT_FLOAT: "FP32",
  DT_DOUBLE: "FP64",
  DT_STRING: "BYTES",
};

function readTensorInfo(name: string, raw: Json): SignatureTensor | null {
  const fields = objectOf(raw);
  const datatype = types[textOf(fields["dtype"]) ?? ""] ?? null;
  const form = objectOf(fields["tensor_shape"]);
  const extents = listOf(form["dim"], 17).map((dim) => readExtent(objectOf(dim)["size"]));
  const shape = extents.flatMap((extent) => extent ?? []);
  if (datatype === null || shape.length < extents.length || shape.length > 16) return null;
  return { name, datatype, shape, optional: false, isRanked: form["unknown_rank"] !== true };
}

function readTensorMap(value: Json | undefined): readonly SignatureTensor[] | null {
  const entries = Object.entries(objectOf(value)).sort(([left], [right]) => (left < right ? -1 : 1));
  if (entries.length > tensorsMax) return null;
  const tensors = entries.flatMap(([name, raw]) => readTensorInfo(name, raw) ?? []);
  return tensors.length < entries.length ? null : tensors;
}

function readSignature(name: string, raw: Json): Signature | null {
  const fields = objectOf(raw);
  const inputs = readTensorMap(fields["inputs"]);
  const outputs = readTensorMap(fields["outputs"]);
  const method = textOf(fields["method_name"]) ?? "";
  if (shortText(name) === null || inputs === null || outputs === null || inputs.length === 0 || outputs.length === 0)
    return null;
  const verb = /\/(predict|classify|regress)$/.exec(method)?.[1];
  return verb === "predict" || verb === "classify" || verb === "regress" ? { name, verb, inputs, outputs } : null;
}

/** What `GET /v1/models/{m}/metadata` tells. */
export type TensorflowMetadata = { readonly version: string | null; readonly signatures: readonly Signature[] };

/** Null where it is no such answer; signatures that cannot be read whole are left out. */
export function readTensorflowMetadata(value: Json): TensorflowMetadata | null {
  const outer = objectOf(objectOf(objectOf(value)["metadata"])["signature_def"]);
  const definitions = objectOf(outer["signature_def"]);
  if (Object.keys(definitions).length === 0) return null;
  return {
    version: shortText(objectOf(objectOf(value)["model_spec"])["version"]),
    signatures: Object.entries(definitions)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .slice(0, signaturesMax)
      .flatMap(([name, raw]) => readSignature(name, raw) ?? []),
  };
}

/** Bytes are base64 in an object of their own; what is text may be written as it is. */
function elementOf(datatype: Datatype): JsonObject {
  return datatype === "BYTES"
    ? {
        anyOf: [
          { type: "string" },
          {
            type: "object",
            required: ["b64"],
            properties: { b64: { type: "string", contentEncoding: "base64" } },
          },
        ],
      }
    : elementSchema(datatype);
}

function tensorForm(tensor: SignatureTensor, shape: readonly number[]): JsonObject {
  if (!tensor.isRanked)
    return {
      description: "A value or nested lists of them: the model takes any rank.",
      "x-gatebook-tensor": { name: tensor.name, datatype: tensor.datatype },
      ...from("observed"),
    };
  return {
    ...nestedSchema(elementOf(tensor.datatype), shape),
    "x-gatebook-tensor": { name: tensor.name, datatype: tensor.datatype, shape: tensor.shape },
    ...from("observed"),
  };
}

/** One value, or an object of them by name where there are several: a single tensor needs no name. */
function together(tensors: readonly SignatureTensor[], form: (tensor: SignatureTensor) => JsonObject): JsonObject {
  const named: JsonObject = {
    type: "object",
    required: tensors.map(({ name }) => name),
    properties: Object.fromEntries(tensors.map((tensor) => [tensor.name, form(tensor)])),
  };
  const [only] = tensors;
  return tensors.length === 1 && only !== undefined ? { anyOf: [form(only), named] } : named;
}

function rowShape(tensor: SignatureTensor): readonly number[] {
  return tensor.shape.slice(1);
}

/** The row form needs a batch in front of every tensor, and as many rows in each. */
function hasRows(tensors: readonly SignatureTensor[]): boolean {
  return tensors.every(({ shape, isRanked }) => isRanked && shape.length > 0 && shape[0] === -1);
}

function signatureMember(name: string): { readonly required: readonly string[]; readonly properties: JsonObject } {
  return {
    required: name === standardSignature ? [] : ["signature_name"],
    properties: { signature_name: { type: "string", const: name } },
  };
}

function predictForms(signature: Signature): readonly JsonObject[] {
  const { name, inputs } = signature;
  const { required, properties } = signatureMember(name);
  const form = (key: string, schema: JsonObject): JsonObject => ({
    type: "object",
    title: `${name}, ${key === "instances" ? "by row" : "by column"}`,
    required: [...required, key],
    properties: { ...properties, [key]: schema },
  });
  return [
    ...(hasRows(inputs)
      ? [
          form("instances", {
            type: "array",
            minItems: 1,
            items: together(inputs, (tensor) => tensorForm(tensor, rowShape(tensor))),
          }),
        ]
      : []),
    form(
      "inputs",
      together(inputs, (tensor) => tensorForm(tensor, tensor.shape)),
    ),
  ];
}

function predictExample(signature: Signature): Json {
  const { name, inputs } = signature;
  if (inputs.some(({ isRanked }) => !isRanked)) return null;
  const rows = hasRows(inputs);
  const values = inputs.map((tensor) => nestedExample(rows ? { ...tensor, shape: rowShape(tensor) } : tensor));
  if (values.includes(null)) return null;
  const named: JsonObject = Object.fromEntries(inputs.map((tensor, index) => [tensor.name, values[index] ?? null]));
  return {
    ...(name === standardSignature ? {} : { signature_name: name }),
    ...(rows ? { instances: [named] } : { inputs: named }),
  };
}

function predictAnswer(signatures: readonly Signature[]): JsonObject {
  const forms = signatures.flatMap(({ outputs }) => [
    ...(hasRows(outputs)
      ? [
          {
            type: "object",
            required: ["predictions"],
            properties: {
              predictions: {
                type: "array",
                items:
                  outputs.length === 1 && outputs[0] !== undefined
                    ? tensorForm(outputs[0], rowShape(outputs[0]))
                    : together(outputs, (tensor) => tensorForm(tensor, rowShape(tensor))),
              },
            },
          },
        ]
      : []),
    {
      type: "object",
      required: ["outputs"],
      properties: {
        outputs:
          outputs.length === 1 && outputs[0] !== undefined
            ? tensorForm(outputs[0], outputs[0].shape)
            : together(outputs, (tensor) => tensorForm(tensor, tensor.shape)),
      },
    },
  ]);
  return { anyOf: forms };
}

/** Features of an Example; which ones a model parses is not told by its signature. */
function exampleForms(signatures: readonly Signature[]): JsonObject {
  const forms = signatures.map(({ name }) => {
    const { required, properties } = signatureMember(name);
    const features: JsonObject = { type: "object", additionalProperties: true };
    return {
      type: "object",
      title: name,
      required: [...required, "examples"],
      properties: { ...properties, context: features, examples: { type: "array", minItems: 1, items: features } },
    };
  });
  return forms.length === 1 && forms[0] !== undefined ? forms[0] : { oneOf: forms };
}

const fault: JsonObject = { type: "object", properties: { error: { type: "string" } } };

function verbOperation(
  model: string,
  verb: Signature["verb"],
  signatures: readonly Signature[],
  schemas: Record<string, JsonObject>,
): JsonObject {
  const isPredict = verb === "predict";
  const title = `${verb.slice(0, 1).toUpperCase()}${verb.slice(1)}`;
  const request = componentKey(`${title}Request`, new Set(Object.keys(schemas)));
  const response = componentKey(`${title}Response`, new Set(Object.keys(schemas)));
  const forms = signatures.flatMap(predictForms);
  schemas[request] = isPredict ? { oneOf: forms } : exampleForms(signatures);
  schemas[response] = isPredict
    ? predictAnswer(signatures)
    : { type: "object", properties: { results: { type: "array" } } };
  const main = signatures.find(({ name }) => name === standardSignature) ?? signatures[0];
  const example = isPredict && main !== undefined ? predictExample(main) : null;
  return operation({
    operationId: verb,
    summary: `${title} with ${model}`,
    ...(isPredict
      ? example === null
        ? {
            description:
              "There is no example: its tensors hold too many elements to write down, or their rank is not known.",
          }
        : {}
      : { description: "Which features an example needs is not told by the model's signature." }),
    body: jsonContent(reference(request), example),
    responses: {
      "200": answer("What the model says.", reference(response)),
      "400": answer("The request does not fit the model.", fault),
      "404": answer("There is no such model.", fault),
    },
    origin: "observed",
  });
}

/** A description of one model of TensorFlow Serving's REST API, made of its signatures. */
export function deriveTensorflowServing(model: string, metadata: TensorflowMetadata): JsonObject {
  const base = `/v1/models/${inPath(model)}`;
  const schemas: Record<string, JsonObject> = {};
  const paths: Record<string, JsonObject> = {};
  for (const verb of ["predict", "classify", "regress"] as const) {
    const signatures = metadata.signatures.filter((signature) => signature.verb === verb);
    if (signatures.length > 0) paths[`${base}:${verb}`] = { post: verbOperation(model, verb, signatures, schemas) };
  }
  paths[base] = {
    get: operation({
      operationId: "modelStatus",
      summary: `Which versions of ${model} are served`,
      responses: {
        "200": answer("Its versions and their states.", {
          type: "object",
          properties: { model_version_status: { type: "array", items: { type: "object" } } },
        }),
        "404": answer("There is no such model.", fault),
      },
    }),
  };
  paths[`${base}/metadata`] = {
    get: operation({
      operationId: "modelMetadata",
      summary: `The signatures of ${model}`,
      responses: {
        "200": answer("Its signatures.", { type: "object" }),
        "404": answer("There is no such model.", fault),
      },
    }),
  };
  return makeDocument({
    version: metadata.version,
    description:
      "TensorFlow Serving serves no description. This one was derived from the signatures that the model tells.",
    paths,
    schemas,
  });
}
