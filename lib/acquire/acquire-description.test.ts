import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { createAddressGuard } from "../http/index.ts";
import type { AcquisitionRecord, ProbeTarget } from "../model/index.ts";
import { acquireDescription } from "./acquire-description.ts";
import { shouldAsk } from "./should-ask.ts";

const document = JSON.stringify({ openapi: "3.1.0", info: { title: "Model", version: "1" }, paths: {} });
const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(
  answer: (req: IncomingMessage, res: ServerResponse) => void,
): Promise<{ port: number; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((req, res) => {
    asked.push(`${req.method ?? ""} ${req.url ?? ""}`);
    answer(req, res);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return { port: typeof address === "object" && address !== null ? address.port : 0, asked };
}

function targetAt(port: number, change: Partial<ProbeTarget> = {}): ProbeTarget {
  return {
    revision: "model",
    probeKey: "key",
    server: "fastapi",
    modelName: null,
    declared: null,
    addresses: [{ scheme: "http", host: "127.0.0.1", port, hostHeader: "model.team.svc" }],
    basePath: "",
    hold: null,
    ...change,
  };
}

async function ask(
  target: ProbeTarget,
  change: { etag?: string; bodyBytesMax?: number; timeoutMs?: number; allow?: string; configMap?: string | null } = {},
) {
  const port = String(target.addresses[0]?.port ?? 0);
  return acquireDescription(target, {
    guard: createAddressGuard({ allowHosts: [change.allow ?? `127.0.0.1:${port}`] }),
    etag: change.etag ?? null,
    bodyBytesMax: change.bodyBytesMax ?? 100_000,
    readConfigMap: async () => change.configMap ?? null,
    timeoutMs: change.timeoutMs ?? 2_000,
  });
}

describe("what comes of asking", () => {
  it("a description, with the Host header that the cluster would send", async () => {
    let host: string | undefined;
    const { port, asked } = await serve((req, res) => {
      host = req.headers.host;
      res.setHeader("etag", '"1"');
      res.end(document);
    });
    const { outcome, requests } = await ask(targetAt(port));
    expect(outcome).toMatchObject({ kind: "fetched", origin: "fetched", etag: '"1"' });
    expect(requests).toBe(1);
    expect(asked).toEqual(["GET /openapi.json"]);
    expect(host).toBe("model.team.svc");
  });

  it("nothing new, where the server knows what is kept", async () => {
    const { port } = await serve((req, res) => {
      res.writeHead(req.headers["if-none-match"] === '"1"' ? 304 : 200).end();
    });
    expect((await ask(targetAt(port), { etag: '"1"' })).outcome.kind).toBe("unchanged");
  });

  it.each([
    [401, "", "unauthorized"],
    [403, "", "forbidden"],
    [404, "", "not-found"],
    [500, "", "server-error"],
    [200, "<!doctype html><title>Docs</title>", "html"],
    [200, "ok", "wrong-type"],
    [200, '{"predictions":[1]}', "wrong-type"],
  ] as const)("an answer %s %s is %s, with advice", async (status, body, failure) => {
    const { port } = await serve((_, res) => {
      res.writeHead(status).end(body);
    });
    const { outcome } = await ask(targetAt(port));
    expect(outcome).toMatchObject({ kind: "failed", failure });
    expect(outcome.kind === "failed" && outcome.advice.length > 20).toBe(true);
  });

  it("a redirect, which is not followed", async () => {
    const other = await serve((_, res) => {
      res.end(document);
    });
    const { port } = await serve((_, res) => {
      res.writeHead(302, { location: `http://127.0.0.1:${String(other.port)}/openapi.json` }).end();
    });
    expect((await ask(targetAt(port), { allow: "127.0.0.1" })).outcome).toMatchObject({
      kind: "failed",
      failure: "redirected",
    });
    expect(other.asked).toEqual([]);
  });

  it("a body over the limit, a compressed one after it is opened", async () => {
    const plain = await serve((_, res) => {
      res.end(document + " ".repeat(200_000));
    });
    expect((await ask(targetAt(plain.port))).outcome).toMatchObject({ failure: "too-large" });
    const bomb = await serve((_, res) => {
      res.setHeader("content-encoding", "gzip");
      res.end(gzipSync(Buffer.alloc(5_000_000, 32)));
    });
    expect((await ask(targetAt(bomb.port))).outcome).toMatchObject({ failure: "too-large" });
  });

  it("a body that never ends, or never begins, is a time-out", async () => {
    const endless = await serve((_, res) => {
      res.write('{"openapi":');
      const timer = setInterval(() => res.write(" "), 10);
      res.once("close", () => {
        clearInterval(timer);
      });
    });
    expect((await ask(targetAt(endless.port), { timeoutMs: 200 })).outcome).toMatchObject({ failure: "timed-out" });
    const silent = await serve(() => undefined);
    expect((await ask(targetAt(silent.port), { timeoutMs: 200 })).outcome).toMatchObject({ failure: "timed-out" });
  });

  it("an address that may not be called, without a request", async () => {
    const { port, asked } = await serve((_, res) => {
      res.end(document);
    });
    const { outcome, requests } = await ask(targetAt(port), { allow: "10.0.0.1" });
    expect(outcome).toMatchObject({ failure: "refused-address" });
    expect(requests).toBe(0);
    expect(asked).toEqual([]);
  });

  it("an annotated URL at the metadata service, without a request", async () => {
    const { outcome, requests } = await ask(
      targetAt(1, { declared: { kind: "url", url: "http://169.254.169.254/latest" } }),
    );
    expect(outcome).toMatchObject({ failure: "refused-address" });
    expect(requests).toBe(0);
  });

  it("a ConfigMap, as declared", async () => {
    const declared = { kind: "config-map", namespace: "team", name: "openapi", key: "openapi.yaml" } as const;
    expect((await ask(targetAt(1, { declared }), { configMap: document })).outcome).toMatchObject({
      kind: "fetched",
      origin: "declared",
    });
    expect((await ask(targetAt(1, { declared }))).outcome).toMatchObject({ failure: "config-map-missing" });
  });

  it("moves on to the next address only where there is no connection", async () => {
    const { port } = await serve((_, res) => {
      res.end(document);
    });
    const dead = { scheme: "http", host: "127.0.0.1", port: 1, hostHeader: null } as const;
    const target = targetAt(port);
    const { outcome, requests } = await ask(
      { ...target, addresses: [dead, ...target.addresses] },
      { allow: "127.0.0.1" },
    );
    expect(outcome.kind).toBe("fetched");
    expect(requests).toBe(2);
  });
});

describe("which paths are asked", () => {
  it("MLServer at its model's own document, never at /openapi.json", async () => {
    const { port, asked } = await serve((req, res) => {
      res.writeHead(req.url === "/v2/docs/dataplane.json" ? 200 : 404).end(document);
    });
    await ask(targetAt(port, { server: "mlserver", modelName: "churn" }));
    expect(asked).toEqual(["GET /v2/models/churn/docs/dataplane.json", "GET /v2/docs/dataplane.json"]);
  });

  it("a KServe server once, and what is not recognised once", async () => {
    for (const server of ["kserve", "unknown-http"] as const) {
      const { port, asked } = await serve((_, res) => {
        res.writeHead(404).end();
      });
      await ask(targetAt(port, { server }));
      expect(asked).toEqual(["GET /openapi.json"]);
    }
  });

  it("nothing where a model is at zero", async () => {
    const { port, asked } = await serve((_, res) => {
      res.end(document);
    });
    const { outcome, requests } = await ask(targetAt(port, { hold: "scaled-to-zero" }));
    expect(outcome).toEqual({ kind: "held", reason: "scaled-to-zero" });
    expect(requests).toBe(0);
    expect(asked).toEqual([]);
  });
});

describe("how often a model is asked", () => {
  async function live(
    hours: number,
    answer: (req: IncomingMessage, res: ServerResponse) => void,
  ): Promise<readonly string[]> {
    const { port, asked } = await serve(answer);
    const target = targetAt(port);
    let record = null as AcquisitionRecord | null;
    const start = Date.parse("2026-01-01T00:00:00Z");
    for (let minute = 0; minute < hours * 60; minute += 1) {
      const now = new Date(start + minute * 60_000);
      if (!shouldAsk(target, record, now).ask) continue;
      const { outcome, requests } = await ask(target);
      const failed = outcome.kind === "failed" ? outcome : null;
      record = {
        revision: "model",
        probeKey: target.probeKey,
        askedAt: now,
        outcome: outcome.kind === "unchanged" ? "fetched" : outcome.kind,
        failure: failed?.failure ?? null,
        place: null,
        message: null,
        advice: null,
        etag: null,
        requests: (record?.requests ?? 0) + requests,
      };
    }
    return asked;
  }

  it("once in an hour, and at most twice in a day, where all is well", async () => {
    const fine = (_: IncomingMessage, res: ServerResponse): void => {
      res.end(document);
    };
    expect(await live(1, fine)).toHaveLength(1);
    expect((await live(25, fine)).length).toBeLessThanOrEqual(2);
  });

  it("no oftener where it is behind a login", async () => {
    const closed = (_: IncomingMessage, res: ServerResponse): void => {
      res.writeHead(401).end();
    };
    expect((await live(25, closed)).length).toBeLessThanOrEqual(2);
  });

  it("a few times more where it failed in passing, then daily", async () => {
    const failing = (_: IncomingMessage, res: ServerResponse): void => {
      res.writeHead(503).end();
    };
    expect((await live(24, failing)).length).toBeLessThanOrEqual(4);
  });
});
