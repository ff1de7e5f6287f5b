/** Why there is no answer. `reason` is the middle of a sentence: "The API could not be called: <reason>." */
export type FailedOutcome =
  /** The guard forbids the address; nothing was sent. Its `reason` is a whole sentence. */
  | { readonly kind: "refused-address"; readonly reason: string }
  /** The path or a header cannot be put on the wire; nothing was sent. */
  | { readonly kind: "unsendable"; readonly reason: string }
  /** The portal has too many connections open; nothing was sent. */
  | { readonly kind: "busy"; readonly reason: string }
  /** No connection could be made, or not in time; the other side saw no request. `silent`: it did not even refuse. */
  | { readonly kind: "unreachable"; readonly reason: string; readonly silent: boolean }
  /** The other side's certificate is not accepted, or it does not speak TLS. */
  | { readonly kind: "tls"; readonly reason: string }
  /** There was a connection, but no answer, or no end of it, in time. */
  | { readonly kind: "timed-out"; readonly reason: string }
  /** The connection broke off, or what came is not HTTP. */
  | { readonly kind: "broken"; readonly reason: string }
  /** Whoever asked left. */
  | { readonly kind: "stopped"; readonly reason: string };

/** Why a body ended before its end. */
export class StreamCut extends Error {
  readonly reason: "too-large" | "timed-out" | "broken" | "stopped";
  constructor(reason: StreamCut["reason"], message: string) {
    super(message);
    this.name = "StreamCut";
    this.reason = reason;
  }
}

/** The code of a system error, or "". */
export function codeOf(err: unknown): string {
  return err instanceof Error && "code" in err && typeof err.code === "string" ? err.code : "";
}

/** What `node:http` throws where a path, a method or a header cannot be sent; null for every other error. */
export function unsendable(err: unknown): Extract<FailedOutcome, { kind: "unsendable" }> | null {
  switch (codeOf(err)) {
    case "ERR_UNESCAPED_CHARACTERS":
      return { kind: "unsendable", reason: "its path has characters that a path cannot have" };
    case "ERR_INVALID_CHAR":
    case "ERR_INVALID_HTTP_TOKEN":
    case "ERR_HTTP_INVALID_HEADER_VALUE":
      return { kind: "unsendable", reason: "a header has characters that a header cannot have" };
    default:
      return null;
  }
}

const tlsCodes =
  /^(ERR_TLS_|ERR_SSL_|EPROTO$|CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|UNABLE_TO_(GET|VERIFY)_|HOSTNAME_MISMATCH)/;

/** What an error of a connection means. `connected`: whether there was a connection before. */
export function failureOf(err: unknown, connected: boolean): FailedOutcome {
  const code = codeOf(err);
  if (tlsCodes.test(code)) {
    return code === "EPROTO" || code.startsWith("ERR_SSL_")
      ? { kind: "tls", reason: `it does not speak TLS as it should (${code})` }
      : { kind: "tls", reason: `its certificate is not accepted (${code})` };
  }
  if (code === "HPE_HEADER_OVERFLOW") return { kind: "broken", reason: "its headers are too large" };
  if (code.startsWith("HPE_")) return { kind: "broken", reason: "it does not speak HTTP" };
  if (connected) return { kind: "broken", reason: "the connection was broken off" };
  switch (code) {
    case "ECONNREFUSED":
      return { kind: "unreachable", reason: "the connection was refused", silent: false };
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return { kind: "unreachable", reason: "there is no way to the host", silent: false };
    case "ETIMEDOUT":
      return { kind: "unreachable", reason: "nothing answered when a connection was tried", silent: true };
    default:
      return {
        kind: "unreachable",
        reason: `no connection could be made (${code === "" ? "it was closed at once" : code})`,
        silent: false,
      };
  }
}
