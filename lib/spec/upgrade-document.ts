import { upgrade } from "@scalar/openapi-upgrader";
import type { DescriptionFormat, Json, JsonObject } from "../model/index.ts";
import { isJsonObject } from "./json-value.ts";

/** The format that a document says it has; null where it says none that is read. */
export function detectFormat(document: JsonObject): DescriptionFormat | null {
  const swagger = document["swagger"];
  if (swagger === "2.0" || swagger === 2) return "swagger-2.0";
  const said = document["openapi"];
  const version = typeof said === "number" ? String(said) : said;
  if (typeof version !== "string") return null;
  if (/^3\.0(\.|$)/.test(version)) return "openapi-3.0";
  if (/^3\.1(\.|$)/.test(version)) return "openapi-3.1";
  if (/^3\.2(\.|$)/.test(version)) return "openapi-3.2";
  return null;
}

function numericBounds(schema: Json): Json {
  if (Array.isArray(schema)) return (schema as readonly Json[]).map(numericBounds);
  if (!isJsonObject(schema)) return schema;
  const result: Record<string, Json> = {};
  for (const [key, value] of Object.entries(schema)) result[key] = numericBounds(value);
  for (const [flag, bound] of [
    ["exclusiveMinimum", "minimum"],
    ["exclusiveMaximum", "maximum"],
  ] as const) {
    if (typeof result[flag] !== "boolean") continue;
    if (result[flag] && typeof result[bound] === "number") {
      result[flag] = result[bound];
      delete result[bound];
    } else {
      delete result[flag];
    }
  }
  return result;
}

/**
 * The document as OpenAPI 3.1 (3.2 stays 3.2), by the upgrader library; what that leaves of older exclusive bounds is finished
 * here. The argument is not changed. Throws only where the library does, for documents whose structure is broken.
 */
export function upgradeDocument(document: JsonObject, format: DescriptionFormat): JsonObject {
  if (format === "openapi-3.1" || format === "openapi-3.2") return document;
  const copy: unknown = structuredClone(format === "swagger-2.0" ? { ...document, swagger: "2.0" } : document);
  const upgraded: unknown = upgrade(copy as Parameters<typeof upgrade>[0], "3.1");
  const plain = JSON.parse(JSON.stringify(upgraded)) as Json;
  const bounded = numericBounds(plain);
  return isJsonObject(bounded) ? bounded : document;
}
