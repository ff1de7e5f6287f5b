import type { z } from "zod";
import { GatebookError } from "../base/index.ts";
import type { ContractOperation } from "../contract/index.ts";
import type { Viewer } from "../model/index.ts";
import { isStoreUnavailable } from "../store/index.ts";
import { checkOrigin } from "./check-origin.ts";
import { clientAddress } from "./client-address.ts";
import { getDeps } from "./deps.ts";
import type { WebDeps } from "./deps.ts";
import { identify } from "./identify.ts";
import type { Identity } from "./identify.ts";
import { notFoundResponse, problemResponse, tooManyResponse } from "./problem.ts";
import type { LimitName } from "./rate-limits.ts";
import { readBody } from "./read-body.ts";
import { secureResponse } from "./secure-response.ts";

type Part<Operation, Name extends string> = Operation extends {
  readonly [name in Name]: infer Schema extends z.ZodType;
}
  ? z.output<Schema>
  : undefined;
type Answer<Operation extends ContractOperation> = Operation["response"] extends {
  readonly schema: infer Schema extends z.ZodType;
}
  ? z.output<Schema>
  : Operation["response"] extends { readonly status: 204 }
    ? "done"
    : never;

/** One call of an operation, with everything in it checked. */
export type Call<Operation extends ContractOperation> = {
  readonly deps: WebDeps;
  readonly viewer: Viewer;
  readonly by: "nothing" | "session" | "token";
  readonly request: Request;
  /** What limits and logs count the caller under. */
  readonly caller: string;
  readonly params: Part<Operation, "params">;
  readonly query: Part<Operation, "query">;
  readonly body: Part<Operation, "body">;
};

/** The answer as data, null for "not found", or a whole response: a refusal, bytes, a stream. */
export type Handler<Operation extends ContractOperation> = (
  call: Call<Operation>,
) => Promise<Answer<Operation> | null | Response>;

type RouteContext = { readonly params: Promise<Readonly<Record<string, string | readonly string[] | undefined>>> };
export type Route = ((request: Request, context: RouteContext) => Promise<Response>) & { readonly operationId: string };

type BindOptions = {
  /** How large a body may be; 256 KiB where nothing is said. */
  readonly bodyBytesMax?: (deps: WebDeps) => number;
  /** What the call counts against, beside the limit on acts. */
  readonly limit?: LimitName;
};

const bodyBytesDefault = 256 * 1024;

/**
 * Binds a handler to its operation: who asks, whether they may, where the request came from, how often, and what is in it are
 * settled before the handler runs; what it answers is checked against the contract everywhere but in production.
 */
export function bindRoute<const Operation extends ContractOperation>(
  operation: Operation,
  handler: Handler<Operation>,
  options: BindOptions = {},
): Route {
  const route = async (request: Request, context: RouteContext): Promise<Response> => {
    const deps = getDeps();
    const answer = async (): Promise<Response> => {
      try {
        const call = await readCall(deps, operation, request, await context.params, options);
        return call instanceof Response ? call : renderAnswer(deps, operation, await handler(call));
      } catch (err) {
        return renderFailure(deps, operation, err);
      }
    };
    return secureResponse(deps.settings, await answer());
  };
  return Object.assign(route, { operationId: operation.id });
}

async function readCall<Operation extends ContractOperation>(
  deps: WebDeps,
  operation: Operation,
  request: Request,
  params: Readonly<Record<string, unknown>>,
  options: BindOptions,
): Promise<Call<Operation> | Response> {
  const address = clientAddress(deps.settings, request.headers);
  if (await deps.limits.isExhausted("wrong-token", address)) return tooManyResponse(60);
  const identity = await identify(deps, request.headers);
  if (identity.kind === "invalid-token") {
    await deps.limits.take("wrong-token", address);
    return problemResponse("unauthenticated", "The access token is not valid: it may be mistyped, revoked or expired.");
  }
  const refusal = checkAdmission(deps, operation, identity, request);
  if (refusal !== null) return refusal;
  const { viewer, by } = identity;
  const caller = callerOf(viewer, address);
  const limits = [...(operation.method === "GET" ? [] : (["act"] as const)), ...(options.limit ? [options.limit] : [])];
  for (const name of limits) {
    const outcome = await deps.limits.take(name, caller);
    if (outcome.kind === "exceeded") return tooManyResponse(outcome.retryAfterSeconds);
  }
  const query = Object.fromEntries([...new URL(request.url).searchParams].reverse());
  const parsedParams = operation.params?.safeParse(params);
  // What cannot be an id is no id of anything.
  if (parsedParams?.success === false) return notFoundResponse();
  const parsedQuery = operation.query?.safeParse(query);
  if (parsedQuery?.success === false) return invalid("query", parsedQuery.error);
  const body = await parseBody(deps, operation, request, options);
  if (body instanceof Response) return body;
  // Each part was parsed by the operation's own schema just above.
  return {
    deps,
    viewer,
    by,
    request,
    caller,
    params: parsedParams?.data,
    query: parsedQuery?.data,
    body,
  } as unknown as Call<Operation>;
}

function callerOf(viewer: Viewer, address: string): string {
  switch (viewer.kind) {
    case "person":
      return `person:${viewer.userId}`;
    case "machine":
      return `machine:${viewer.tokenId}`;
    case "anonymous":
      return `address:${address}`;
  }
}

function checkAdmission(
  deps: WebDeps,
  operation: ContractOperation,
  identity: Extract<Identity, { readonly kind: "viewer" }>,
  request: Request,
): Response | null {
  if (operation.method !== "GET" && identity.by !== "token") {
    const problem = checkOrigin(deps.settings, request.headers);
    if (problem !== null) return problemResponse("forbidden", problem);
  }
  const { viewer } = identity;
  switch (operation.admission) {
    case "anyone":
      return null;
    case "signed-in":
    case "owner":
      return viewer.kind === "anonymous"
        ? problemResponse("unauthenticated", "Sign in, or send an access token.")
        : null;
    case "admin":
      if (viewer.kind === "anonymous") return problemResponse("unauthenticated", "Sign in, or send an access token.");
      return viewer.role === "admin" ? null : problemResponse("forbidden", "This is for administrators.");
  }
}

async function parseBody(
  deps: WebDeps,
  operation: ContractOperation,
  request: Request,
  options: BindOptions,
): Promise<unknown> {
  if (operation.body === undefined) return undefined;
  const read = await readBody(request, options.bodyBytesMax?.(deps) ?? bodyBytesDefault);
  if (read.kind === "too-large") return problemResponse("too-large", "The body is larger than the portal takes here.");
  if (read.kind === "broken") return problemResponse("bad-request", "The body broke off.");
  const mediaType = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  if (read.bytes.length > 0 && mediaType !== "application/json") {
    return problemResponse("bad-request", "The body must be JSON, sent as application/json.");
  }
  const json = read.bytes.length === 0 ? { value: {} } : parseJson(read.bytes);
  if (json === null) return problemResponse("bad-request", "The body is not JSON.");
  const parsed = operation.body.safeParse(json.value);
  return parsed.success ? parsed.data : invalid("body", parsed.error);
}

function parseJson(bytes: Uint8Array): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) };
  } catch (err) {
    // SyntaxError for what is no JSON, TypeError for what is no UTF-8: both are the caller's.
    if (err instanceof SyntaxError || err instanceof TypeError) return null;
    throw err;
  }
}

function invalid(where: string, error: z.ZodError): Response {
  const problems = error.issues.slice(0, 50).map(({ path, message }) => ({
    pointer: [where, ...path.map(String)]
      .map((part) => `/${part.replaceAll("~", "~0").replaceAll("/", "~1")}`)
      .join(""),
    message,
  }));
  return problemResponse("bad-request", `The ${where} is not valid: ${problems[0]?.message ?? "see problems"}.`, {
    problems,
  });
}

function renderAnswer(deps: WebDeps, operation: ContractOperation, answer: unknown): Response {
  if (answer instanceof Response) return answer;
  if (answer === null) return notFoundResponse();
  const { response } = operation;
  const headers = { "cache-control": "private, no-store" };
  if (response.status === 204) return new Response(null, { status: 204, headers });
  if (!("schema" in response)) {
    throw new GatebookError({ code: "internal", message: `${operation.id} answered with data instead of a response` });
  }
  if (deps.settings.NODE_ENV !== "production") {
    const checked = response.schema.safeParse(answer);
    if (!checked.success) {
      throw new GatebookError({
        code: "internal",
        message: `${operation.id} broke its contract`,
        context: { issues: checked.error.issues.slice(0, 10) },
      });
    }
  }
  return Response.json(answer, { status: response.status, headers });
}

function renderFailure(deps: WebDeps, operation: ContractOperation, err: unknown): Response {
  if (isStoreUnavailable(err)) {
    deps.logger.error({ err, operation: operation.id }, "the database cannot be used");
    return problemResponse("unavailable", "The portal's database does not answer. Try again in a moment.");
  }
  if (err instanceof GatebookError) {
    const level = err.code === "internal" || err.code === "configuration" ? "error" : "warn";
    deps.logger[level]({ err, context: err.context, operation: operation.id }, "an operation was refused");
    return problemResponse(err.code, err.userMessage);
  }
  deps.logger.error({ err, operation: operation.id }, "an operation failed");
  return problemResponse("internal", "What happened is in the portal's log. Try again in a moment.");
}
