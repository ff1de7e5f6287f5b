import { z } from "zod";
import { json } from "../serving/model.ts";
import type { Model, ModelAnswer } from "../serving/model.ts";
import { churnFeatures, trainChurnModel } from "./churn-model.ts";
import { dataplaneDocument } from "./dataplane-document.ts";

const width = churnFeatures.length;

const inferenceRequest = z.object({
  id: z.string().optional(),
  inputs: z.array(
    z.object({
      name: z.string(),
      shape: z.array(z.int().nonnegative()),
      datatype: z.string(),
      data: z.array(z.unknown()),
    }),
  ),
});

const metadata = {
  name: "churn",
  versions: ["1"],
  platform: "logistic-regression",
  inputs: [
    { name: "customers", datatype: "FP32", shape: [-1, width], parameters: { columns: churnFeatures.join(", ") } },
  ],
  outputs: [{ name: "churn_probability", datatype: "FP64", shape: [-1, 1] }],
};

function infer(predict: ReturnType<typeof trainChurnModel>, body: Buffer): ModelAnswer {
  const refuse = (error: string): ModelAnswer => json(400, { error });
  let value: unknown;
  try {
    value = JSON.parse(body.toString("utf8"));
  } catch {
    return refuse("The body is not JSON.");
  }
  const parsed = inferenceRequest.safeParse(value);
  if (!parsed.success) return refuse(z.prettifyError(parsed.error));
  const [tensor, ...others] = parsed.data.inputs;
  if (tensor === undefined || others.length > 0) return refuse("Exactly one input tensor is expected.");
  if (tensor.name !== "customers") return refuse(`Unknown input "${tensor.name}"; the input is "customers".`);
  if (tensor.datatype !== "FP32") return refuse(`The datatype is FP32, not ${tensor.datatype}.`);
  const [rows = 0, columns] = tensor.shape;
  if (tensor.shape.length !== 2 || columns !== width) {
    return refuse(`The shape is [-1, ${String(width)}]: ${churnFeatures.join(", ")}.`);
  }
  const values = tensor.data.flat(1).filter((entry) => typeof entry === "number");
  if (values.length !== rows * width) {
    return refuse(`The shape asks for ${String(rows * width)} numbers, and ${String(values.length)} were sent.`);
  }
  const table = Array.from({ length: rows }, (_, row) => values.slice(row * width, (row + 1) * width));
  return json(200, {
    model_name: "churn",
    model_version: "1",
    ...(parsed.data.id === undefined ? {} : { id: parsed.data.id }),
    outputs: [{ name: "churn_probability", shape: [rows, 1], datatype: "FP64", data: predict(table) }],
  });
}

/** Tabular: a logistic regression over the Open Inference Protocol, in the places where MLServer has them. */
export function createChurnModel(): Model {
  const predict = trainChurnModel();
  return {
    name: "churn",
    respond: ({ method, path, body }) => {
      switch (`${method} ${path}`) {
        case "GET /v2":
          return json(200, { name: "example-server", version: "1.0.0", extensions: [] });
        case "GET /v2/health/live":
        case "GET /v2/health/ready":
        case "GET /v2/models/churn/ready":
          return json(200, {});
        case "GET /v2/models/churn":
          return json(200, metadata);
        case "GET /v2/models/churn/docs/dataplane.json":
          return json(200, dataplaneDocument("churn", width));
        case "POST /v2/models/churn/infer":
          return infer(predict, body);
        default:
          return json(404, { error: "Not Found" });
      }
    },
  };
}
