import type { HttpOutcome } from "../http/index.ts";
import type { AcquisitionOutcome } from "../model/index.ts";
import { failed } from "./failures.ts";

/** True where the beginning of a body can be that of an OpenAPI document in JSON or YAML. */
function looksLikeDescription(body: Uint8Array): boolean {
  const text = Buffer.from(body).toString("utf8");
  return /(^|[\s{,"'])(openapi|swagger)["']?\s*:/.test(text);
}

function looksLikePage(body: Uint8Array, type: string): boolean {
  const start = Buffer.from(body.subarray(0, 512)).toString("utf8").trimStart().toLowerCase();
  return type.includes("text/html") || start.startsWith("<!doctype") || start.startsWith("<html");
}

/** What an answer means; nothing is fetched because of it. `origin` is what a good document counts as. */
export function judgeAnswer(outcome: HttpOutcome, place: string, origin: "declared" | "fetched"): AcquisitionOutcome {
  switch (outcome.kind) {
    case "refused-address":
      return failed("refused-address", place, outcome.reason);
    case "unreachable":
      return failed("unreachable", place, `It could not be reached: ${outcome.reason}.`);
    case "timed-out":
      return failed("timed-out", place, `It did not answer in time: ${outcome.reason}.`);
    case "too-large":
      return failed("too-large", place, "What it answers is larger than the limit.");
    case "redirected":
      return failed(
        "redirected",
        place,
        `It redirects (${String(outcome.status)}) to ${outcome.location === "" ? "another place" : outcome.location}.`,
      );
    case "response":
      break;
  }
  const { status, body, headers } = outcome;
  if (status === 304) return { kind: "unchanged", place };
  if (status === 401) return failed("unauthorized", place, "It answered 401: it wants to know who asks.");
  if (status === 403) return failed("forbidden", place, "It answered 403: the portal may not read it.");
  if (status === 404 || status === 405 || status === 410)
    return failed("not-found", place, `There is nothing there (${String(status)}).`);
  if (status >= 500) return failed("server-error", place, `It answered ${String(status)}.`);
  if (status !== 200) return failed("wrong-type", place, `It answered ${String(status)} instead of a document.`);
  if (looksLikePage(body, headers["content-type"] ?? "")) return failed("html", place, "It answered with a web page.");
  if (!looksLikeDescription(body))
    return failed(
      "wrong-type",
      place,
      "What it answered is not an OpenAPI document: there is neither `openapi` nor `swagger` in it.",
    );
  return { kind: "fetched", origin, place, body, etag: headers["etag"]?.slice(0, 200) ?? null };
}
