import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { readSettings, webSettings } from "../../lib/env/index.ts";
import { operations } from "../../lib/contract/index.ts";
import { createDeps, provideDeps } from "../../lib/next/index.ts";
import type { WebDeps } from "../../lib/next/index.ts";
import type { TestDatabase } from "./postgres.ts";

type Handler = (
  request: Request,
  context: { readonly params: Promise<Record<string, string | string[]>> },
) => Promise<Response>;
type Module = Readonly<Record<string, unknown>>;

export type Portal = {
  readonly url: string;
  readonly deps: WebDeps;
  /** The time that the portal reads, in milliseconds; tests move it. */
  readonly clock: { now: number };
  stop(): Promise<void>;
};

const appFolder = fileURLToPath(new URL("../../app", import.meta.url));

/** The file of the route that serves a path of the contract, by Next's convention. */
export function routeFile(operationPath: string): string {
  return path.join(appFolder, operationPath.replaceAll(/\{(\w+)\}/g, "[$1]"), "route.ts");
}

/** A route module, as Next would load it. */
export async function loadRoute(file: string): Promise<Module> {
  const loaded: unknown = await import(file);
  return { ...(typeof loaded === "object" ? loaded : {}) };
}

type Route = { readonly pattern: RegExp; readonly names: readonly string[]; readonly file: string };

const routes: readonly Route[] = [
  ...new Set([...Object.values(operations).map((operation) => operation.path), "/api/v1/openapi.json"]),
].map((template) => ({
  pattern: new RegExp(`^${template.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "([^/]+)")}$`),
  names: [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ""),
  file: routeFile(template),
}));

/**
 * The portal's real handlers behind a real HTTP server, on a database of the test's own: everything between the socket and
 * Postgres but Next's router, which is stood in for by the contract's paths.
 */
export async function startPortal(options: {
  readonly database: TestDatabase;
  readonly settings?: Readonly<Record<string, string>>;
  readonly heartbeatMs?: number;
}): Promise<Portal> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const url = `http://localhost:${String(port)}`;
  const clock = { now: Date.now() };
  const deps = createDeps(
    readSettings(webSettings, {
      NODE_ENV: "test",
      LOG_LEVEL: "silent",
      DATABASE_URL: options.database.url,
      PUBLIC_URL: url,
      OIDC_ISSUER: "http://localhost:1",
      OIDC_CLIENT_ID: "gatebook",
      OIDC_CLIENT_SECRET: "secret",
      SESSION_SECRET: "0123456789abcdef0123456789abcdef",
      GATEBOOK_ADMIN_GROUPS: "platform",
      ...options.settings,
    }),
    {
      clock: () => new Date(clock.now),
      ...(options.heartbeatMs === undefined ? {} : { heartbeatMs: options.heartbeatMs }),
    },
  );
  server.on("request", (req, res) => {
    provideDeps(deps);
    answer(url, req, res).catch((err: unknown) => {
      res.destroy(err instanceof Error ? err : undefined);
    });
  });
  return {
    url,
    deps,
    clock,
    stop: async () => {
      await deps.events.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await deps.store.close();
    },
  };
}

async function answer(base: string, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { pathname } = new URL(req.url ?? "/", base);
  const found = await findRoute(pathname, req.method ?? "GET");
  if (found === null) {
    res.writeHead(404).end();
    return;
  }
  const gone = new AbortController();
  res.once("close", () => {
    gone.abort();
  });
  const headers = new Headers({ "x-gatebook-peer": req.socket.remoteAddress ?? "" });
  for (const [name, value] of Object.entries(req.headers)) headers.set(name, String(value));
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(Buffer.from(chunk as Uint8Array));
  const body = Buffer.concat(chunks);
  const response = await found.handler(
    new Request(new URL(req.url ?? "/", base), {
      method: req.method ?? "GET",
      headers,
      signal: gone.signal,
      ...(body.length > 0 ? { body } : {}),
    }),
    { params: Promise.resolve(found.params) },
  );
  res.statusCode = response.status;
  for (const [name, value] of response.headers) if (name !== "set-cookie") res.setHeader(name, value);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) res.setHeader("set-cookie", cookies);
  res.flushHeaders();
  if (response.body === null) res.end();
  // A caller that leaves ends both sides, as in Next's own server.
  else await pipeline(Readable.from(response.body), res).catch(() => undefined);
}

async function findRoute(
  pathname: string,
  method: string,
): Promise<{ readonly handler: Handler; readonly params: Record<string, string | string[]> } | null> {
  if (pathname.startsWith("/api/auth/")) {
    const file = path.join(appFolder, "api/auth/[...nextauth]/route.ts");
    const handler = (await loadRoute(file))[method];
    return isHandler(handler)
      ? { handler, params: { nextauth: pathname.slice("/api/auth/".length).split("/") } }
      : null;
  }
  for (const { pattern, names, file } of routes) {
    const match = pattern.exec(pathname);
    if (match === null) continue;
    const handler = (await loadRoute(file))[method];
    if (!isHandler(handler)) continue;
    const params = Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? "")]));
    return { handler, params };
  }
  return null;
}

function isHandler(value: unknown): value is Handler {
  return typeof value === "function";
}
