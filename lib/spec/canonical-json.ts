import type { Json } from "../model/index.ts";

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** JSON with the keys of every object in code-unit order and no white space, so that equal values have equal text (after RFC 8785). */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonicalJson).join(",")}]`;
  const entries = Object.entries(value as Readonly<Record<string, Json>>).sort(([left], [right]) =>
    compareText(left, right),
  );
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(",")}}`;
}
