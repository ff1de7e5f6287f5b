import type { Json, JsonObject, Repair } from "../model/index.ts";
import { httpMethods } from "../model/index.ts";
import { appendPointer } from "./json-pointer.ts";
import { isJsonObject, objectOf } from "./json-value.ts";
import { repairLists, repairMembers, repairParameters } from "./repair-shapes.ts";
import { repairValues } from "./repair-values.ts";

const methods: ReadonlySet<string> = new Set(httpMethods);

function repairPath(path: string): string {
  return path.startsWith("/") ? path : `/${path}`;
}

function repairOperation(operation: JsonObject, pointer: string, repairs: Repair[]): JsonObject {
  const result: Record<string, Json> = { ...operation };
  for (const key of ["summary", "description", "operationId"]) {
    const value = result[key];
    if (value === undefined || typeof value === "string") continue;
    delete result[key];
    repairs.push({ pointer: appendPointer(pointer, key), message: `\`${key}\` is not text and was left out.` });
  }
  repairLists(
    result,
    ["parameters", "tags", "security", "servers", "consumes", "produces", "schemes"],
    pointer,
    repairs,
  );
  repairParameters(result, pointer, repairs);
  const responses = repairMembers(result["responses"], appendPointer(pointer, "responses"), repairs);
  if (responses !== undefined) result["responses"] = responses;
  for (const key of ["requestBody", "callbacks"]) {
    if (result[key] === undefined || isJsonObject(result[key])) continue;
    delete result[key];
    repairs.push({ pointer: appendPointer(pointer, key), message: `\`${key}\` is not an object and was left out.` });
  }
  return result;
}

function repairPathItem(item: JsonObject, pointer: string, repairs: Repair[]): JsonObject {
  const result: Record<string, Json> = {};
  for (const [key, value] of Object.entries(item)) {
    const place = appendPointer(pointer, key);
    const method = key.toLowerCase();
    if (!methods.has(method)) {
      result[key] = value;
      continue;
    }
    if (!isJsonObject(value)) {
      repairs.push({ pointer: place, message: "This operation is not an object and was left out." });
      continue;
    }
    if (key !== method) repairs.push({ pointer: place, message: `The method \`${key}\` is written \`${method}\`.` });
    result[method] = repairOperation(value, place, repairs);
  }
  repairLists(result, ["parameters", "servers"], pointer, repairs);
  repairParameters(result, pointer, repairs);
  return result;
}

function repairComponents(components: Json, repairs: Repair[]): JsonObject {
  if (!isJsonObject(components)) {
    repairs.push({ pointer: "/components", message: "`components` is not an object and was left out." });
    return {};
  }
  return Object.fromEntries(
    Object.entries(components).map(([key, value]): [string, Json] => {
      const pointer = appendPointer("/components", key);
      // A schema may be a boolean too.
      if (key === "schemas" && isJsonObject(value)) return [key, value];
      return [key, key.startsWith("x-") ? value : (repairMembers(value, pointer, repairs) ?? {})];
    }),
  );
}

/**
 * Mends what real servers get wrong and what can be mended without a guess (SERVING §6.5); everything else stays as it is.
 * `pointer`s are into the document as it came.
 */
export function repairDocument(document: JsonObject): {
  readonly document: JsonObject;
  readonly repairs: readonly Repair[];
} {
  const repairs: Repair[] = [];
  const result: Record<string, Json> = { ...document };
  if (!isJsonObject(document["info"]))
    repairs.push({ pointer: "/info", message: "`info` is missing; a title and a version were left open." });
  const info: Record<string, Json> = { ...objectOf(document["info"]) };
  if (typeof info["title"] !== "string") {
    if (info["title"] !== undefined) repairs.push({ pointer: "/info/title", message: "The title is not text." });
    info["title"] = typeof info["title"] === "number" ? String(info["title"]) : "";
  }
  if (typeof info["version"] !== "string") {
    if (info["version"] !== undefined)
      repairs.push({ pointer: "/info/version", message: "The version is not text and was read as such." });
    info["version"] = typeof info["version"] === "number" ? String(info["version"]) : "";
  } else if (info["version"] === "None") {
    repairs.push({ pointer: "/info/version", message: "The version says `None`; it counts as not given." });
  }
  if (info["description"] !== undefined && typeof info["description"] !== "string") {
    delete info["description"];
    repairs.push({ pointer: "/info/description", message: "The description is not text and was left out." });
  }
  result["info"] = info;

  const paths: Record<string, Json> = {};
  for (const [path, item] of Object.entries(objectOf(document["paths"]))) {
    const pointer = appendPointer("/paths", path);
    if (path.startsWith("x-")) {
      paths[path] = item;
      continue;
    }
    if (!isJsonObject(item)) {
      repairs.push({ pointer, message: "This path item is not an object and was left out." });
      continue;
    }
    const repaired = repairPath(path);
    if (repaired !== path)
      repairs.push({ pointer, message: `The path \`${path}\` has no leading slash; it was read as \`${repaired}\`.` });
    if (Object.hasOwn(paths, repaired)) {
      repairs.push({ pointer, message: `The path \`${repaired}\` is there twice; this one was left out.` });
      continue;
    }
    paths[repaired] = repairPathItem(item, pointer, repairs);
  }
  result["paths"] = paths;
  repairLists(result, ["servers", "tags", "security", "schemes", "consumes", "produces"], "", repairs);
  for (const key of ["definitions", "parameters", "responses", "securityDefinitions", "webhooks"]) {
    const members = repairMembers(result[key], `/${key}`, repairs);
    if (members !== undefined) result[key] = members;
  }
  const components = result["components"];
  if (components !== undefined) result["components"] = repairComponents(components, repairs);
  return { document: repairValues(result, repairs), repairs };
}
