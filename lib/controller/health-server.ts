import { createServer } from "node:http";
import { metrics } from "../base/index.ts";
import type { Store } from "../store/index.ts";

/**
 * Answers `/healthz` (the process runs), `/readyz` (its database answers) and `/metrics` on the metrics port. Port 0 switches
 * it off. Rejects where the port is taken.
 */
export async function startHealthServer(options: {
  readonly host: string;
  readonly port: number;
  readonly store: Store;
}): Promise<{ stop(): Promise<void> }> {
  if (options.port === 0) return { stop: async () => undefined };
  const isReady = async (): Promise<boolean> => {
    try {
      await options.store.db.$queryRaw`SELECT 1`;
      return true;
    } catch {
      // Whatever keeps the database from answering: the process is not ready, and says so to whoever asks.
      return false;
    }
  };
  const answer = async (path: string): Promise<{ status: number; type: string; body: string }> => {
    const text = "text/plain; charset=utf-8";
    switch (path) {
      case "/healthz":
        return { status: 200, type: text, body: "ok\n" };
      case "/readyz":
        return (await isReady())
          ? { status: 200, type: text, body: "ok\n" }
          : { status: 503, type: text, body: "not ready\n" };
      case "/metrics":
        return { status: 200, type: metrics.contentType, body: await metrics.metrics() };
      default:
        return { status: 404, type: text, body: "not found\n" };
    }
  };
  const server = createServer((req, res) => {
    answer((req.url ?? "/").split("?", 1)[0] ?? "/").then(
      ({ status, type, body }) => {
        res.writeHead(status, { "content-type": type, "cache-control": "no-store" }).end(body);
      },
      () => {
        res.writeHead(500).end();
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
