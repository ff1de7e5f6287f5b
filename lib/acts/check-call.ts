import type { RequiredHeader } from "../model/index.ts";
import { fixedHeaders } from "../model/index.ts";
import { matchesTemplate } from "./match-template.ts";

/** A token of the portal, wherever it may stand: plain, or in the user name and password of Basic. */
function holdsOwnToken(text: string): boolean {
  if (text.includes("gbt_")) return true;
  const basic = /^\s*basic\s+([A-Za-z0-9+/=_-]+)\s*$/i.exec(text)?.[1];
  return basic !== undefined && Buffer.from(basic, "base64").toString("latin1").includes("gbt_");
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch (err) {
    if (err instanceof URIError) return null;
    throw err;
  }
}

/** Why what a path decodes to is not sent; null where it may be. */
function checkDecoded(decoded: string): string | null {
  if (/[\u0000-\u001f\u007f]/.test(decoded)) return "The path has encoded characters that a path cannot have.";
  // Some servers cut what follows a semicolon before they look at dots.
  const segments = decoded.split("/").map((segment) => segment.replace(/;.*$/s, ""));
  return segments.some((segment) => segment === "." || segment === "..")
    ? "Dot segments could lead past the route, and are not sent."
    : null;
}

/** Why a path or query is not sent; null where it may be. `template` is the operation's own path. */
export function checkCallPath(path: string, query: string, template: string): string | null {
  if (/[\u0000-\u0020\u007f\\#?]/.test(path)) return "The path has characters that a path cannot have.";
  if (/[\u0000-\u0020\u007f#]/.test(query)) return "The query has characters that a query cannot have.";
  if (path !== "" && !path.startsWith("/")) return "The path must begin with a slash.";
  if (/%(2f|5c|00)/i.test(path)) return "An encoded slash in a path could lead past the route, and is not sent.";
  if (/%25(25)*(2e|2f|5c|00)/i.test(path))
    return "A path that is encoded twice could lead past the route, and is not sent.";
  const decoded = path.isWellFormed() && query.isWellFormed() ? decode(path) : null;
  if (decoded === null) return "The path or the query is not encoded as it must be.";
  const wrong = checkDecoded(decoded);
  if (wrong !== null) return wrong;
  if (holdsOwnToken(decoded) || holdsOwnToken(query))
    return "The address holds an access token of the portal, which is never sent to an API.";
  return matchesTemplate(template, path === "" ? "/" : path) ||
    matchesTemplate(template, decoded === "" ? "/" : decoded)
    ? null
    : `The path ${path.slice(0, 200)} does not belong to the operation ${template.slice(0, 200)}.`;
}

/** What was checked, as it goes on the wire: what is no ASCII percent-encoded. */
export function encodeRest(text: string): string {
  return text.replaceAll(/[^\u0021-\u007e]+/g, (piece) => encodeURIComponent(piece));
}

/** What a browser, a proxy or the connection adds by itself: left out without a word. */
const leftOut =
  /^(cookie2?|set-cookie|host|connection|keep-alive|transfer-encoding|te|trailer|upgrade|expect|content-length|content-encoding|accept-encoding|forwarded|via|x-forwarded-.*|x-real-ip|proxy-.*|sec-.*|origin|referer|access-control-.*|x-gatebook-.*|user-agent|x-requested-with|dnt|pragma|cache-control)$/;

/** What a person may give: what describes the body and the answer, keys, and what model servers and their gateways know. */
const forwarded =
  /^(accept|accept-language|content-type|content-language|content-disposition|authorization|idempotency-key|if-match|if-none-match|if-modified-since|if-unmodified-since|prefer|range|traceparent|tracestate|ce-[a-z0-9-]+|openai-[a-z0-9-]+|anthropic-[a-z0-9-]+|inference-header-content-length|seldon-model|mm-v?model-id|([a-z0-9-]+-)?(api-?key|key|token|secret)|x-[a-z0-9_.-]+)$/;

/** Headers by which proxies tell each other who somebody is or where they came from: the portal says no such thing for anybody. */
const assertions =
  /^x-(original|rewrite|accel|sendfile|envoy|istio|b3|amzn|amz-cf|azure|arr|appengine|cloud-trace|goog|iap|ms-client|remote|webauth|auth-request|authenticated|consumer|credential|cluster-client|client-(ip|cert|dn|verify)|ssl|http-method|method-override|middleware|nextjs|invoke)(-|$)/;

export type CallHeaders =
  | { readonly kind: "ok"; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: "refused"; readonly reason: string };

/** The headers of a call as they go out: what the person gave and may give, and what the route asks for. */
export function checkCallHeaders(
  given: readonly { readonly name: string; readonly value: string }[],
  required: readonly RequiredHeader[],
): CallHeaders {
  const headers = new Map<string, string>([["user-agent", "gatebook-console"]]);
  const refuse = (reason: string): CallHeaders => ({ kind: "refused", reason });
  for (const { name, value } of given) {
    const key = name.toLowerCase();
    const shownName = name.slice(0, 100);
    if (!/^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(key)) return refuse(`\`${shownName}\` is no name of a header.`);
    if (!/^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(value))
      return refuse(`The header ${shownName} has characters that a header cannot have.`);
    if (holdsOwnToken(value))
      return refuse(`The header ${shownName} holds an access token of the portal, which is never sent to an API.`);
    if (leftOut.test(key)) continue;
    if (assertions.test(key) || !forwarded.test(key)) {
      return refuse(
        `The console does not send the header ${shownName}: it passes on Accept, Content-Type, Authorization, keys and X- headers, but none by which proxies vouch for somebody. Leave it out, or call the API from your own program.`,
      );
    }
    headers.set(key, value);
  }
  for (const { name, value } of fixedHeaders(required)) headers.set(name.toLowerCase(), value);
  return { kind: "ok", headers: Object.fromEntries(headers) };
}

const shown =
  /^(content-type|content-language|etag|last-modified|retry-after|www-authenticate|allow|location|link|deprecation|sunset|warning|server-timing|ratelimit.*|openai-[a-z0-9-]+|x-(request|correlation|trace)-id|x-rate-?limit-.*|x-model-.*|x-process-time|x-response-time|x-total-count)$/;
const browserSettings =
  /^x-(frame-options|xss-protection|content-type-options|dns-prefetch-control|ua-compatible|robots-tag|gatebook-.*)$/;

/**
 * What of an answer's headers reaches the page; cookies and what steers a browser do not. A header of the API's own making
 * is shown under `x-upstream-`: under its own name it could steer a proxy in front of the portal (`X-Accel-Redirect`).
 */
export function shownHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]): [string, string][] => {
      if (shown.test(name)) return [[name, value]];
      return name.startsWith("x-") && !browserSettings.test(name) ? [[`x-upstream-${name}`, value]] : [];
    }),
  );
}
