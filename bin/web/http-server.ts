import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";

export type Handler = (req: IncomingMessage, res: ServerResponse) => Promise<void> | void;

const drainMs = 10_000;

/** An HTTP server that bounds how long a request may take to arrive, and that can be stopped without cutting answers short. */
export async function listen(
  handler: Handler,
  options: {
    readonly host: string;
    readonly port: number;
    readonly onFailure: (err: unknown) => void;
  },
): Promise<{ readonly server: Server; readonly stop: () => Promise<void> }> {
  const open = new Set<ServerResponse>();
  let stopping = false;
  const server = createServer(
    { requestTimeout: 60_000, headersTimeout: 15_000, keepAliveTimeout: 65_000, maxHeaderSize: 32 * 1024 },
    (req, res) => {
      open.add(res);
      res.once("close", () => {
        open.delete(res);
        // Its connection is kept open for a next request, which will not come here.
        if (stopping) setImmediate(() => server.closeIdleConnections());
      });
      if (stopping) res.setHeader("connection", "close");
      Promise.resolve()
        .then(() => handler(req, res))
        .catch((err: unknown) => {
          options.onFailure(err);
          if (res.headersSent) res.destroy();
          else
            res.writeHead(500, { "content-type": "text/plain; charset=utf-8" }).end("Something broke on our side.\n");
        });
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    server,
    stop: () =>
      new Promise((resolve) => {
        stopping = true;
        const force = setTimeout(() => {
          server.closeAllConnections();
        }, drainMs);
        server.close(() => {
          clearTimeout(force);
          resolve();
        });
        // Event streams never end by themselves; a browser opens a new one elsewhere.
        for (const res of open) {
          if (res.req.headers.accept === "text/event-stream") res.end();
        }
        server.closeIdleConnections();
      }),
  };
}
