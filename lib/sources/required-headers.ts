import type { RequiredHeader } from "../model/index.ts";

const never = new Set(["host", ":authority", "content-length", "transfer-encoding", "connection"]);
const secret = /^(proxy-)?authorization$|^cookie$|key|token|secret|passw|session|credential/i;

/**
 * A header that a route matches on, as callers are told it: what tells who they are is named without its value, since it is
 * the secret itself; what every call has anyway is left out (null).
 */
export function requiredHeader(name: string, value: string | null): RequiredHeader | null {
  if (name === "" || name.startsWith(":") || never.has(name.toLowerCase())) return null;
  return { name, value: secret.test(name) ? null : value };
}

/** The headers of which something can be told. */
export function requiredHeaders(
  headers: readonly { readonly name: string; readonly value: string | null }[],
): readonly RequiredHeader[] {
  return headers.flatMap(({ name, value }) => requiredHeader(name, value) ?? []);
}
