import type { Fault } from "./answer.ts";

/** Says that the answer is the API's own, passed through; without it the portal speaks for itself. */
const statusHeader = "x-gatebook-upstream-status";
const ownHeaders =
  /^(x-gatebook-|content-security-policy|strict-transport-security|referrer-policy|permissions-policy|x-content-type-options|x-frame-options|cross-origin-|vary$|date$|connection$|keep-alive$|transfer-encoding$)/;

/** Who speaks in this answer: the API, the portal that refused, or the portal that could not reach the API. */
export function answerFrom(response: Response): Fault {
  if (response.headers.has(statusHeader)) return "upstream";
  return response.status === 502 || response.status === 504 ? "network" : "portal";
}

/** The status that the API answered with. */
export function upstreamStatus(response: Response): { readonly status: number; readonly statusText: string } {
  return { status: Number(response.headers.get(statusHeader) ?? response.status), statusText: response.statusText };
}

/** The headers that came from the API, without the portal's own. */
export function upstreamHeaders(response: Response): readonly (readonly [string, string])[] {
  return [...response.headers].filter(([name]) => !ownHeaders.test(name));
}
