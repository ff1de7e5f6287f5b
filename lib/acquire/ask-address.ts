import { fetchBody } from "../http/index.ts";
import type { AddressGuard, AddressOrigin, HttpOutcome } from "../http/index.ts";
import type { PinnedAddress } from "../model/index.ts";

export type AskDeps = {
  readonly guard: AddressGuard;
  /** Of the document that is kept; null where none is. */
  readonly etag: string | null;
  readonly bodyBytesMax: number;
  readonly timeoutMs?: number;
};

const standardTimeoutMs = 5_000;

/** A path as it goes on the wire: without a fragment, what is no ASCII or a space percent-encoded. Null where it is no path. */
export function wirePath(path: string): string | null {
  const bare = path.replace(/#.*$/s, "");
  if (!bare.startsWith("/") || /[\u0000-\u001f\u007f]/.test(bare) || !bare.isWellFormed()) return null;
  return bare.replaceAll(/[^\u0021-\u007e]+/g, (text) => encodeURIComponent(text));
}

/** How a question differs from a plain GET for a document. */
export type QuestionForm = {
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
};

/** One question to one address; a GET unless it is said otherwise. */
export function askAddress(
  address: PinnedAddress,
  path: string,
  origin: AddressOrigin,
  deps: AskDeps,
  { method = "GET", headers = {} }: QuestionForm = {},
): Promise<HttpOutcome> {
  return fetchBody(deps.guard, {
    address,
    origin,
    method,
    path,
    headers: {
      ...headers,
      accept: "application/json, application/yaml;q=0.9, */*;q=0.1",
      "user-agent": "gatebook",
      ...(deps.etag === null ? {} : { "if-none-match": deps.etag }),
    },
    bodyBytesMax: deps.bodyBytesMax,
    timeoutMs: deps.timeoutMs ?? standardTimeoutMs,
  });
}
