import type { Json, JsonObject } from "../model/index.ts";
import { httpMethods } from "../model/index.ts";
import { follow } from "./api-form.ts";
import { arrayOf, isJsonObject } from "./json-value.ts";

/** What the protocols call it, whatever serves them. */
const protocolPath = /\/v[12]\/models\/\{(model_name)\}/;

/** Servers whose own documents leave the model's name open, and the paths in which they do. */
const namedPaths: Readonly<Record<string, RegExp>> = {
  kserve: /\/models\/\{(model_name|model|name)\}/,
  mlserver: /\/models\/\{(model_name|model|name)\}/,
  triton: /\/models\/\{(model_name|model|name)\}/,
  torchserve: /\/(?:models|predictions|explanations)\/\{(model_name|model|name)\}/,
};

/** A path item without parameters of these names in its paths: they are fixed, or filled in. */
export function withoutPathParameters(document: JsonObject, item: JsonObject, names: readonly string[]): JsonObject {
  if (names.length === 0) return item;
  const without = (parameters: Json | undefined): readonly Json[] =>
    arrayOf(parameters).filter((raw) => {
      const { value } = follow(document, raw, "");
      return !(value["in"] === "path" && typeof value["name"] === "string" && names.includes(value["name"]));
    });
  const result: Record<string, Json> = { ...item };
  if (item["parameters"] !== undefined) result["parameters"] = without(item["parameters"]);
  for (const method of httpMethods) {
    const operation = item[method];
    if (isJsonObject(operation) && operation["parameters"] !== undefined)
      result[method] = { ...operation, parameters: without(operation["parameters"]) };
  }
  return result;
}

/** Puts the model's name where its server's document has a parameter for it, in paths such as /v2/models/{model_name}/infer. */
export function fillModelName(
  document: JsonObject,
  path: string,
  item: JsonObject,
  model: { readonly name: string | null; readonly server: string | null },
): { readonly path: string; readonly item: JsonObject } {
  const name = (namedPaths[model.server ?? ""] ?? protocolPath).exec(path)?.[1];
  if (model.name === null || name === undefined) return { path, item };
  return {
    path: path.replace(`{${name}}`, encodeURIComponent(model.name)),
    item: withoutPathParameters(document, item, [name]),
  };
}
