import type { Json, JsonObject } from "../model/index.ts";
import { isJsonObject, objectOf, textOf } from "../spec/index.ts";
import type { Datatype, Tensor } from "./tensor.ts";
import { readDatatype } from "./tensor.ts";

/** What a model says of itself in the Open Inference Protocol (`GET /v2/models/{m}`). */
export type ModelMetadata = {
  readonly name: string;
  readonly versions: readonly string[];
  readonly platform: string;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
};

/** More than any model has; what goes beyond it is not taken, whatever the server says. */
const limits = { tensors: 200, rank: 16, nameLength: 200, versions: 50, extent: 2 ** 31 - 1 } as const;

export function listOf(value: Json | undefined, max: number): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]).slice(0, max) : [];
}

export function shortText(value: Json | undefined): string | null {
  const text = textOf(value);
  return text === null || text === "" || text.length > limits.nameLength || !text.isWellFormed() ? null : text;
}

/** An extent; Triton and TensorFlow write large numbers as text. Null where it is none. */
export function readExtent(value: Json | undefined): number | null {
  const extent = typeof value === "string" && /^-?\d{1,10}$/.test(value) ? Number(value) : value;
  return typeof extent === "number" && Number.isInteger(extent) && extent >= -1 && extent <= limits.extent
    ? extent
    : null;
}

export function readShape(value: Json | undefined): readonly number[] | null {
  if (!Array.isArray(value)) return null;
  const extents = (value as readonly Json[]).map(readExtent);
  const shape = extents.flatMap((extent) => extent ?? []);
  return shape.length === extents.length && shape.length <= limits.rank ? shape : null;
}

/**
 * The tensors of a list, by `readType` of their datatype. Null where one of them cannot be read: half a signature would be
 * told as the whole.
 */
export function readTensors(
  value: Json | undefined,
  readOne: (fields: JsonObject) => {
    readonly datatype: Datatype | null;
    readonly shape: readonly number[] | null;
  } = ({ datatype, shape }) => ({ datatype: readDatatype(datatype), shape: readShape(shape) }),
): readonly Tensor[] | null {
  const entries = listOf(value, limits.tensors + 1);
  if (entries.length > limits.tensors) return null;
  const tensors: Tensor[] = [];
  const names = new Set<string>();
  for (const entry of entries) {
    const fields = objectOf(entry);
    const name = shortText(fields["name"]);
    const { datatype, shape } = readOne(fields);
    if (name === null || datatype === null || shape === null || names.has(name)) return null;
    names.add(name);
    tensors.push({ name, datatype, shape, optional: fields["optional"] === true });
  }
  return tensors;
}

/**
 * Metadata as the Open Inference Protocol writes it. Null where it is no such answer; a signature that cannot be read whole
 * counts as none.
 */
export function readModelMetadata(value: Json): ModelMetadata | null {
  if (!isJsonObject(value)) return null;
  const name = shortText(value["name"]);
  if (name === null) return null;
  const inputs = readTensors(value["inputs"]);
  const outputs = readTensors(value["outputs"]);
  return {
    name,
    versions: listOf(value["versions"], limits.versions).flatMap((version) => shortText(version) ?? []),
    platform: shortText(value["platform"]) ?? "",
    inputs: inputs ?? [],
    outputs: outputs ?? [],
  };
}
