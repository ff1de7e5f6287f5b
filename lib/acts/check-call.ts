import type { RequiredHeader } from "../model/index.ts";

/** Why a path or query is not sent; null where it may be. `template` is the operation's own path. */
export function checkCallPath(path: string, query: string, template: string): string | null {
  if (/[\u0000-\u0020\u007f\\#]/.test(path) || path.includes("?"))
    return "The path has characters that a path cannot have.";
  if (/[\u0000-\u0020\u007f#]/.test(query)) return "The query has characters that a query cannot have.";
  if (path !== "" && !path.startsWith("/")) return "The path must begin with a slash.";
  if (/%(2f|5c|00)/i.test(path)) return "An encoded slash in a path could lead past the route, and is not sent.";
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch (err) {
    if (err instanceof URIError) return "The path is not encoded as a path must be.";
    throw err;
  }
  if (decoded.split("/").some((segment) => segment === "." || segment === ".."))
    return "Dot segments could lead past the route, and are not sent.";
  const pattern = template
    .split(/(\{[^{}]+\})/)
    .map((part) =>
      /^\{.*(\+|\*|:path)\}$/.test(part)
        ? ".+"
        : /^\{.*\}$/.test(part)
          ? "[^/]+"
          : part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"),
    )
    .join("");
  const matches = new RegExp(`^${pattern}$`);
  const asked = path === "" ? "/" : path;
  return matches.test(asked) || matches.test(decoded === "" ? "/" : decoded)
    ? null
    : `The path ${path.slice(0, 200)} does not belong to the operation ${template.slice(0, 200)}.`;
}

/** Never forwarded: the connection's own, what a proxy would say, and what belongs to the portal. */
const never =
  /^(cookie2?|set-cookie|host|connection|keep-alive|transfer-encoding|te|trailer|upgrade|expect|content-length|content-encoding|accept-encoding|forwarded|via|x-forwarded-.*|x-real-ip|x-original-.*|proxy-.*|sec-.*|origin|referer|access-control-.*|x-gatebook-.*|user-agent)$/;

export type CallHeaders =
  | { readonly kind: "ok"; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: "refused"; readonly reason: string };

/** The headers of a call as they go out: what the person gave and may give, and what the route asks for. */
export function checkCallHeaders(
  given: readonly { readonly name: string; readonly value: string }[],
  required: readonly RequiredHeader[],
): CallHeaders {
  const headers: Record<string, string> = { "user-agent": "gatebook-console" };
  for (const { name, value } of given) {
    const key = name.toLowerCase();
    if (!/^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(key))
      return { kind: "refused", reason: `\`${name.slice(0, 100)}\` is no name of a header.` };
    if (!/^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(value))
      return { kind: "refused", reason: `The header ${name} has characters that a header cannot have.` };
    if (value.includes("gbt_"))
      return {
        kind: "refused",
        reason: `The header ${name} holds an access token of the portal, which is never sent to an API.`,
      };
    if (never.test(key)) continue;
    headers[key] = value;
  }
  for (const { name, value } of required) headers[name.toLowerCase()] = value;
  return { kind: "ok", headers };
}

const shown =
  /^(content-type|content-language|etag|last-modified|retry-after|www-authenticate|allow|location|link|deprecation|sunset|warning|server-timing|x-.*|ratelimit.*|openai-.*)$/;

/** What of an answer's headers reaches the page; cookies and what steers a browser do not. */
export function shownHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => shown.test(name) && !/^x-(frame-options|xss-protection|content-type-options|gatebook-.*)$/.test(name),
    ),
  );
}
