import http from "node:http";
import https from "node:https";
import { pipeline } from "node:stream";
import type { Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import type { PinnedAddress } from "../model/index.ts";
import type { AddressGuard, AddressOrigin } from "./address-guard.ts";

export type StreamRequest = {
  readonly address: PinnedAddress;
  readonly origin: AddressOrigin;
  readonly method: string;
  /** Path and query as they go on the wire. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Until the headers of the answer are there. */
  readonly headersTimeoutMs: number;
  /** Longest silence in the middle of a body. */
  readonly idleTimeoutMs: number;
  /** From the first byte sent to the last received. */
  readonly totalTimeoutMs: number;
  /** After decompression. */
  readonly bodyBytesMax: number;
  readonly signal?: AbortSignal;
};

export type FailedOutcome =
  | { readonly kind: "refused-address"; readonly reason: string }
  | { readonly kind: "unreachable"; readonly reason: string }
  | { readonly kind: "timed-out"; readonly reason: string };

export type StreamOutcome =
  | FailedOutcome
  | {
      readonly kind: "response";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      /** Ends early with a `StreamCut` where a limit was reached or the other side broke off. */
      readonly body: AsyncIterable<Uint8Array>;
    };

/** Why a body ended before its end. */
export class StreamCut extends Error {
  readonly reason: "too-large" | "timed-out" | "broken" | "stopped";
  constructor(reason: StreamCut["reason"], message: string) {
    super(message);
    this.name = "StreamCut";
    this.reason = reason;
  }
}

const headerBytesMax = 32 * 1024;

function sayError(err: unknown): string {
  const code = err instanceof Error && "code" in err && typeof err.code === "string" ? err.code : "";
  switch (code) {
    case "ECONNREFUSED":
      return "the connection was refused";
    case "ECONNRESET":
    case "EPIPE":
      return "the connection was broken off";
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return "there is no way to the host";
    case "HPE_HEADER_OVERFLOW":
      return "its headers are too large";
    default:
      if (code.startsWith("HPE_")) return "it does not speak HTTP";
      if (code.startsWith("ERR_TLS") || code.includes("CERT") || code.includes("SIGNATURE"))
        return `its certificate is not accepted (${code})`;
      return err instanceof Error && err.message !== "" ? err.message.slice(0, 200) : "unknown reason";
  }
}

function decoded(response: http.IncomingMessage): Readable {
  const encoding = (response.headers["content-encoding"] ?? "").toLowerCase().trim();
  const decoder =
    encoding === "gzip" || encoding === "x-gzip"
      ? createGunzip()
      : encoding === "deflate"
        ? createInflate()
        : encoding === "br"
          ? createBrotliDecompress()
          : null;
  if (decoder === null) return response;
  // Errors of either end reach whoever reads the decoder.
  return pipeline(response, decoder, () => undefined);
}

async function* capped(
  response: http.IncomingMessage,
  request: StreamRequest,
  stopped: AbortSignal,
  clear: () => void,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  const stream = decoded(response);
  response.socket.setTimeout(request.idleTimeoutMs, () => {
    response.destroy(new StreamCut("timed-out", `Nothing came for ${String(request.idleTimeoutMs / 1000)} s.`));
  });
  try {
    for await (const chunk of stream) {
      if (!Buffer.isBuffer(chunk)) continue;
      bytes += chunk.byteLength;
      if (bytes > request.bodyBytesMax)
        throw new StreamCut("too-large", `It is larger than ${String(request.bodyBytesMax)} bytes.`);
      yield chunk;
    }
  } catch (err) {
    if (err instanceof StreamCut) throw err;
    if (stopped.aborted)
      throw stopped.reason instanceof StreamCut ? stopped.reason : new StreamCut("stopped", "It was stopped.");
    throw new StreamCut("broken", `The answer broke off: ${sayError(err)}.`);
  } finally {
    clear();
    response.destroy();
  }
}

function flatten(headers: http.IncomingHttpHeaders): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
    ),
  );
}

/** Sends one request to the one address that the guard allows and hands back the answer as it comes. No redirect is followed. */
export async function openStream(guard: AddressGuard, request: StreamRequest): Promise<StreamOutcome> {
  const { address } = request;
  const checked = await guard.check(address, request.origin);
  if (checked.kind === "refused") return { kind: "refused-address", reason: checked.reason };
  const stop = new AbortController();
  const timer = setTimeout(() => {
    stop.abort(new StreamCut("timed-out", `It took longer than ${String(request.totalTimeoutMs / 1000)} s.`));
  }, request.totalTimeoutMs);
  const signal = request.signal === undefined ? stop.signal : AbortSignal.any([stop.signal, request.signal]);
  const clear = (): void => {
    clearTimeout(timer);
  };
  const host =
    address.hostHeader ??
    (address.host.includes(":")
      ? `[${address.host}]:${String(address.port)}`
      : `${address.host}:${String(address.port)}`);
  const options: https.RequestOptions = {
    host: checked.ip,
    family: checked.family,
    port: address.port,
    method: request.method,
    path: request.path,
    headers: {
      ...request.headers,
      host,
      connection: "close",
      ...(request.body === undefined ? {} : { "content-length": String(request.body.byteLength) }),
    },
    agent: false,
    maxHeaderSize: headerBytesMax,
    signal,
    setHost: false,
    ...(address.scheme === "https" ? { servername: host.replace(/:\d+$/, "").replace(/^\[|\]$/g, "") } : {}),
  };
  return new Promise((resolve) => {
    let settled = false;
    const settle = (outcome: StreamOutcome): void => {
      if (settled) return;
      settled = true;
      clearTimeout(headersTimer);
      if (outcome.kind !== "response") clear();
      resolve(outcome);
    };
    const outgoing = address.scheme === "https" ? https.request(options) : http.request(options);
    const headersTimer = setTimeout(() => {
      settle({ kind: "timed-out", reason: `no answer came within ${String(request.headersTimeoutMs / 1000)} s` });
      outgoing.destroy();
    }, request.headersTimeoutMs);
    outgoing.once("response", (response) => {
      settle({
        kind: "response",
        status: response.statusCode ?? 0,
        headers: flatten(response.headers),
        body: capped(response, request, signal, clear),
      });
    });
    outgoing.once("upgrade", (_, socket) => {
      socket.destroy();
      settle({ kind: "unreachable", reason: "it wants to change the protocol" });
    });
    outgoing.on("error", (err) => {
      if (signal.aborted && !settled) settle({ kind: "timed-out", reason: "it was stopped before an answer came" });
      else settle({ kind: "unreachable", reason: sayError(err) });
    });
    outgoing.end(request.body);
  });
}
