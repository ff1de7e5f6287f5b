import type { Json, JsonObject } from "../model/index.ts";
import { httpMethods } from "../model/index.ts";
import { follow } from "./api-form.ts";
import { arrayOf, isJsonObject, objectOf, textOf } from "./json-value.ts";

/** Array formats that OpenAPI 3.1 has a style for, by place; any other is kept as an extension. */
const sayable: Readonly<Record<string, readonly string[]>> = {
  query: ["csv", "ssv", "pipes", "multi"],
  formData: ["csv", "ssv", "pipes", "multi"],
  path: ["csv"],
  header: ["csv"],
};

function isBodyLike(parameter: JsonObject): boolean {
  return parameter["in"] === "body" || parameter["in"] === "formData";
}

/** A parameter as the upgrader reads it rightly: bodies in place, list formats explicit. */
function prepareParameter(document: JsonObject, raw: Json): Json {
  const resolved = follow(document, raw, "").value;
  const parameter = isJsonObject(raw) && typeof raw["$ref"] === "string" && !isBodyLike(resolved) ? raw : resolved;
  if (!isJsonObject(parameter) || parameter["type"] !== "array") return parameter;
  const place = textOf(parameter["in"]) ?? "";
  const format = textOf(parameter["collectionFormat"]) ?? "csv";
  return (sayable[place] ?? []).includes(format)
    ? { ...parameter, collectionFormat: format }
    : { ...parameter, "x-collection-format": format };
}

function prepareList(document: JsonObject, parameters: Json | undefined): readonly Json[] {
  return arrayOf(parameters).map((raw) => prepareParameter(document, raw));
}

/** The methods of each path whose form has a field that must be there, so that its body must be there. */
export type RequiredForms = readonly { readonly path: string; readonly method: string }[];

/**
 * Swagger 2.0 as the upgrader library (0.4.9) needs it: parameters of a path come before its operations, bodies and form fields
 * that are referred to stand where they are used, and the implied list format is said. What the library has no place for is
 * returned beside it.
 */
export function prepareSwagger(document: JsonObject): {
  readonly document: JsonObject;
  readonly required: RequiredForms;
} {
  const required: { path: string; method: string }[] = [];
  const paths: Record<string, Json> = {};
  for (const [path, raw] of Object.entries(objectOf(document["paths"]))) {
    if (!isJsonObject(raw)) continue;
    const { parameters, ...rest } = raw;
    const shared = prepareList(document, parameters);
    const item: Record<string, Json> = shared.length === 0 ? {} : { parameters: shared };
    for (const [key, value] of Object.entries(rest)) {
      if (!(httpMethods as readonly string[]).includes(key) || !isJsonObject(value)) {
        item[key] = value;
        continue;
      }
      const own = prepareList(document, value["parameters"]);
      item[key] = value["parameters"] === undefined ? value : { ...value, parameters: own };
      const fields = [...shared, ...own].map(objectOf).filter((parameter) => parameter["in"] === "formData");
      if (fields.some((field) => field["required"] === true)) required.push({ path, method: key });
    }
    paths[path] = item;
  }
  const parameters = Object.entries(objectOf(document["parameters"])).map(([name, raw]): [string, Json] => [
    name,
    prepareParameter(document, raw),
  ]);
  return {
    document: {
      ...document,
      swagger: "2.0",
      paths,
      ...(parameters.length === 0 ? {} : { parameters: Object.fromEntries(parameters) }),
    },
    required,
  };
}

/** Marks the bodies of forms that have a required field as required. */
export function requireForms(document: JsonObject, required: RequiredForms): JsonObject {
  if (required.length === 0) return document;
  const paths: Record<string, Json> = { ...objectOf(document["paths"]) };
  for (const { path, method } of required) {
    const item = objectOf(paths[path]);
    const operation = objectOf(item[method]);
    const body = operation["requestBody"];
    if (!isJsonObject(body) || body["required"] !== undefined) continue;
    paths[path] = { ...item, [method]: { ...operation, requestBody: { ...body, required: true } } };
  }
  return { ...document, paths };
}
