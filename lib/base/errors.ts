/** The stable names of what can go wrong; `lib/next` maps each to an HTTP status in one table. */
export type ErrorCode =
  | "bad-request"
  | "unauthenticated"
  | "forbidden"
  | "not-found"
  | "conflict"
  | "too-large"
  | "rate-limited"
  | "invalid-document"
  | "console-refused"
  | "upstream"
  | "unavailable"
  | "configuration"
  | "internal";

export type ErrorOptions = {
  readonly code: ErrorCode;
  /** For the log. */
  readonly message: string;
  /** For the person, where it may differ from `message`: what happened, why, what to do. */
  readonly userMessage?: string;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
  /** Whether the same call may succeed later. */
  readonly retry?: boolean;
};

/** A broken invariant, a lost dependency or a refusal; expected outcomes are values instead (STYLE). */
export class GatebookError extends Error {
  readonly code: ErrorCode;
  readonly userMessage: string | null;
  readonly context: Readonly<Record<string, unknown>>;
  readonly retry: boolean;

  constructor(options: ErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "GatebookError";
    this.code = options.code;
    this.userMessage = options.userMessage ?? null;
    this.context = options.context ?? {};
    this.retry = options.retry ?? false;
  }
}
