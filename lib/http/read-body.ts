import type http from "node:http";
import { pipeline } from "node:stream";
import type { Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { outgoingMetrics } from "./metrics.ts";
import { codeOf, StreamCut } from "./outcomes.ts";

export type BodyLimits = {
  /** Longest silence of the other side; the reader's own pauses do not count. */
  readonly idleTimeoutMs: number;
  /** After decompression. */
  readonly bodyBytesMax: number;
};

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

/** Why a stream ended early: whoever aborted it says so, else it broke off by itself. */
function cutOf(err: unknown, signal: AbortSignal): StreamCut {
  if (signal.aborted)
    return signal.reason instanceof StreamCut ? signal.reason : new StreamCut("stopped", "It was stopped.");
  const code = codeOf(err);
  const why =
    code.startsWith("Z_") || code.startsWith("ERR__ERROR_") ? "its compression is damaged" : "its end is missing";
  return new StreamCut("broken", `The answer broke off: ${why}.`);
}

/** The body as it comes. May be read once. Ends with a `StreamCut` where a limit is reached or the other side breaks off. */
export function readBody(
  response: http.IncomingMessage,
  limits: BodyLimits,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  const stream = decoded(response);
  const chunks: AsyncIterator<unknown, unknown> = stream[Symbol.asyncIterator]();
  let bytes = 0;
  let cut: StreamCut | null = null;

  /** Ends both streams; the first reason stays. */
  const end = (reason: StreamCut): StreamCut => {
    cut ??= reason;
    response.destroy();
    stream.destroy();
    return cut;
  };
  const nextChunk = async (): Promise<IteratorResult<unknown, unknown>> => {
    const timer = setTimeout(() => {
      end(new StreamCut("timed-out", `Nothing came for ${String(limits.idleTimeoutMs / 1000)} s.`));
    }, limits.idleTimeoutMs);
    try {
      return await chunks.next();
    } catch (err) {
      throw end(cutOf(err, signal));
    } finally {
      clearTimeout(timer);
    }
  };
  const iterator: AsyncIterator<Uint8Array, undefined> = {
    async next() {
      for (;;) {
        const result = cut === null ? await nextChunk() : null;
        if (cut !== null) throw cut;
        if (result === null || result.done === true) return { done: true, value: undefined };
        const { value } = result;
        if (!(value instanceof Uint8Array)) continue;
        bytes += value.byteLength;
        outgoingMetrics.receivedBytes.inc(value.byteLength);
        if (bytes > limits.bodyBytesMax)
          throw end(new StreamCut("too-large", `It is larger than ${String(limits.bodyBytesMax)} bytes.`));
        return { done: false, value };
      }
    },
    // Unlike a generator's, it ends a read that waits, and works before the first read.
    async return() {
      end(new StreamCut("stopped", "It was stopped."));
      return { done: true, value: undefined };
    },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}

/** A body that has nothing in it. */
export const emptyBody: AsyncIterable<Uint8Array> = {
  [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true, value: undefined }) }),
};
