import { createServer, request as httpRequest } from "node:http";
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { pipeline } from "node:stream";
import { matchRule } from "./match-rule.ts";
import { watchedRouteTable } from "./route-table.ts";

const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

function forwarded(headers: IncomingMessage["headers"]): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.has(name)));
}

function refuse(res: ServerResponse, status: number, message: string): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  res.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
  res.end(`${message}\n`);
}

/**
 * A small reverse proxy in the place of a cluster's gateway: routes by host and path, rewrites, weighs and streams, as the
 * HTTPRoutes and Ingresses of a folder say. Loopback only.
 */
export async function startGateway(options: {
  readonly folder: string;
  readonly port: number;
}): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const rules = watchedRouteTable(options.folder);
  const server = createServer((req, res) => {
    const url = new URL(req.url ?? "/", "http://gateway.local");
    const host = (req.headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
    const routed = matchRule(rules(), { host, path: url.pathname }, Math.random());
    if (routed.kind === "no-route") {
      refuse(res, 404, "No route matches this host and path.");
      return;
    }
    if (routed.kind === "no-backend") {
      refuse(res, 503, "The route has no ready backend.");
      return;
    }
    const outgoing = httpRequest(
      {
        host: routed.backend.host,
        port: routed.backend.port,
        method: req.method,
        path: `${routed.path}${url.search}`,
        headers: { ...forwarded(req.headers), "x-forwarded-host": host, "x-forwarded-proto": "http" },
        timeout: 60_000,
      },
      (answer) => {
        res.writeHead(answer.statusCode ?? 502, forwarded(answer.headers));
        res.flushHeaders();
        pipeline(answer, res, () => {
          answer.destroy();
        });
      },
    );
    outgoing.on("timeout", () => outgoing.destroy(new Error("timed out")));
    outgoing.on("error", () => {
      refuse(res, 502, "The backend does not answer.");
    });
    res.on("close", () => outgoing.destroy());
    pipeline(req, outgoing, () => undefined);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", resolve);
  });
  const address = server.address();
  return {
    port: address !== null && typeof address === "object" ? address.port : options.port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
