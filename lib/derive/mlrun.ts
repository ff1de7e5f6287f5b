import type { Json, JsonObject } from "../model/index.ts";
import { objectOf } from "../spec/index.ts";
import { answer, componentKey, from, inPath, jsonContent, makeDocument, operation } from "./document.ts";
import { listOf, shortText } from "./read-metadata.ts";

/** A model of an MLRun serving graph, with the features that it says it takes; null where it says none. */
export type MlrunModel = {
  readonly name: string;
  readonly version: string | null;
  readonly features: readonly string[] | null;
};

/** The models out of `GET /v2/models/`. */
export function readMlrunModels(value: Json): readonly string[] {
  return [...new Set(listOf(objectOf(value)["models"], 100).flatMap((name) => shortText(name) ?? []))].sort();
}

/** What `GET /v2/models/{m}` says; what cannot be read of it counts as not said. */
export function readMlrunModel(name: string, value: Json): MlrunModel {
  const fields = objectOf(value);
  const inputs = listOf(fields["inputs"], 1_001);
  const features = inputs.flatMap((input) => shortText(objectOf(input)["name"]) ?? []);
  return {
    name,
    version: shortText(fields["version"]),
    features: inputs.length === 0 || inputs.length > 1_000 || features.length < inputs.length ? null : features,
  };
}

function modelPaths({ name, features }: MlrunModel, isOnly: boolean): JsonObject {
  const base = `/v2/models/${inPath(name)}`;
  const suffix = isOnly ? "" : `_${componentKey(name, new Set())}`;
  const tags = isOnly ? {} : { tags: [name] };
  const row: JsonObject =
    features === null
      ? {}
      : {
          type: "array",
          minItems: features.length,
          maxItems: features.length,
          items: {},
          description: `In this order: ${features.join(", ")}`.slice(0, 4_000),
          ...from("observed"),
        };
  return {
    [`${base}/infer`]: {
      post: operation({
        operationId: `infer${suffix}`,
        summary: `Ask ${name}`,
        ...(features === null
          ? { description: "The model declares no schema: what an input holds is not known." }
          : {}),
        ...tags,
        body: jsonContent(
          {
            type: "object",
            required: ["inputs"],
            properties: { id: { type: "string" }, inputs: { type: "array", minItems: 1, items: row } },
          },
          features === null ? null : { inputs: [features.map(() => 0)] },
        ),
        responses: {
          "200": answer("What the model says.", {
            type: "object",
            properties: { id: { type: "string" }, model_name: { type: "string" }, outputs: {} },
          }),
          "400": answer("The request does not fit the model."),
        },
        origin: features === null ? "inferred" : "observed",
      }),
    },
    [`${base}/ready`]: {
      get: operation({
        operationId: `modelReady${suffix}`,
        summary: `Whether ${name} is ready`,
        ...tags,
        responses: { "200": answer("It is ready."), "408": answer("It is still loading.") },
      }),
    },
    [base]: {
      get: operation({
        operationId: `modelMetadata${suffix}`,
        summary: `What ${name} says of itself`,
        ...tags,
        responses: { "200": answer("Its name, version, inputs and outputs.", { type: "object" }) },
        origin: "observed",
      }),
    },
  };
}

/** A description of the models of an MLRun serving graph. */
export function deriveMlrunServing(models: readonly MlrunModel[]): JsonObject {
  const [first] = models;
  return makeDocument({
    version: models.length === 1 ? (first?.version ?? null) : null,
    description:
      "An MLRun serving graph serves no description. This one was derived from what its models say of themselves.",
    paths: Object.fromEntries(models.flatMap((model) => Object.entries(modelPaths(model, models.length === 1)))),
    schemas: {},
  });
}
