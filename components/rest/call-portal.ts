import type { OperationId, operations, Problem } from "@/lib/contract/index.ts";
import type { z } from "zod";

type Operations = typeof operations;
type Part<Id extends OperationId, Name extends string> = Operations[Id] extends { readonly [N in Name]: infer Schema }
  ? Schema extends z.ZodType
    ? z.input<Schema>
    : never
  : undefined;
type Answer<Id extends OperationId> = Operations[Id]["response"] extends { readonly schema: infer Schema }
  ? Schema extends z.ZodType
    ? z.output<Schema>
    : never
  : undefined;

/** An answer of the portal that is not a success, or none at all; the message is for people. */
export class PortalError extends Error {
  override name = "PortalError";
  readonly status: number;
  readonly problem: Problem | null;
  constructor(status: number, message: string, problem: Problem | null) {
    super(message);
    this.status = status;
    this.problem = problem;
  }
}

/**
 * Calls one REST operation of the portal from the browser. Method and path are checked against the contract by the
 * compiler, so that the contract's schemas need not travel to the page. Throws `PortalError`.
 */
export async function callPortal<Id extends OperationId>(
  method: Operations[Id]["method"],
  path: Operations[Id]["path"],
  input: { readonly params?: Part<Id, "params">; readonly query?: Part<Id, "query">; readonly body?: Part<Id, "body"> },
): Promise<Answer<Id>> {
  const response = await request(method, fill(path, input.params) + queryText(input.query), input.body);
  if (!response.ok) throw await readPortalError(response);
  if (response.status === 204) return undefined as Answer<Id>;
  // The handler binds to the same contract, and its answers are validated against it in tests and in development.
  return (await response.json()) as Answer<Id>;
}

async function request(method: string, url: string, body: unknown): Promise<Response> {
  try {
    return await fetch(url, {
      method,
      headers: body === undefined ? {} : { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (err) {
    // What fetch throws where no answer came; there is nothing to read in it.
    if (!(err instanceof TypeError)) throw err;
    throw new PortalError(0, "The portal did not answer. Check your connection and try again.", null);
  }
}

function fill(path: string, params: object | undefined): string {
  return Object.entries(params ?? {}).reduce(
    (filled, [name, value]) => filled.replace(`{${name}}`, encodeURIComponent(String(value))),
    path,
  );
}

function queryText(query: object | undefined): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  if (given.length === 0) return "";
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}`;
}

/** Reads an RFC 9457 problem, and makes a sentence where there is none. */
export async function readPortalError(response: Response): Promise<PortalError> {
  const problem = await readProblem(response);
  const message =
    problem?.detail ??
    problem?.title ??
    (response.status === 401
      ? "Your session has ended. Sign in again."
      : `The portal answered with status ${response.status}. Try again in a moment.`);
  return new PortalError(response.status, message, problem);
}

async function readProblem(response: Response): Promise<Problem | null> {
  if (!(response.headers.get("content-type") ?? "").includes("json")) return null;
  const body: unknown = await response.json();
  const isProblem = (value: unknown): value is Problem =>
    typeof value === "object" && value !== null && "title" in value && typeof value.title === "string";
  return isProblem(body) ? body : null;
}
