import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Model, ModelAnswer } from "./model.ts";

const bodyBytesMax = 8 * 1024 * 1024;

export type AccessLogEntry = {
  readonly at: string;
  readonly model: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
};

export type RunningModel = { readonly name: string; readonly port: number; stop(): Promise<void> };

class BodyTooLarge extends Error {}

async function readBody(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of req) {
    const piece: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    bytes += piece.length;
    if (bytes > bodyBytesMax) throw new BodyTooLarge();
    chunks.push(piece);
  }
  return Buffer.concat(chunks);
}

async function send(res: ServerResponse, answer: ModelAnswer): Promise<void> {
  switch (answer.kind) {
    case "json": {
      const body = JSON.stringify(answer.body);
      res.writeHead(answer.status, { "content-type": "application/json", ...answer.headers });
      res.end(body);
      return;
    }
    case "stream": {
      res.writeHead(200, { "content-type": answer.contentType, "cache-control": "no-cache" });
      res.flushHeaders();
      for await (const piece of answer.pieces) {
        if (res.destroyed) return;
        res.write(piece);
      }
      res.end();
    }
  }
}

async function answerOf(model: Model, req: IncomingMessage): Promise<ModelAnswer> {
  try {
    const url = new URL(req.url ?? "/", "http://model.local");
    const body = await readBody(req);
    return await model.respond({
      method: req.method ?? "GET",
      path: url.pathname,
      query: url.searchParams,
      headers: req.headers,
      body,
    });
  } catch (err) {
    if (err instanceof BodyTooLarge) {
      return {
        kind: "json",
        status: 413,
        body: { detail: "The body is larger than 8 MiB." },
        headers: { connection: "close" },
      };
    }
    process.stderr.write(`${model.name}: ${err instanceof Error ? (err.stack ?? err.message) : String(err)}\n`);
    return { kind: "json", status: 500, body: { detail: "Internal Server Error" } };
  }
}

/** Serves one model on loopback; rejects with the system's error where the port is taken. */
export async function startModel(
  model: Model,
  options: { readonly port: number; readonly onRequest?: (entry: AccessLogEntry) => void },
): Promise<RunningModel> {
  const server = createServer((req, res) => {
    res.on("finish", () => {
      options.onRequest?.({
        at: new Date().toISOString(),
        model: model.name,
        method: req.method ?? "",
        path: req.url ?? "",
        status: res.statusCode,
      });
    });
    answerOf(model, req)
      .then((answer) => send(res, answer))
      .catch((err: unknown) => {
        process.stderr.write(`${model.name}: ${String(err)}\n`);
        res.destroy();
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : options.port;
  return {
    name: model.name,
    port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
