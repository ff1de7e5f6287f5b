import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer as createSocketServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { onTestFinished } from "vitest";

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === "string") throw new Error("The server does not listen on a port.");
  return address.port;
}

async function listen(server: Server): Promise<{ readonly port: number; readonly open: () => number }> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { port: portOf(server), open: () => sockets.size };
}

/** A real HTTP server on loopback, for one test. */
export async function serveHttp(answer: (req: IncomingMessage, res: ServerResponse) => void): Promise<{
  readonly port: number;
  /** Method, path and headers of what arrived. */
  readonly asked: readonly IncomingMessage[];
  /** How many connections are open. */
  readonly open: () => number;
}> {
  const asked: IncomingMessage[] = [];
  const server = createServer((req, res) => {
    asked.push(req);
    answer(req, res);
  });
  return { asked, ...(await listen(server)) };
}

/** A server that speaks whatever `talk` says, for one test. */
export async function serveSocket(
  talk: (socket: Socket) => void,
): Promise<{ readonly port: number; readonly open: () => number }> {
  return listen(createSocketServer(talk));
}
