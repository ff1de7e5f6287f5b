import type { FailedOutcome, HttpOutcome } from "../http/index.ts";
import type { AcquisitionOutcome } from "../model/index.ts";
import { failed, specialAdvice } from "./failures.ts";

type Failed = Extract<AcquisitionOutcome, { kind: "failed" }>;

/** A body as text, without its byte order mark. */
export function asText(body: Uint8Array): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength)
    .toString("utf8")
    .replace(/^\uFEFF/, "");
}

/** True where a text can be an OpenAPI document in JSON or YAML; `lib/spec` reads it properly. */
function looksLikeDescription(text: string): boolean {
  return /(^|[\s{,"'])(openapi|swagger)["']?\s*:/.test(text);
}

function looksLikePage(text: string): boolean {
  return /^\s*<(!--|!doctype|html|head|body|title|script|div)/i.test(text.slice(0, 2_000));
}

function judgeBody(body: Uint8Array, type: string, place: string): Failed | null {
  const text = asText(body);
  if (looksLikePage(text)) return failed("html", place, "It answered with a web page.");
  if (looksLikeDescription(text)) return null;
  // A wrong media type alone condemns nobody: small servers say text/html of everything.
  if (type.includes("text/html")) return failed("html", place, "It answered with a web page.");
  return failed(
    "wrong-type",
    place,
    text.trim() === ""
      ? "It answered with nothing."
      : "What it answered is not an OpenAPI document: there is neither `openapi` nor `swagger` in it.",
  );
}

/** What a status means by itself; null where the body decides. */
export function judgeStatus(status: number, place: string): Failed | null {
  switch (status) {
    case 200:
      return null;
    case 401:
      return failed("unauthorized", place, "It answered 401: it wants to know who asks.");
    case 403:
      return failed("forbidden", place, "It answered 403: the portal may not read it.");
    case 404:
    case 405:
    case 410:
      return failed("not-found", place, `There is nothing there (${String(status)}).`);
    case 408:
    case 425:
    case 429:
      return failed("server-error", place, `It answered ${String(status)}: not now.`);
    default:
      if (status >= 500) return failed("server-error", place, `It answered ${String(status)}.`);
      return status >= 400
        ? failed("not-found", place, `It answered ${String(status)}: there is no document there.`)
        : failed("wrong-type", place, `It answered ${String(status)} instead of a document.`);
  }
}

function judgeFailure(outcome: FailedOutcome, place: string): Failed {
  const { reason } = outcome;
  switch (outcome.kind) {
    case "refused-address":
      return failed("refused-address", place, reason);
    case "unsendable":
      return failed("refused-address", place, `It cannot be asked there: ${reason}.`, specialAdvice.unsendable);
    case "unreachable":
      return failed(
        "unreachable",
        place,
        `It could not be reached: ${reason}.`,
        outcome.silent ? specialAdvice.silent : undefined,
      );
    case "busy":
    case "stopped":
      return failed("unreachable", place, `It was not asked: ${reason}.`);
    case "tls":
      return failed("unreachable", place, `It could not be reached safely: ${reason}.`, specialAdvice.tls);
    case "timed-out":
      return failed("timed-out", place, `It did not answer in time: ${reason}.`);
    case "broken":
      return failed("server-error", place, `It gave no whole answer: ${reason}.`, specialAdvice.broken);
  }
}

/** What went wrong before there was an answer to read; null where there is one. */
export function judgeExchange(outcome: HttpOutcome, place: string): Failed | null {
  switch (outcome.kind) {
    case "too-large":
      return failed("too-large", place, "What it answers is larger than the limit.");
    case "redirected":
      return failed(
        "redirected",
        place,
        `It redirects (${String(outcome.status)}) to ${outcome.location === "" ? "another place" : outcome.location}.`,
      );
    case "response":
      return null;
    default:
      return judgeFailure(outcome, place);
  }
}

/**
 * What an answer means; nothing is fetched because of it. `origin` is what a good document counts as, `conditional` whether
 * the server was told which document is known.
 */
export function judgeAnswer(
  outcome: HttpOutcome,
  place: string,
  origin: "declared" | "fetched",
  conditional: boolean,
): AcquisitionOutcome {
  const wrong = judgeExchange(outcome, place);
  if (wrong !== null) return wrong;
  if (outcome.kind !== "response") throw new Error("An exchange without a failure has an answer.");
  const { status, body, headers } = outcome;
  if (status === 304) {
    return conditional
      ? { kind: "unchanged", place }
      : failed("wrong-type", place, "It answered 304 although it was not told which document is known.");
  }
  const bad = judgeStatus(status, place) ?? judgeBody(body, headers["content-type"] ?? "", place);
  const etag = headers["etag"] ?? null;
  return (
    bad ?? {
      kind: "fetched",
      origin,
      place,
      body,
      etag: etag !== null && etag.length <= 200 ? etag : null,
      addition: null,
    }
  );
}
