import { createServer } from "node:http";
import type { Server } from "node:http";

export type ModelServer = {
  readonly port: number;
  /** Paths that were asked for, in order. */
  readonly requests: readonly string[];
  /** The same, once they were answered. */
  readonly answered: readonly string[];
  /** What `/openapi.json` answers from now on: a document, or a function that answers by itself. */
  serve(body: unknown, options?: { readonly status?: number; readonly type?: string; readonly delayMs?: number }): void;
  serveTurns(bodies: readonly unknown[]): void;
  stop(): Promise<void>;
};

/** An OpenAPI document of one operation with these required fields. */
export function documentOf(fields: readonly string[], words: { readonly summary?: string } = {}): unknown {
  return {
    openapi: "3.1.0",
    info: { title: "Churn", version: "1.0", description: words.summary ?? "Says who leaves." },
    paths: {
      "/predict": {
        post: {
          operationId: "predict",
          requestBody: {
            required: true,
            content: {
              "application/json": {
                schema: {
                  type: "object",
                  required: [...fields],
                  properties: Object.fromEntries(fields.map((field) => [field, { type: "number" }])),
                },
              },
            },
          },
          responses: { "200": { description: "The answer." } },
        },
      },
    },
  };
}

/** A real HTTP server on loopback that describes itself as FastAPI does. */
export async function startModelServer(): Promise<ModelServer> {
  const requests: string[] = [];
  const answered: string[] = [];
  let turns: readonly unknown[] = [documentOf(["age"])];
  let turn = 0;
  let options: { readonly status?: number; readonly type?: string; readonly delayMs?: number } = {};
  const server: Server = createServer((req, res) => {
    requests.push(req.url ?? "");
    res.once("close", () => answered.push(req.url ?? ""));
    const body = turns[turn % turns.length];
    turn += 1;
    const { status = 200, type = "application/json", delayMs = 0 } = options;
    setTimeout(() => {
      if (req.url?.split("?", 1)[0] === "/openapi.json") {
        res.writeHead(status, { "content-type": type }).end(typeof body === "string" ? body : JSON.stringify(body));
      } else {
        res.writeHead(404).end();
      }
    }, delayMs);
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(address !== null && typeof address !== "string" ? address.port : 0);
    });
  });
  return {
    port,
    requests,
    answered,
    serve: (body, given = {}) => {
      turns = [body];
      options = given;
    },
    serveTurns: (bodies) => {
      turns = bodies;
      turn = 0;
      options = {};
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
