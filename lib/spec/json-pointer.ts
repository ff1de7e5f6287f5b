import type { Json, JsonObject } from "../model/index.ts";

/** `pointer` with one more token, escaped as RFC 6901 §3 says. */
export function appendPointer(pointer: string, token: string | number): string {
  return `${pointer}/${String(token).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** The value that a pointer such as "/components/schemas/A" names; undefined where there is none. */
export function resolvePointer(document: JsonObject, pointer: string): Json | undefined {
  if (pointer === "") return document;
  if (!pointer.startsWith("/")) return undefined;
  let at: Json | undefined = document;
  for (const part of pointer.slice(1).split("/")) {
    const token = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (Array.isArray(at)) at = /^(0|[1-9][0-9]*)$/.test(token) ? (at as readonly Json[])[Number(token)] : undefined;
    else if (typeof at === "object" && at !== null && Object.hasOwn(at, token)) at = (at as JsonObject)[token];
    else return undefined;
  }
  return at;
}

/** The pointer of an internal reference such as "#/components/schemas/A%20B"; null for any other reference. */
export function pointerOfReference(reference: string): string | null {
  if (reference === "#") return "";
  if (!reference.startsWith("#/")) return null;
  try {
    return decodeURIComponent(reference.slice(1));
  } catch (err) {
    if (err instanceof URIError) return null;
    throw err;
  }
}
