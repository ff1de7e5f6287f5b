import { Histogram, metrics } from "../../lib/base/index.ts";
import type { Handler } from "./http-server.ts";

const duration = new Histogram({
  name: "gatebook_http_request_seconds",
  help: "Time from a request's head to the end of its answer, by what was asked for and how it ended.",
  labelNames: ["kind", "status"] as const,
  buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10],
  registers: [metrics],
});

/** What a path asks for, in few words, so that the number of series does not grow with the catalogue. */
export function kindOfRequest(path: string): "asset" | "sign-in" | "events" | "console" | "rest" | "page" {
  if (path.startsWith("/_next/")) return "asset";
  if (path.startsWith("/api/auth/")) return "sign-in";
  if (path === "/api/v1/events") return "events";
  if (/^\/api\/v1\/apis\/[^/]+\/try\//.test(path)) return "console";
  return path.startsWith("/api/") ? "rest" : "page";
}

/** The handler, each of its answers measured; streams of events count when they end. */
export function measured(handler: Handler): Handler {
  return (req, res) => {
    const kind = kindOfRequest((req.url ?? "/").split("?", 1)[0] ?? "/");
    const stop = duration.startTimer({ kind });
    res.once("close", () => stop({ status: `${String(Math.floor(res.statusCode / 100))}xx` }));
    return handler(req, res);
  };
}
