import type { Json, JsonObject, Repair } from "../model/index.ts";
import { httpMethods } from "../model/index.ts";
import { appendPointer } from "./json-pointer.ts";
import { isJsonObject, objectOf } from "./json-value.ts";

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
  for (const key of ["parameters", "tags", "security", "servers"]) {
    if (result[key] === undefined || Array.isArray(result[key])) continue;
    delete result[key];
    repairs.push({ pointer: appendPointer(pointer, key), message: `\`${key}\` is not a list and was left out.` });
  }
  if (!isJsonObject(result["responses"]) && result["responses"] !== undefined) {
    result["responses"] = {};
    repairs.push({
      pointer: appendPointer(pointer, "responses"),
      message: "`responses` is not an object and was left out.",
    });
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
  return result;
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
  for (const key of ["servers", "tags", "security", "schemes", "consumes", "produces"]) {
    if (result[key] === undefined || Array.isArray(result[key])) continue;
    delete result[key];
    repairs.push({ pointer: `/${key}`, message: `\`${key}\` is not a list and was left out.` });
  }
  return { document: result, repairs };
}
