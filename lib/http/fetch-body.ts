import type { AddressGuard } from "./address-guard.ts";
import { openStream } from "./open-stream.ts";
import type { StreamRequest } from "./open-stream.ts";
import { StreamCut } from "./outcomes.ts";
import type { FailedOutcome } from "./outcomes.ts";

export type FetchRequest = Pick<
  StreamRequest,
  "address" | "origin" | "path" | "headers" | "bodyBytesMax" | "signal"
> & {
  /** POST, without a body, for the one list that is had in no other way (SERVING §8). */
  readonly method: "GET" | "OPTIONS" | "POST";
  /** For the whole exchange; a connection must be there after half of it. */
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
      /** Empty unless the status is 2xx: what a refusal says beyond its head is not read. */
      readonly body: Uint8Array;
    };

/** What the body came to, or why it did not. */
async function collect(body: AsyncIterable<Uint8Array>): Promise<Uint8Array | HttpOutcome> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of body) chunks.push(chunk);
  } catch (err) {
    if (!(err instanceof StreamCut)) throw err;
    return err.reason === "too-large"
      ? { kind: "too-large" }
      : { kind: err.reason, reason: `${err.message.slice(0, 1).toLowerCase()}${err.message.slice(1, -1)}` };
  }
  return Buffer.concat(chunks);
}

/** Fetches one body whole, within its limits. A redirect is an outcome, not a journey. */
export async function fetchBody(guard: AddressGuard, request: FetchRequest): Promise<HttpOutcome> {
  const outcome = await openStream(guard, {
    ...request,
    headers: { "accept-encoding": "gzip, deflate, br", ...request.headers },
    connectTimeoutMs: request.timeoutMs / 2,
    headersTimeoutMs: request.timeoutMs,
    idleTimeoutMs: request.timeoutMs,
    totalTimeoutMs: request.timeoutMs,
  });
  if (outcome.kind !== "response") return outcome;
  const { status, headers, body } = outcome;
  const leave = async (left: HttpOutcome): Promise<HttpOutcome> => {
    await body[Symbol.asyncIterator]().return?.();
    return left;
  };
  if (status >= 300 && status < 400 && status !== 304)
    return leave({ kind: "redirected", status, location: (headers["location"] ?? "").slice(0, 500) });
  if (status < 200 || status >= 300) return leave({ kind: "response", status, headers, body: new Uint8Array() });
  if (Number(headers["content-length"] ?? 0) > request.bodyBytesMax) return leave({ kind: "too-large" });
  const collected = await collect(body);
  return collected instanceof Uint8Array ? { kind: "response", status, headers, body: collected } : collected;
}
