import { tryCall } from "../acts/index.ts";
import type { operations } from "../contract/index.ts";
import { createAddressGuard, StreamCut } from "../http/index.ts";
import type { AddressGuard } from "../http/index.ts";
import type { Operation } from "../model/index.ts";
import { listOperations } from "../views/index.ts";
import type { Call } from "./bind-route.ts";
import type { WebDeps } from "./deps.ts";
import { problemResponse } from "./problem.ts";
import { refusalResponse } from "./refusal-response.ts";

const guards = new WeakMap<WebDeps, AddressGuard>();

function guardOf(deps: WebDeps): AddressGuard {
  let guard = guards.get(deps);
  if (guard === undefined) {
    const { hostname, port } = new URL(deps.settings.DATABASE_URL);
    guard = createAddressGuard({
      allowHosts: deps.settings.GATEBOOK_ALLOW_HOSTS,
      refuseHosts: [`${hostname}:${port === "" ? "5432" : port}`],
    });
    guards.set(deps, guard);
  }
  return guard;
}

/** The answer as a stream of the web; the reader that leaves ends the call. */
function streamOf(body: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = body[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      try {
        const next = await iterator.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      } catch (err) {
        if (!(err instanceof StreamCut)) throw err;
        controller.error(err);
      }
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

/** Statuses whose answers have no body (RFC 9110 §6.4.1). */
const bodiless = new Set([204, 205, 304]);

/**
 * A call of the console. The API's own status is in `x-gatebook-upstream-status`, which only an answer of the API carries; what it
 * answers is shut in, so that it is never a page of ours.
 */
export async function serveTry(call: Call<typeof operations.tryCall>): Promise<Response> {
  const { deps, viewer, params, body, request } = call;
  const limit = await deps.limits.take("endpoint", params.endpointId);
  if (limit.kind === "exceeded") {
    return problemResponse(
      "rate-limited",
      `This endpoint has had many calls through the portal. Try again in ${String(limit.retryAfterSeconds)} s.`,
      {
        headers: { "retry-after": String(limit.retryAfterSeconds) },
      },
    );
  }
  const outcome = await tryCall(
    {
      ...deps,
      guard: guardOf(deps),
      operationsOf: async (id): Promise<readonly Operation[]> => {
        const lists = await Promise.all(
          (["current", "upcoming"] as const).map((selector) => listOperations(deps, viewer, id, selector)),
        );
        return lists.flatMap((list) => list?.items ?? []);
      },
    },
    viewer,
    { id: params.id, endpointId: params.endpointId, request: body, signal: request.signal },
  );
  switch (outcome.kind) {
    case "refused":
      return refusalResponse(outcome);
    case "failed":
      return problemResponse("upstream", outcome.reason);
    case "answer": {
      const status = outcome.status >= 200 && outcome.status <= 599 ? outcome.status : 502;
      return new Response(bodiless.has(status) ? null : streamOf(outcome.body), {
        status,
        headers: {
          ...outcome.headers,
          "x-gatebook-upstream-status": String(outcome.status),
          "cache-control": "no-store",
          "x-content-type-options": "nosniff",
          "content-security-policy": "sandbox; default-src 'none'",
          "x-accel-buffering": "no",
        },
      });
    }
  }
}
