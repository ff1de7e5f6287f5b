import type { TryRequest } from "@/lib/contract/index.ts";
import { readPortalError } from "../rest/call-portal.ts";
import type { Answer } from "./answer.ts";
import { answerFrom, upstreamHeaders, upstreamStatus } from "./answer-origin.ts";

const shownCharsMax = 1_000_000;
const textual = /^text\/|json|xml|yaml|javascript|x-www-form-urlencoded|event-stream|ndjson|jsonl/i;

/**
 * Sends a call through the portal and reports the answer as it arrives. Never throws for what can go wrong with a call:
 * that is in the answer. `signal` stops it; what had come by then stays.
 */
export async function sendCall(options: {
  readonly apiId: string;
  readonly endpointId: string;
  readonly request: TryRequest;
  readonly signal: AbortSignal;
  readonly onAnswer: (answer: Answer) => void;
}): Promise<void> {
  const startedMs = performance.now();
  const started: Answer = {
    status: null,
    statusText: "",
    headers: [],
    mediaType: "",
    text: null,
    cut: false,
    bytes: 0,
    elapsedMs: 0,
    state: "streaming",
    fault: null,
    blob: null,
  };
  let answer = started;
  const report = (change: Partial<Answer>) => {
    answer = { ...answer, ...change, elapsedMs: performance.now() - startedMs };
    options.onAnswer(answer);
  };
  report({});
  try {
    const response = await fetch(
      `/api/v1/apis/${encodeURIComponent(options.apiId)}/try/${encodeURIComponent(options.endpointId)}`,
      {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(options.request),
        signal: options.signal,
      },
    );
    const from = answerFrom(response);
    if (from !== "upstream") {
      const error = await readPortalError(response);
      report({ state: "done", fault: { kind: from, message: error.message } });
      return;
    }
    const mediaType = response.headers.get("content-type") ?? "";
    const status = upstreamStatus(response);
    report({
      ...status,
      headers: upstreamHeaders(response),
      mediaType,
      text: textual.test(mediaType) || mediaType === "" ? "" : null,
      fault:
        status.status >= 400
          ? { kind: "upstream", message: `The API itself answered with ${status.status} ${status.statusText}`.trim() }
          : null,
    });
    await readBody(response, report);
  } catch (err) {
    if (options.signal.aborted) report({ state: "stopped" });
    else if (answer.status !== null) {
      report({ state: "broken", fault: { kind: "network", message: "The answer broke off before its end." } });
    } else {
      if (!(err instanceof TypeError)) throw err;
      report({
        state: "done",
        fault: { kind: "network", message: "The portal did not answer. Check your connection and try again." },
      });
    }
  }
}

async function readBody(response: Response, report: (change: Partial<Answer>) => void): Promise<void> {
  const mediaType = response.headers.get("content-type") ?? "";
  const asText = textual.test(mediaType) || mediaType === "";
  const decoder = new TextDecoder();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  let text = "";
  let paintedMs = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const piece = await reader?.read();
    if (piece === undefined || piece.done) break;
    chunks.push(piece.value);
    bytes += piece.value.length;
    if (asText && text.length < shownCharsMax) text += decoder.decode(piece.value, { stream: true });
    // Once a frame at most: a fast stream must not freeze the page.
    if (performance.now() - paintedMs > 16) {
      paintedMs = performance.now();
      report({ bytes, text: asText ? text.slice(0, shownCharsMax) : null });
    }
  }
  report({
    bytes,
    text: asText ? text.slice(0, shownCharsMax) : null,
    cut: asText && text.length > shownCharsMax,
    state: "done",
    blob: new Blob(chunks, { type: mediaType }),
  });
}
