import type { IncomingHttpHeaders } from "node:http";

export type ModelRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

/** Either one JSON document, or pieces of text that are sent as they come. */
export type ModelAnswer =
  | {
      readonly kind: "json";
      readonly status: number;
      readonly body: unknown;
      readonly headers?: Record<string, string>;
    }
  | { readonly kind: "stream"; readonly contentType: string; readonly pieces: AsyncIterable<string> };

/** One model behind HTTP; `respond` decides everything but the transport. */
export type Model = {
  readonly name: string;
  respond(request: ModelRequest): Promise<ModelAnswer> | ModelAnswer;
};

/** A JSON answer. */
export function json(status: number, body: unknown, headers?: Record<string, string>): ModelAnswer {
  return headers === undefined ? { kind: "json", status, body } : { kind: "json", status, body, headers };
}
