import type { Json, JsonObject } from "../model/index.ts";

/** The datatypes of the Open Inference Protocol. */
const datatypes = [
  "BOOL",
  "UINT8",
  "UINT16",
  "UINT32",
  "UINT64",
  "INT8",
  "INT16",
  "INT32",
  "INT64",
  "FP16",
  "FP32",
  "FP64",
  "BF16",
  "BYTES",
] as const;
export type Datatype = (typeof datatypes)[number];

/** One input or output of a model as its server tells it; -1 in `shape` stands for any extent. */
export type Tensor = {
  readonly name: string;
  readonly datatype: Datatype;
  readonly shape: readonly number[];
  /** An input that may be left out (Triton). */
  readonly optional: boolean;
};

/** Beyond it an example would be a wall of zeros; the reader is told why there is none. */
const exampleElementsMax = 4_096;

export function readDatatype(value: unknown): Datatype | null {
  return datatypes.find((datatype) => datatype === value) ?? null;
}

/** The JSON form of one element; integers of 64 bits have no range, as JSON numbers cannot hold it exactly. */
export function elementSchema(datatype: Datatype): JsonObject {
  const whole = (minimum: number, maximum: number): JsonObject => ({ type: "integer", minimum, maximum });
  switch (datatype) {
    case "BOOL":
      return { type: "boolean" };
    case "UINT8":
      return whole(0, 255);
    case "UINT16":
      return whole(0, 65_535);
    case "UINT32":
      return whole(0, 4_294_967_295);
    case "UINT64":
      return { type: "integer", format: "uint64", minimum: 0 };
    case "INT8":
      return whole(-128, 127);
    case "INT16":
      return whole(-32_768, 32_767);
    case "INT32":
      return { ...whole(-2_147_483_648, 2_147_483_647), format: "int32" };
    case "INT64":
      return { type: "integer", format: "int64" };
    case "FP16":
    case "BF16":
    case "FP32":
      return { type: "number", format: "float" };
    case "FP64":
      return { type: "number", format: "double" };
    case "BYTES":
      return { type: "string" };
  }
}

/** An element that every model of this datatype can read. */
export function exampleElement(datatype: Datatype): Json {
  switch (datatype) {
    case "BOOL":
      return false;
    case "BYTES":
      return "text";
    default:
      return 0;
  }
}

/** How many elements the smallest such tensor has, -1 taken as 1; null where an example of it would be too long. */
function exampleCount(shape: readonly number[]): number | null {
  let count = 1;
  for (const extent of shape) {
    count *= extent < 0 ? 1 : extent;
    if (count > exampleElementsMax) return null;
  }
  return count;
}

/** The extents of the smallest such tensor. */
export function exampleShape(shape: readonly number[]): readonly number[] {
  return shape.map((extent) => (extent < 0 ? 1 : extent));
}

/** All elements in row-major order, as the protocol allows; null where they would be too many. */
export function exampleData(tensor: Pick<Tensor, "datatype" | "shape">): readonly Json[] | null {
  const count = exampleCount(tensor.shape);
  return count === null ? null : Array.from({ length: count }, () => exampleElement(tensor.datatype));
}

/** Elements nested by extent, as TensorFlow Serving writes them; null where they would be too many. */
export function nestedExample(tensor: Pick<Tensor, "datatype" | "shape">): Json | null {
  if (exampleCount(tensor.shape) === null) return null;
  const nest = (shape: readonly number[]): Json => {
    const [extent, ...rest] = shape;
    return extent === undefined
      ? exampleElement(tensor.datatype)
      : Array.from({ length: extent < 0 ? 1 : extent }, () => nest(rest));
  };
  return nest(tensor.shape);
}

/** Arrays in arrays, one level for each extent. */
export function nestedSchema(element: JsonObject, shape: readonly number[]): JsonObject {
  return [...shape]
    .reverse()
    .reduce<JsonObject>(
      (items, extent) => ({ type: "array", items, ...(extent < 0 ? {} : { minItems: extent, maxItems: extent }) }),
      element,
    );
}

/** "FP32 [-1, 4]", as people write it. */
export function sayTensor({ datatype, shape }: Pick<Tensor, "datatype" | "shape">): string {
  return `${datatype} [${shape.join(", ")}]`;
}
