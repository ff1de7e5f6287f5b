import type { Json, JsonObject } from "../model/index.ts";
import { isJsonObject, objectOf, textOf } from "../spec/index.ts";
import { from, inPath, jsonContent, operation } from "./document.ts";
import { deriveOpenInference, inferenceFaults } from "./open-inference.ts";
import type { ServedModel } from "./open-inference.ts";
import { listOf, readShape, readTensors, shortText } from "./read-metadata.ts";
import type { ModelMetadata } from "./read-metadata.ts";
import type { Datatype, Tensor } from "./tensor.ts";
import { elementSchema, exampleElement, readDatatype } from "./tensor.ts";

/** What `GET /v2/models/{m}/config` adds to the metadata. */
export type TritonConfig = {
  /** True where one request may have many answers: then only the streaming operation answers. */
  readonly decoupled: boolean;
  readonly optionalInputs: ReadonlySet<string>;
  /** 0 where the model does not batch. */
  readonly batchMax: number;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
};

function configDatatype(value: Json | undefined): Datatype | null {
  const text = textOf(value);
  if (text === null || !text.startsWith("TYPE_")) return null;
  return text === "TYPE_STRING" ? "BYTES" : readDatatype(text.slice("TYPE_".length));
}

/** Null where it is no model configuration. */
export function readTritonConfig(value: Json): TritonConfig | null {
  if (!isJsonObject(value) || shortText(value["name"]) === null) return null;
  const said = value["max_batch_size"];
  const batchMax = typeof said === "number" && Number.isInteger(said) && said > 0 ? said : 0;
  // `dims` leave the batch out where the model batches; the tensor that a client sends has it.
  const read = (list: Json | undefined): readonly Tensor[] =>
    readTensors(list, ({ data_type, dims }) => {
      const shape = readShape(dims);
      return { datatype: configDatatype(data_type), shape: shape === null || batchMax === 0 ? shape : [-1, ...shape] };
    }) ?? [];
  const inputs = read(value["input"]);
  return {
    decoupled: objectOf(value["model_transaction_policy"])["decoupled"] === true,
    optionalInputs: new Set(
      listOf(value["input"], 200).flatMap((input) => {
        const fields = objectOf(input);
        return fields["optional"] === true ? (shortText(fields["name"]) ?? []) : [];
      }),
    ),
    batchMax,
    inputs,
    outputs: read(value["output"]),
  };
}

export type TritonModel = {
  readonly name: string;
  readonly metadata: ModelMetadata | null;
  readonly config: TritonConfig | null;
};

/** What both answers say together: the metadata's shapes, the configuration's word on what may be left out. */
function joined({ name, metadata, config }: TritonModel): ServedModel {
  if (config === null) return { name, metadata };
  const base = metadata ?? { name, versions: [], platform: "", inputs: config.inputs, outputs: config.outputs };
  const inputs = base.inputs.map((input) => ({ ...input, optional: config.optionalInputs.has(input.name) }));
  return { name, metadata: { ...base, inputs } };
}

/** Tensors by their names at the top of the object: a value where a tensor has one element, else an array (generate extension). */
function generateBody({ inputs }: ModelMetadata): { readonly schema: JsonObject; readonly example: Json } {
  const valueOf = ({ datatype }: Tensor): JsonObject => {
    const element = elementSchema(datatype);
    return { anyOf: [element, { type: "array", items: element }] };
  };
  const needed = inputs.filter(({ optional }) => !optional);
  return {
    schema: {
      type: "object",
      required: needed.map(({ name }) => name),
      properties: Object.fromEntries(
        inputs.map((tensor) => [
          tensor.name,
          {
            ...valueOf(tensor),
            "x-gatebook-tensor": { name: tensor.name, datatype: tensor.datatype, shape: tensor.shape },
            ...from("observed"),
          },
        ]),
      ),
    },
    example: Object.fromEntries(needed.map(({ name, datatype }) => [name, exampleElement(datatype)])),
  };
}

function streamPath(model: ServedModel): JsonObject {
  const { name, metadata } = model;
  if (metadata === null) return {};
  const { schema, example } = generateBody(metadata);
  return {
    [`/v2/models/${inPath(name)}/generate_stream`]: {
      post: operation({
        operationId: "generateStream",
        summary: `Ask ${name}, answer by answer`,
        description:
          "The model answers a request with any number of answers (decoupled), which come as server-sent events. A request that waits for one answer is refused.",
        body: jsonContent(schema, example),
        responses: {
          "200": {
            description: "One event for each answer.",
            content: { "text/event-stream": { schema: { type: "string" } } },
          },
          ...inferenceFaults,
        },
        origin: "observed",
      }),
    },
  };
}

/** A description of the models of a Triton Inference Server, made of their metadata and configurations. */
export function deriveTriton(models: readonly TritonModel[]): JsonObject {
  const decoupled = new Set(models.flatMap(({ name, config }) => (config?.decoupled === true ? [name] : [])));
  return deriveOpenInference("Triton Inference Server", models.map(joined), {
    infers: ({ name }) => !decoupled.has(name),
    more: (model) => (decoupled.has(model.name) ? streamPath(model) : {}),
  });
}

/** The models that are ready, out of `POST /v2/repository/index`, each once, by name. */
export function readTritonIndex(value: Json): readonly string[] {
  const names = listOf(value, 1_000).flatMap((entry) => {
    const { name, state } = objectOf(entry);
    return state === "READY" || state === undefined ? (shortText(name) ?? []) : [];
  });
  return [...new Set(names)].sort();
}
