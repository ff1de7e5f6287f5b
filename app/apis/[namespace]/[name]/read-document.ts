import type { Json, JsonObject } from "@/lib/model/index.ts";

type Given = { readonly document?: unknown; readonly bytes?: Uint8Array } | null;

/** The document of a description as an object, with the words of its `info.description`; null where there is none. */
export function readDocument(description: Given): { readonly document: JsonObject; readonly text?: string } | null {
  const document = description?.document;
  if (!isObject(document)) return null;
  const info = document["info"];
  const text = isObject(info) ? info["description"] : undefined;
  return typeof text === "string" && text.trim() !== "" ? { document, text } : { document };
}

function isObject(value: unknown): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
