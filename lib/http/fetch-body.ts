import type { AddressGuard } from "./address-guard.ts";
import { openStream, StreamCut } from "./open-stream.ts";
import type { FailedOutcome, StreamRequest } from "./open-stream.ts";

export type FetchRequest = Pick<
  StreamRequest,
  "address" | "origin" | "path" | "headers" | "bodyBytesMax" | "signal"
> & {
  readonly method: "GET" | "OPTIONS";
  /** For the whole exchange. */
  readonly timeoutMs: number;
};

export type HttpOutcome =
  | FailedOutcome
  | { readonly kind: "too-large" }
  | { readonly kind: "redirected"; readonly status: number; readonly location: string }
  | {
      readonly kind: "response";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
    };

/** Fetches one body whole, within its limits. A redirect is an outcome, not a journey. */
export async function fetchBody(guard: AddressGuard, request: FetchRequest): Promise<HttpOutcome> {
  const outcome = await openStream(guard, {
    ...request,
    headers: { "accept-encoding": "gzip, deflate, br", ...request.headers },
    headersTimeoutMs: request.timeoutMs,
    idleTimeoutMs: request.timeoutMs,
    totalTimeoutMs: request.timeoutMs,
  });
  if (outcome.kind !== "response") return outcome;
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of outcome.body) {
      chunks.push(chunk);
      // What a redirect or a failure says beyond its head is nobody's business.
      if (outcome.status >= 300 && chunks.length > 4) break;
    }
  } catch (err) {
    if (!(err instanceof StreamCut)) throw err;
    if (err.reason === "too-large") return { kind: "too-large" };
    return err.reason === "timed-out"
      ? { kind: "timed-out", reason: err.message }
      : { kind: "unreachable", reason: err.message };
  }
  if (outcome.status >= 300 && outcome.status < 400 && outcome.status !== 304) {
    return { kind: "redirected", status: outcome.status, location: (outcome.headers["location"] ?? "").slice(0, 500) };
  }
  return { kind: "response", status: outcome.status, headers: outcome.headers, body: Buffer.concat(chunks) };
}
