import type { ErrorCode } from "../base/index.ts";
import type { Problem } from "../contract/index.ts";

/** The one table from what went wrong to what HTTP says. */
const table: { readonly [code in ErrorCode]: { readonly status: number; readonly title: string } } = {
  "bad-request": { status: 400, title: "The request is not valid" },
  unauthenticated: { status: 401, title: "Sign in first" },
  forbidden: { status: 403, title: "Not allowed" },
  "not-found": { status: 404, title: "Not found" },
  conflict: { status: 409, title: "Something else happened in between" },
  "too-large": { status: 413, title: "Too large" },
  "rate-limited": { status: 429, title: "Too many requests" },
  "invalid-document": { status: 422, title: "The description is not valid" },
  "console-refused": { status: 403, title: "The portal does not send this call" },
  upstream: { status: 502, title: "The API did not answer" },
  unavailable: { status: 503, title: "The portal cannot answer now" },
  configuration: { status: 500, title: "The portal is not set up" },
  internal: { status: 500, title: "Something broke on our side" },
};

type ProblemExtras = {
  readonly problems?: Problem["problems"];
  readonly headers?: Readonly<Record<string, string>>;
};

/** A refusal as RFC 9457 problem details. `detail` is for the person and never carries what the viewer may not know. */
export function problemResponse(code: ErrorCode, detail: string | null, extras: ProblemExtras = {}): Response {
  const { status, title } = table[code];
  const problem: Problem = {
    type: `urn:gatebook:problem:${code}`,
    title,
    status,
    code,
    ...(detail === null ? {} : { detail }),
    ...(extras.problems === undefined ? {} : { problems: extras.problems }),
  };
  return new Response(JSON.stringify(problem), {
    status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...(status === 401 ? { "www-authenticate": 'Bearer realm="gatebook"' } : {}),
      ...(status === 503 ? { "retry-after": "5" } : {}),
      ...extras.headers,
    },
  });
}

/** What is absent and what is hidden, word for word the same. */
export function notFoundResponse(): Response {
  return problemResponse("not-found", "There is no such thing here, or it is not for you to see.");
}

/** Too many of something from one caller. */
export function tooManyResponse(retryAfterSeconds: number): Response {
  return problemResponse("rate-limited", `Wait ${String(retryAfterSeconds)} s and try again.`, {
    headers: { "retry-after": String(retryAfterSeconds) },
  });
}
