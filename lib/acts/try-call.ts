import { canTry } from "../access/index.ts";
import type { TryRequest } from "../contract/index.ts";
import { openStream } from "../http/index.ts";
import type { AddressGuard, FailedOutcome } from "../http/index.ts";
import type { Endpoint, Operation, Viewer } from "../model/index.ts";
import { appendAudit, readEndpoints } from "../store/index.ts";
import type { ActDeps } from "./act-deps.ts";
import { auditOf } from "./audit-of.ts";
import { checkCallHeaders, checkCallPath, shownHeaders } from "./check-call.ts";
import { notThere, refuse } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";
import { seenApi } from "./seen-api.ts";

export type TryDeps = ActDeps & {
  readonly guard: AddressGuard;
  /** The operations that consumers see, of the current version and of one that is announced. */
  readonly operationsOf: (apiId: string) => Promise<readonly Operation[]>;
};

export type TryOutcome =
  | Refusal
  /** The API could not be reached, or took too long. */
  | {
      readonly kind: "failed";
      readonly failure: Exclude<FailedOutcome["kind"], "refused-address" | "unsendable">;
      readonly reason: string;
    }
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: AsyncIterable<Uint8Array>;
    };

const requestBytesMax = 16 * 1024 * 1024;
const answerBytesMax = 64 * 1024 * 1024;

function bodyOf(request: TryRequest): Uint8Array | undefined {
  switch (request.body?.kind) {
    case undefined:
    case "none":
      return undefined;
    case "text":
      return Buffer.from(request.body.text, "utf8");
    case "base64":
      return Buffer.from(request.body.base64, "base64");
  }
}

/** The path on the wire: the endpoint's own, then what lies below it. */
function wirePath(endpoint: Endpoint, path: string): string {
  const base = new URL(endpoint.url).pathname.replace(/\/+$/, "");
  const exact = endpoint.paths.every((mapping) => mapping.match === "exact");
  return exact ? (base === "" ? "/" : base) : `${base}${path}`;
}

/**
 * Sends a call to a discovered endpoint (DESIGN §11): by its id and an operation, never by a URL; to its pinned address, with
 * allowed headers only. The answer is streamed. Every call that was sent, and every one that was refused after the API was
 * found, is one line of the audit log, without bodies and credentials.
 */
export async function tryCall(
  deps: TryDeps,
  viewer: Viewer,
  input: {
    readonly id: string;
    readonly endpointId: string;
    readonly request: TryRequest;
    readonly signal: AbortSignal;
  },
): Promise<TryOutcome> {
  const { db } = deps.store;
  const row = await seenApi(db, viewer, input.id);
  if (row === null) return notThere;
  const endpoint = (await readEndpoints(db, input.id)).find(({ id }) => id === input.endpointId);
  if (endpoint === undefined) return notThere;
  const { api } = row;
  const [method = "", template = ""] = input.request.operation.split(" ", 2);
  const audit = async (detail: Readonly<Record<string, string | number>>): Promise<void> => {
    await appendAudit(
      db,
      auditOf(viewer, {
        act: "api.try",
        target: `api:${input.id}`,
        detail: { endpoint: endpoint.id, method, path: template, ...detail },
      }),
    );
  };
  const refuseAndNote = async (code: Refusal["code"], reason: string): Promise<Refusal> => {
    await audit({ refused: reason });
    return refuse(code, reason);
  };

  const decision = canTry(viewer, {
    retired: api.retiredAt !== null,
    callable: endpoint.reach === "public" && endpoint.address !== null,
  });
  if (!decision.allowed)
    return refuseAndNote(viewer.kind === "anonymous" ? "unauthenticated" : "forbidden", decision.reason);
  if (api.state === "scaled-to-zero" || api.state === "stopped") {
    return refuseAndNote(
      "conflict",
      `The model is ${api.state === "stopped" ? "stopped" : "scaled to zero"}, and a call from the portal would wake it. Call it from your own program if you mean to.`,
    );
  }
  const operations = await deps.operationsOf(input.id);
  const operation = operations.find(({ id }) => id === input.request.operation);
  if (operation === undefined)
    return refuseAndNote("bad-request", `The description has no operation ${input.request.operation.slice(0, 200)}.`);
  const wrongPath = checkCallPath(input.request.path, input.request.query ?? "", operation.path);
  if (wrongPath !== null) return refuseAndNote("bad-request", wrongPath);
  const headers = checkCallHeaders(input.request.headers, endpoint.requiredHeaders);
  if (headers.kind === "refused") return refuseAndNote("bad-request", headers.reason);
  const body = bodyOf(input.request);
  if (body !== undefined && body.byteLength > requestBytesMax)
    return refuseAndNote("too-large", `The body is larger than ${String(requestBytesMax / 1024 / 1024)} MiB.`);
  if (endpoint.address === null) return refuseAndNote("forbidden", "No address of this endpoint was observed.");

  const startedMs = deps.clock().getTime();
  const query = input.request.query === undefined || input.request.query === "" ? "" : `?${input.request.query}`;
  const outcome = await openStream(deps.guard, {
    address: endpoint.address,
    origin: "observed",
    method: operation.method.toUpperCase(),
    path: `${wirePath(endpoint, input.request.path)}${query}`,
    headers: headers.headers,
    ...(body === undefined ? {} : { body }),
    connectTimeoutMs: 10_000,
    headersTimeoutMs: 120_000,
    idleTimeoutMs: 60_000,
    totalTimeoutMs: 300_000,
    bodyBytesMax: answerBytesMax,
    signal: input.signal,
  });
  const ms = deps.clock().getTime() - startedMs;
  if (outcome.kind !== "response") {
    await audit({ failed: outcome.kind, ms });
    if (outcome.kind === "refused-address") return refuse("forbidden", outcome.reason);
    if (outcome.kind === "unsendable") return refuse("bad-request", `The call cannot be sent: ${outcome.reason}.`);
    return { kind: "failed", failure: outcome.kind, reason: `The API could not be called: ${outcome.reason}.` };
  }
  await audit({ status: outcome.status, ms, sentBytes: body?.byteLength ?? 0 });
  return { kind: "answer", status: outcome.status, headers: shownHeaders(outcome.headers), body: outcome.body };
}
