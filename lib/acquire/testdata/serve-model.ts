import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { onTestFinished } from "vitest";

/** The smallest description. */
export const documentText = JSON.stringify({ openapi: "3.1.0", info: { title: "Model", version: "1" }, paths: {} });

/** A real HTTP server on loopback, for one test, that remembers what it was asked. */
export async function serveModel(
  answer: (req: IncomingMessage, res: ServerResponse) => void,
): Promise<{ readonly port: number; readonly asked: readonly IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const server = createServer((req, res) => {
    asked.push(req);
    answer(req, res);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server does not listen on a port.");
  return { port: address.port, asked };
}
