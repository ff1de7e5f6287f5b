import type { Prisma } from "./generated/client.ts";

/** Text as Postgres takes it: it has no NUL, and no half of a pair of surrogates. */
export function storableText(text: string): string {
  return text.replaceAll("\u0000", "\ufffd").toWellFormed();
}

/** Text that may be missing. */
export function storableTextOrNull(text: string | null): string | null {
  return text === null ? null : storableText(text);
}

function clean(value: unknown): Prisma.InputJsonValue | null {
  switch (typeof value) {
    case "string":
      return storableText(value);
    case "number":
    case "boolean":
      return value;
    case "object":
      if (value === null) return null;
      if (Array.isArray(value)) return value.map(clean);
      // Entries, since a key may be called __proto__.
      return Object.fromEntries(
        Object.entries(value)
          .filter(([, item]) => item !== undefined)
          .map(([key, item]) => [storableText(key), clean(item)]),
      );
    default:
      return null;
  }
}

/** Plain data for a JSON column, in texts that Postgres takes; undefined members are left out. */
export function toJson(value: object): Prisma.InputJsonValue {
  return clean(value) ?? {};
}
