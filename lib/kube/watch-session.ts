import type { Connection, RequestFailure } from "./connection.ts";
import type { ReaderTiming } from "./reader-timing.ts";
import type { WatchEvent } from "./watch-stream.ts";
import { readWatch } from "./watch-stream.ts";

/** How a watch ended. `resourceVersion` is where the next one may begin; `isProgress` says whether it was of use. */
export type WatchEnd =
  | { readonly kind: "ended" | "silent" | "stopped"; readonly resourceVersion: string; readonly isProgress: boolean }
  | {
      readonly kind: "broken";
      readonly message: string;
      readonly resourceVersion: string;
      readonly isProgress: boolean;
    }
  | { readonly kind: "expired" }
  | { readonly kind: "garbled"; readonly message: string }
  | RequestFailure;

type WatchOptions = {
  readonly connection: Connection;
  readonly path: string;
  readonly accept?: string;
  readonly resourceVersion: string;
  readonly timing: ReaderTiming;
  /** Ends the watch: the reader stops, or something must be discovered anew. */
  readonly signal: AbortSignal;
  readonly onOpen: () => void;
  readonly onEvent: (event: Extract<WatchEvent, { readonly object: unknown } | { readonly type: "BOOKMARK" }>) => void;
};

/** A watch that lived so long was of use even if nothing happened. */
const usefulAfterMs = 5_000;

function failed(status: number, message: string): RequestFailure {
  return { kind: "failed", status, message, retryAfterMs: null, isTooLarge: false };
}

/** One watch from one resource version to its end. Never throws for what the network or the server does. */
export async function runWatch(options: WatchOptions): Promise<WatchEnd> {
  const { connection, timing, onOpen, onEvent } = options;
  let resourceVersion = options.resourceVersion;
  const query = new URLSearchParams({
    watch: "true",
    allowWatchBookmarks: "true",
    resourceVersion,
    timeoutSeconds: String(Math.round((timing.watchTimeoutMs / 1000) * (1 + Math.random()))),
  });
  const silence = new AbortController();
  const signal = AbortSignal.any([options.signal, silence.signal]);
  const opened = await connection.openStream(`${options.path}?${query.toString()}`, {
    signal,
    timeoutMs: timing.answerTimeoutMs,
    ...(options.accept === undefined ? {} : { accept: options.accept }),
  });
  if (opened.kind === "failed") {
    if (options.signal.aborted) return { kind: "stopped", resourceVersion, isProgress: false };
    return opened.status === 410 ? { kind: "expired" } : opened;
  }

  const openedAt = performance.now();
  let events = 0;
  const isProgress = (): boolean => events > 0 || performance.now() - openedAt > usefulAfterMs;
  const timer = setTimeout(() => {
    silence.abort();
  }, timing.watchSilenceMaxMs);
  onOpen();
  try {
    for await (const event of readWatch(opened.stream)) {
      timer.refresh();
      switch (event.type) {
        case "ERROR":
          return event.status === 410 ? { kind: "expired" } : failed(event.status, event.message);
        case "GARBLED":
          return { kind: "garbled", message: event.message };
        case "BOOKMARK":
        case "ADDED":
        case "MODIFIED":
        case "DELETED":
          events += 1;
          onEvent(event);
          resourceVersion = event.resourceVersion;
      }
    }
    return { kind: "ended", resourceVersion, isProgress: isProgress() };
  } catch (err) {
    if (options.signal.aborted) return { kind: "stopped", resourceVersion, isProgress: isProgress() };
    if (silence.signal.aborted) return { kind: "silent", resourceVersion, isProgress: events > 0 };
    // A stream breaks with a network error, which has a code; anything else is a fault of ours.
    if (!(err instanceof Error) || !("code" in err)) throw err;
    return { kind: "broken", message: err.message, resourceVersion, isProgress: isProgress() };
  } finally {
    clearTimeout(timer);
    opened.stream.destroy();
  }
}
