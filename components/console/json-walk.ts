import type { Json, JsonObject } from "@/lib/model/index.ts";

/** The value as an object, or an empty one: descriptions are dirty, and a missing part is the same as a wrong one. */
export function objectOf(value: Json | undefined): JsonObject {
  return typeof value === "object" && value !== null && !isList(value) ? value : {};
}

export function listOf(value: Json | undefined): readonly Json[] {
  return value !== undefined && isList(value) ? value : [];
}

export function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** Own properties only, so that a key named `__proto__` or `constructor` finds nothing that is not in the document. */
export function get(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

const hopsMax = 20;

/** Follows `$ref`s inside the document; an empty object where one leads nowhere, outside or in a circle. */
export function resolve(document: JsonObject, value: Json | undefined): JsonObject {
  let here = objectOf(value);
  for (let hops = 0; hops < hopsMax; hops += 1) {
    const reference = textOf(get(here, "$ref"));
    if (reference === undefined) return here;
    if (!reference.startsWith("#/")) return {};
    let target: Json | undefined = document;
    for (const part of reference.slice(2).split("/")) {
      const key = decodePart(part);
      target = Array.isArray(target) ? (target as readonly Json[])[Number(key)] : get(objectOf(target), key);
    }
    here = objectOf(target);
  }
  return {};
}

function decodePart(part: string): string {
  const plain = part.replaceAll("~1", "/").replaceAll("~0", "~");
  try {
    return decodeURIComponent(plain);
  } catch (err) {
    if (err instanceof URIError) return plain;
    throw err;
  }
}
