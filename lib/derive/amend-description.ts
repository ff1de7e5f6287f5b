import type { DescriptionAddition, Json, JsonObject } from "../model/index.ts";
import { isJsonObject, objectOf, textOf } from "../spec/index.ts";
import { instancesBody } from "./kserve-v1.ts";
import { from, jsonContent, reference } from "./document.ts";
import { invocationsBody } from "./mlflow.ts";
import { inferenceParts } from "./open-inference.ts";
import { listOf, readModelMetadata } from "./read-metadata.ts";

const inferPaths = /^\/v2\/models\/([^/]+)(\/versions\/[^/]+)?\/infer$/;

/** Whether a segment of a path stands for this model: its name, or the parameter that its server has for it. */
function standsFor(segment: string, model: string): boolean {
  return segment === "{model_name}" || segment === model || segment === encodeURIComponent(model);
}

function withTensors(operation: JsonObject, request: JsonObject, response: JsonObject, example: Json): JsonObject {
  const responses = objectOf(operation["responses"]);
  const good = objectOf(responses["200"]);
  return {
    ...operation,
    requestBody: { ...objectOf(operation["requestBody"]), required: true, content: jsonContent(request, example) },
    responses: {
      ...responses,
      "200": { description: "What the model says.", ...good, content: jsonContent(response) },
    },
    ...from("observed"),
  };
}

function addTensors(document: JsonObject, model: string, said: Json): JsonObject {
  const metadata = readModelMetadata(said);
  if (metadata === null || metadata.inputs.length === 0) return document;
  const paths = objectOf(document["paths"]);
  const places = Object.keys(paths).filter((path) => standsFor(inferPaths.exec(path)?.[1] ?? "", model));
  if (places.length === 0) return document;
  const components = objectOf(document["components"]);
  const known = objectOf(components["schemas"]);
  const parts = inferenceParts(metadata, new Set(Object.keys(known)));
  const key = (name: string): string => (name in known ? `${name}.${model.replaceAll(/[^A-Za-z0-9._-]/g, "_")}` : name);
  const requestKey = key("ModelInferenceRequest");
  const responseKey = key("ModelInferenceResponse");
  const amended = Object.fromEntries(
    places.map((path) => {
      const item = objectOf(paths[path]);
      const post = item["post"];
      return [
        path,
        isJsonObject(post)
          ? { ...item, post: withTensors(post, reference(requestKey), reference(responseKey), parts.example) }
          : item,
      ];
    }),
  );
  return {
    ...document,
    paths: { ...paths, ...amended },
    components: {
      ...components,
      schemas: { ...known, ...parts.schemas, [requestKey]: parts.request, [responseKey]: parts.response },
    },
  };
}

/** Gives a body to what is posted to such paths, where the document says nothing of one. */
function addBody(document: JsonObject, places: RegExp, body: JsonObject): JsonObject {
  const paths = objectOf(document["paths"]);
  const amended = Object.entries(paths).map(([path, raw]): [string, Json] => {
    const item = objectOf(raw);
    const { post } = item;
    const isOpen = places.test(path) && isJsonObject(post) && post["requestBody"] === undefined;
    return [path, isOpen ? { ...item, post: { ...post, requestBody: body } } : raw];
  });
  return { ...document, paths: Object.fromEntries(amended) };
}

const openaiPaths = /^\/v1\/(chat\/completions|completions|embeddings|responses|score|rerank|pooling|classify)$/;

/** The `model` of each request of OpenAI's operations is one of those that are served. */
function addModels(document: JsonObject, ids: readonly string[]): JsonObject {
  if (ids.length === 0) return document;
  const components = objectOf(document["components"]);
  const schemas: Record<string, Json> = { ...objectOf(components["schemas"]) };
  const withModel = (schema: JsonObject): JsonObject => {
    const properties = objectOf(schema["properties"]);
    const { model } = properties;
    return isJsonObject(model)
      ? {
          ...schema,
          properties: { ...properties, model: { title: "Model", type: "string", enum: ids, ...from("observed") } },
        }
      : schema;
  };
  for (const [path, item] of Object.entries(objectOf(document["paths"]))) {
    if (!openaiPaths.test(path)) continue;
    const body = objectOf(objectOf(objectOf(item)["post"])["requestBody"]);
    const { schema } = objectOf(objectOf(body["content"])["application/json"]);
    const used = objectOf(schema);
    for (const part of [used, ...listOf(used["anyOf"], 20), ...listOf(used["oneOf"], 20)]) {
      const name = /^#\/components\/schemas\/([^/]+)$/.exec(textOf(objectOf(part)["$ref"]) ?? "")?.[1];
      const named = name === undefined ? undefined : schemas[name];
      if (name !== undefined && isJsonObject(named)) schemas[name] = withModel(named);
    }
  }
  return { ...document, components: { ...components, schemas } };
}

/**
 * A server's own document, completed by what else is known of its model; each added part is marked. What does not fit the
 * document leaves it as it is. The document must be in its OpenAPI 3.1 form.
 */
export function amendDescription(document: JsonObject, addition: DescriptionAddition): JsonObject {
  switch (addition.kind) {
    case "tensors":
      return addTensors(document, addition.model, addition.metadata);
    case "models":
      return addModels(document, addition.ids);
    case "invocations":
      return addBody(document, /^\/invocations$/, invocationsBody);
    case "instances":
      return addBody(document, /^\/v1\/models\/[^/]+:(predict|explain)$/, instancesBody);
  }
}
