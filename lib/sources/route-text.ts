import { textOf } from "./read-fields.ts";

/** A path as a route writes it, with the slash that some leave out; the root where it says none. */
export function cleanPath(value: unknown): string {
  const text = textOf(value) ?? "/";
  return text.startsWith("/") ? text : `/${text}`;
}

/**
 * A host name in lower case, "*" and "*.name" too; null where it is none (RFC 1123, and the IP addresses that gateways have).
 * The API server checks most of them; manifests and some CRDs do not.
 */
export function cleanHost(value: unknown): string | null {
  const text = textOf(value)?.toLowerCase().replace(/\.$/, "") ?? null;
  if (text === null || text.length > 253) return null;
  const isName = /^(\*|(\*\.)?[a-z0-9]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9])?)*)$/.test(text);
  return isName || /^[0-9a-f:.]*:[0-9a-f:.]*$/.test(text) ? text : null;
}
