import { sha256Hex } from "../base/index.ts";
import type { Json, JsonObject } from "../model/index.ts";
import { httpMethods } from "../model/index.ts";
import { canonicalJson } from "./canonical-json.ts";
import { createSchemaHasher } from "./hash-schema.ts";
import type { SchemaHasher } from "./hash-schema.ts";
import { pointerOfReference, resolvePointer } from "./json-pointer.ts";
import { arrayOf, isJsonObject, objectOf, textOf } from "./json-value.ts";

/** A path with the names of its parameters erased ("/m/{}"), and the names in order. */
export function pathShape(path: string): { readonly shape: string; readonly names: readonly string[] } {
  const names = [...path.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? "");
  return { shape: path.replaceAll(/\{[^}]*\}/g, "{}"), names };
}

/** Follows references of parameters, responses and the like until something is not one; at most ten deep. */
export function followReference(document: JsonObject, value: Json | undefined): JsonObject {
  let at: Json | undefined = value;
  for (let depth = 0; depth < 10 && isJsonObject(at); depth += 1) {
    const reference = at["$ref"];
    if (typeof reference !== "string") return at;
    const pointer = pointerOfReference(reference);
    at = pointer === null ? undefined : resolvePointer(document, pointer);
  }
  return {};
}

/**
 * The alternatives that open an operation, each a list of schemes with their scopes; an empty alternative admits everybody
 * (OpenAPI 3.1 §4.8.30). Null where nothing is said.
 */
export function listSecurity(document: JsonObject, operation: JsonObject): readonly string[] | null {
  const declared = operation["security"] ?? document["security"];
  if (declared === undefined) return null;
  const schemes = objectOf(objectOf(document["components"])["securitySchemes"]);
  const say = (name: string, scopes: Json): string => {
    const scheme = objectOf(schemes[name]);
    const kind = Object.fromEntries(
      Object.entries(scheme).filter(
        ([key]) => !["description", "flows", "bearerFormat"].includes(key) && !key.startsWith("x-"),
      ),
    );
    const flows = Object.fromEntries(
      Object.entries(objectOf(scheme["flows"])).map(([flow, value]) => [
        flow,
        Object.fromEntries(["authorizationUrl", "tokenUrl"].map((key) => [key, objectOf(value)[key] ?? null])),
      ]),
    );
    return canonicalJson([Object.keys(kind).length === 0 ? name : kind, flows, arrayOf(scopes).map(String).sort()]);
  };
  return arrayOf(declared)
    .filter(isJsonObject)
    .map((alternative) =>
      Object.entries(alternative)
        .map(([name, scopes]) => say(name, scopes))
        .sort()
        .join(" and "),
    )
    .sort();
}

/** The paths of `servers`, which belong to the contract; scheme and host do not. */
export function basePaths(servers: Json | undefined): readonly string[] {
  const paths = arrayOf(servers)
    .map((server) => textOf(objectOf(server)["url"]) ?? "")
    .map((url) => url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, "").replace(/^\/\/[^/]*/, ""))
    .map((path) => (path === "." || path === "./" ? "" : path.replace(/\/+$/, "")));
  const unique = [...new Set(paths)].sort();
  return unique.length === 0 ? [""] : unique;
}

function digestContent(hasher: SchemaHasher, content: Json | undefined): Json {
  return Object.fromEntries(
    Object.entries(objectOf(content)).map(([type, media]) => {
      const value = objectOf(media);
      return [
        type.toLowerCase(),
        [
          hasher.hash(value["schema"]),
          value["itemSchema"] === undefined ? null : hasher.hash(value["itemSchema"]),
          value["encoding"] ?? null,
        ],
      ];
    }),
  );
}

function digestParameter(hasher: SchemaHasher, parameter: JsonObject, names: readonly string[]): Json {
  const place = textOf(parameter["in"]) ?? "";
  const name = textOf(parameter["name"]) ?? "";
  const rest = ["style", "explode", "allowReserved", "allowEmptyValue"].map((key) => parameter[key] ?? null);
  return [
    place,
    place === "path" ? names.indexOf(name) : place === "header" ? name.toLowerCase() : name,
    place === "path" ? true : parameter["required"] === true,
    parameter["deprecated"] === true,
    hasher.hash(parameter["schema"]),
    digestContent(hasher, parameter["content"]),
    ...rest,
  ];
}

function digestOperation(
  document: JsonObject,
  hasher: SchemaHasher,
  item: JsonObject,
  operation: JsonObject,
  names: readonly string[],
): Json {
  const byName = new Map<string, JsonObject>();
  for (const raw of [...arrayOf(item["parameters"]), ...arrayOf(operation["parameters"])]) {
    const parameter = followReference(document, raw);
    byName.set(`${textOf(parameter["in"]) ?? ""} ${textOf(parameter["name"]) ?? ""}`, parameter);
  }
  const body = operation["requestBody"] === undefined ? null : followReference(document, operation["requestBody"]);
  const responses = Object.fromEntries(
    Object.entries(objectOf(operation["responses"]))
      .filter(([status]) => !status.startsWith("x-"))
      .map(([status, raw]) => {
        const response = followReference(document, raw);
        const headers = Object.fromEntries(
          Object.entries(objectOf(response["headers"])).map(([name, header]) => {
            const value = followReference(document, header);
            return [name.toLowerCase(), [value["required"] === true, hasher.hash(value["schema"])]];
          }),
        );
        return [status.toUpperCase(), [digestContent(hasher, response["content"]), headers]];
      }),
  );
  const callbacks = Object.fromEntries(
    Object.entries(objectOf(operation["callbacks"])).map(([name, callback]) => [
      name,
      Object.fromEntries(
        Object.entries(followReference(document, callback)).map(([expression, target]) => [
          expression,
          digestPathItem(document, hasher, followReference(document, target), []),
        ]),
      ),
    ]),
  );
  return {
    operationId: operation["operationId"] ?? null,
    parameters: [...byName.values()]
      .map((parameter) => canonicalJson(digestParameter(hasher, parameter, names)))
      .sort(),
    body: body === null ? null : [body["required"] === true, digestContent(hasher, body["content"])],
    responses,
    security: listSecurity(document, operation),
    deprecated: operation["deprecated"] === true,
    sunset: operation["x-sunset"] ?? null,
    servers:
      operation["servers"] === undefined && item["servers"] === undefined
        ? null
        : basePaths(operation["servers"] ?? item["servers"]),
    callbacks,
  };
}

function digestPathItem(document: JsonObject, hasher: SchemaHasher, item: JsonObject, names: readonly string[]): Json {
  const result: Record<string, Json> = {};
  for (const method of httpMethods) {
    const operation = item[method];
    if (isJsonObject(operation)) result[method] = digestOperation(document, hasher, item, operation, names);
  }
  return result;
}

/** Hex SHA-256 of the contract (DESIGN §6) of an upgraded document. */
export function digestContract(document: JsonObject): string {
  const hasher = createSchemaHasher(document);
  const paths: Record<string, Json> = {};
  for (const [path, item] of Object.entries(objectOf(document["paths"]))) {
    if (path.startsWith("x-")) continue;
    const { shape, names } = pathShape(path);
    const value = digestPathItem(document, hasher, followReference(document, item), names);
    paths[shape] = Object.hasOwn(paths, shape) ? [paths[shape] ?? null, value] : value;
  }
  const webhooks = Object.fromEntries(
    Object.entries(objectOf(document["webhooks"])).map(([name, item]) => [
      name,
      digestPathItem(document, hasher, followReference(document, item), []),
    ]),
  );
  return sha256Hex(canonicalJson({ paths, webhooks, servers: [...basePaths(document["servers"])] }));
}
