import type { Json } from "../model/index.ts";

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function write(value: Json, parts: string[]): void {
  if (value === null || typeof value !== "object") {
    parts.push(JSON.stringify(value));
    return;
  }
  if (Array.isArray(value)) {
    parts.push("[");
    (value as readonly Json[]).forEach((item, index) => {
      if (index > 0) parts.push(",");
      write(item, parts);
    });
    parts.push("]");
    return;
  }
  const entries = Object.entries(value as Readonly<Record<string, Json>>);
  if (entries.length > 1) entries.sort(([left], [right]) => compareText(left, right));
  let before = "{";
  for (const [key, item] of entries) {
    parts.push(before, JSON.stringify(key), ":");
    write(item, parts);
    before = ",";
  }
  parts.push(entries.length === 0 ? "{}" : "}");
}

/** JSON with the keys of every object in code-unit order and no white space, so that equal values have equal text (after RFC 8785). */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const parts: string[] = [];
  write(value, parts);
  return parts.join("");
}
