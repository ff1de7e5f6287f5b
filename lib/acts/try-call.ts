import { canTry } from "../access/index.ts";
import type { TryRequest } from "../contract/index.ts";
import { openStream } from "../http/index.ts";
import type { AddressGuard, FailedOutcome } from "../http/index.ts";
import type { ApiState, Endpoint, Operation, PinnedAddress, Viewer } from "../model/index.ts";
import { appendAudit, readEndpoints } from "../store/index.ts";
import type { ActDeps } from "./act-deps.ts";
import { auditOf } from "./audit-of.ts";
import { checkCallHeaders, checkCallPath, encodeRest, shownHeaders } from "./check-call.ts";
import { notThere, refuse } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";
import { seenApi } from "./seen-api.ts";

/** An operation with the URLs that its path is below; `internal` where no route reaches it. */
export type CallableOperation = Pick<Operation, "id" | "method" | "path"> & {
  readonly servers: readonly string[];
  readonly internal: boolean;
};

export type TryDeps = ActDeps & {
  readonly guard: AddressGuard;
  /** The operations that consumers see, of a line's current version and of one that is announced. */
  readonly operationsOf: (apiId: string, line: string) => Promise<readonly CallableOperation[]>;
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

/** Whether a whole path lies within what a route of the endpoint takes: nobody gets past it by the words of a description. */
function isRouted(endpoint: Endpoint, path: string): boolean {
  return endpoint.paths.some(({ match, publicPath }) => {
    const own = publicPath.replace(/\/+$/, "");
    switch (match) {
      case "exact":
        return path === publicPath;
      case "prefix":
        return path === own || path.startsWith(`${own}/`);
      case "text-prefix":
        return path.startsWith(publicPath);
    }
  });
}

/** Path and query on the wire: below that server of the operation which is this endpoint's; null where none is. */
function wirePath(endpoint: Endpoint, servers: readonly string[], path: string, query: string): string | null {
  const { origin } = new URL(endpoint.url);
  for (const server of servers) {
    if (!URL.canParse(server) || new URL(server).origin !== origin) continue;
    const whole = `${new URL(server).pathname.replace(/\/+$/, "")}${encodeRest(path)}`;
    const asked = whole === "" ? "/" : whole;
    if (isRouted(endpoint, asked)) return `${asked}${query === "" ? "" : `?${encodeRest(query)}`}`;
  }
  return null;
}

/** What a person wrote, as the audit log can hold it. */
function noted(text: string): string {
  return text
    .slice(0, 200)
    .toWellFormed()
    .replaceAll(/[\u0000-\u001f\u007f]/g, " ");
}

type ReadyCall = {
  readonly address: PinnedAddress;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | undefined;
};
type Unready = {
  readonly code: Refusal["code"];
  readonly reason: string;
  /** For the audit log: without what was asked. */ readonly note?: string;
};

/** Everything that is settled before anything is sent. */
function prepare(
  api: { readonly state: ApiState },
  endpoint: Endpoint,
  operation: CallableOperation | undefined,
  request: TryRequest,
): ReadyCall | Unready {
  if (api.state === "scaled-to-zero" || api.state === "stopped") {
    return {
      code: "conflict",
      reason: `The model is ${api.state === "stopped" ? "stopped" : "scaled to zero"}, and a call from the portal would wake it. Call it from your own program if you mean to.`,
    };
  }
  if (operation === undefined) {
    return {
      code: "bad-request",
      reason: `The description has no operation ${request.operation.slice(0, 200)}.`,
      note: "The description has no such operation.",
    };
  }
  const query = request.query ?? "";
  const wrongPath = checkCallPath(request.path, query, operation.path);
  if (wrongPath !== null)
    return { code: "bad-request", reason: wrongPath, note: "The path is not one of the operation's." };
  const checked = checkCallHeaders(request.headers, endpoint.requiredHeaders);
  if (checked.kind === "refused") return { code: "bad-request", reason: checked.reason };
  const body = bodyOf(request);
  if (body !== undefined && body.byteLength > requestBytesMax) {
    return { code: "too-large", reason: `The body is larger than ${String(requestBytesMax / 1024 / 1024)} MiB.` };
  }
  if (endpoint.address === null) return { code: "forbidden", reason: "No address of this endpoint was observed." };
  const path = operation.internal ? null : wirePath(endpoint, operation.servers, request.path, query);
  if (path === null) {
    return {
      code: "bad-request",
      reason: `The route of ${endpoint.url} does not lead to ${request.operation.slice(0, 200)}.`,
      note: "The route does not lead to the operation.",
    };
  }
  return {
    address: endpoint.address,
    method: operation.method.toUpperCase(),
    path,
    headers: checked.headers,
    body,
  };
}

/**
 * Sends a call to a discovered endpoint (DESIGN §11): by its id and an operation, never by a URL; to its pinned address, with
 * allowed headers only. The answer is streamed. Every call that was sent, and every one that was refused after the API was
 * found, is one line of the audit log, without bodies and credentials; it is written when the answer's head is there, so that
 * it stands before anybody reads the answer.
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
  const { request } = input;
  const row = await seenApi(db, viewer, input.id);
  if (row === null) return notThere;
  const endpoint = (await readEndpoints(db, input.id)).find(({ id }) => id === input.endpointId);
  if (endpoint === undefined) return notThere;
  const [method = "", template = ""] = request.operation.split(" ", 2);
  const audit = async (detail: Readonly<Record<string, string | number>>): Promise<void> => {
    const call = { endpoint: endpoint.id, method: noted(method), path: noted(template) };
    await appendAudit(
      db,
      auditOf(viewer, { act: "api.try", target: `api:${input.id}`, detail: { ...call, ...detail } }),
    );
  };
  const refuseAndNote = async ({ code, reason, note }: Unready): Promise<Refusal> => {
    await audit({ refused: noted(note ?? reason) });
    return refuse(code, reason);
  };

  const decision = canTry(viewer, {
    retired: row.api.retiredAt !== null,
    callable: endpoint.reach === "public" && endpoint.address !== null,
  });
  if (!decision.allowed) {
    const code = viewer.kind === "anonymous" ? "unauthenticated" : "forbidden";
    return refuseAndNote({ code, reason: decision.reason });
  }
  const operation = (await deps.operationsOf(input.id, endpoint.line)).find(({ id }) => id === request.operation);
  const call = prepare(row.api, endpoint, operation, request);
  if ("code" in call) return refuseAndNote(call);

  const startedMs = deps.clock().getTime();
  const { body, ...rest } = call;
  const outcome = await openStream(deps.guard, {
    ...rest,
    origin: "observed",
    ...(body === undefined ? {} : { body }),
    connectTimeoutMs: 10_000,
    headersTimeoutMs: 120_000,
    idleTimeoutMs: 60_000,
    totalTimeoutMs: 300_000,
    bodyBytesMax: answerBytesMax,
    signal: input.signal,
  });
  const ms = deps.clock().getTime() - startedMs;
  if (outcome.kind === "refused-address") return refuseAndNote({ code: "forbidden", reason: outcome.reason });
  if (outcome.kind === "unsendable")
    return refuseAndNote({ code: "bad-request", reason: `The call cannot be sent: ${outcome.reason}.` });
  if (outcome.kind !== "response") {
    await audit({ failed: outcome.kind, ms });
    return { kind: "failed", failure: outcome.kind, reason: `The API could not be called: ${outcome.reason}.` };
  }
  try {
    await audit({ status: outcome.status, ms, sentBytes: body?.byteLength ?? 0 });
  } catch (err) {
    // What cannot be noted is not answered, and the model is not kept waiting for a reader.
    await outcome.body[Symbol.asyncIterator]().return?.();
    throw err;
  }
  return { kind: "answer", status: outcome.status, headers: shownHeaders(outcome.headers), body: outcome.body };
}
