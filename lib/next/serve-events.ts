import type { operations } from "../contract/index.ts";
import type { Viewer } from "../model/index.ts";
import type { Call } from "./bind-route.ts";
import { identify } from "./identify.ts";
import { problemResponse } from "./problem.ts";

const retryMs = 2_000;
const streamsMax = 2_000;
const streamsMaxPerCaller = 20;
/** A reader that takes nothing for this many messages is gone or hopeless. */
const unreadMax = 500;

const open = new Map<string, number>();

/**
 * One stream of server-sent events. It begins with a comment, so that the other side knows it is open; at every heartbeat the
 * session or token is looked at again, and where it is over the last event is `expired`.
 */
export async function serveEvents(call: Call<(typeof operations)["streamEvents"]>): Promise<Response> {
  const { deps, caller, request } = call;
  if (deps.events.size() >= streamsMax || (open.get(caller) ?? 0) >= streamsMaxPerCaller) {
    return problemResponse("unavailable", "Too many event streams are open: close some pages and try again.");
  }
  let viewer: Viewer = call.viewer;
  let cancelled = false;
  let finish: (last?: string) => void = () => undefined;
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let finished = false;
        const send = (text: string): void => {
          if (finished) return;
          if ((controller.desiredSize ?? 0) < -unreadMax) finish();
          else controller.enqueue(encoder.encode(text));
        };
        const leave = deps.events.subscribe(
          {
            viewer: () => viewer,
            hear: (id, event) => {
              send(`id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
            },
            restart: () => {
              finish();
            },
          },
          request.headers.get("last-event-id"),
        );
        const beat = async (): Promise<void> => {
          const identity = await identify(deps, request.headers, { keepsAlive: false });
          const over = identity.kind === "invalid-token" || (call.by === "session" && identity.by === "nothing");
          if (over) finish("event: expired\ndata: {}\n\n");
          else {
            viewer = identity.viewer;
            send(": still here\n\n");
          }
        };
        const timer = setInterval(() => {
          beat().catch((err: unknown) => {
            deps.logger.warn({ err }, "a stream's session could not be looked at");
            finish();
          });
        }, deps.heartbeatMs);
        open.set(caller, (open.get(caller) ?? 0) + 1);
        finish = (last) => {
          if (finished) return;
          if (last !== undefined) controller.enqueue(encoder.encode(last));
          finished = true;
          clearInterval(timer);
          leave();
          const left = (open.get(caller) ?? 1) - 1;
          if (left > 0) open.set(caller, left);
          else open.delete(caller);
          if (!cancelled) controller.close();
        };
        request.signal.addEventListener("abort", () => {
          finish();
        });
        send(`retry: ${String(retryMs)}\n: open\n\n`);
      },
      cancel() {
        cancelled = true;
        finish();
      },
    },
    { highWaterMark: 16 },
  );
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "private, no-store, no-transform",
      // Proxies such as nginx hold answers back otherwise.
      "x-accel-buffering": "no",
    },
  });
}
