import { upgrade } from "@scalar/openapi-upgrader";
import type { DescriptionFormat, Json, JsonObject } from "../model/index.ts";
import { isJsonObject } from "./json-value.ts";
import { prepareSwagger, requireForms } from "./prepare-swagger.ts";

/** The format that a document says it has; null where it says none that is read. */
export function detectFormat(document: JsonObject): DescriptionFormat | null {
  const swagger = document["swagger"];
  if (swagger === "2.0" || swagger === 2) return "swagger-2.0";
  const said = document["openapi"];
  const version = typeof said === "number" ? String(said) : said;
  if (typeof version !== "string") return null;
  if (version === "3" || /^3\.0(\.|$)/.test(version)) return "openapi-3.0";
  if (/^3\.1(\.|$)/.test(version)) return "openapi-3.1";
  if (/^3\.2(\.|$)/.test(version)) return "openapi-3.2";
  return null;
}

/** The version as text that the upgrader knows: YAML reads an unquoted 3.0 as a number. */
function sayVersion(document: JsonObject, format: DescriptionFormat): JsonObject {
  const said = document["openapi"];
  if (format === "swagger-2.0" || (typeof said === "string" && /^3\.\d+\.\d/.test(said))) return document;
  return { ...document, openapi: `${format.slice("openapi-".length)}.0` };
}

/**
 * The document as OpenAPI 3.1 (3.2 stays 3.2), by the upgrader library. The argument is not changed. Throws only where the
 * library does, for documents whose structure is broken.
 */
export function upgradeDocument(document: JsonObject, format: DescriptionFormat): JsonObject {
  const said = sayVersion(document, format);
  if (format === "openapi-3.1" || format === "openapi-3.2") return said;
  const prepared = format === "swagger-2.0" ? prepareSwagger(said) : { document: said, required: [] };
  // The library changes what it is given, and shares parts between places.
  const copy: unknown = structuredClone(prepared.document);
  const upgraded: unknown = upgrade(copy as Parameters<typeof upgrade>[0], "3.1");
  const plain = JSON.parse(JSON.stringify(upgraded)) as Json;
  return isJsonObject(plain) ? requireForms(plain, prepared.required) : document;
}
