import type { TryOutcome } from "../acts/index.ts";
import { tryCall } from "../acts/index.ts";
import type { operations } from "../contract/index.ts";
import { StreamCut } from "../http/index.ts";
import { listOperations } from "../views/index.ts";
import type { ConsumerOperation } from "../views/index.ts";
import type { Call } from "./bind-route.ts";
import { problemResponse, tooManyResponse } from "./problem.ts";
import { refusalResponse } from "./refusal-response.ts";

/**
 * Sends a call of the console and streams its answer. The API's own status is in `x-gatebook-upstream-status`, and is the
 * answer's status too where a browser does nothing by itself on it: a redirect is never passed on as one, or the page would
 * follow it.
 */
export async function serveTry(call: Call<(typeof operations)["tryCall"]>): Promise<Response> {
  const { deps, viewer, params, body, request } = call;
  const outcome = await deps.limits.take("endpoint", params.endpointId);
  if (outcome.kind === "exceeded") return tooManyResponse(outcome.retryAfterSeconds);
  const operationsOf = async (apiId: string, line: string): Promise<readonly ConsumerOperation[]> => {
    const lists = await Promise.all(
      (["current", "upcoming"] as const).map((selector) => listOperations(deps, viewer, apiId, selector, { line })),
    );
    return lists.flatMap((list) => list?.items ?? []);
  };
  return render(
    await tryCall({ ...deps, operationsOf }, viewer, {
      id: params.id,
      endpointId: params.endpointId,
      request: body,
      signal: request.signal,
    }),
  );
}

function render(outcome: TryOutcome): Response {
  switch (outcome.kind) {
    case "refused":
      return refusalResponse(outcome);
    case "failed":
      return problemResponse("upstream", outcome.reason);
    case "answer": {
      const headers = new Headers({
        "cache-control": "private, no-store, no-transform",
        "x-accel-buffering": "no",
        "x-content-type-options": "nosniff",
        // Whatever the API answers, it is never a page of ours.
        "content-security-policy": "sandbox; default-src 'none'",
        "x-gatebook-upstream-status": String(outcome.status),
      });
      for (const [name, value] of Object.entries(outcome.headers)) headers.append(shownName(name), value);
      const { status } = outcome;
      const bodyless = status === 204 || status === 205;
      const passed = (status >= 200 && status < 300) || (status >= 400 && status < 600);
      return new Response(bodyless ? null : toStream(outcome.body), { status: passed ? status : 200, headers });
    }
  }
}

/** Headers on which a browser would act by itself are shown under another name. */
function shownName(name: string): string {
  return /^(location|link|www-authenticate|refresh|clear-site-data)$/i.test(name) ? `x-upstream-${name}` : name;
}

function toStream(body: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = body[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
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
