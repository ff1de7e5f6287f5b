import { createServer as createTlsServer } from "node:tls";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createAddressGuard } from "./address-guard.ts";
import type { AddressGuard } from "./address-guard.ts";
import { openStream } from "./open-stream.ts";
import type { StreamOutcome, StreamRequest } from "./open-stream.ts";
import { StreamCut } from "./outcomes.ts";
import { serveHttp, serveSocket } from "./testdata/serve.ts";

const guard = createAddressGuard({ allowHosts: ["127.0.0.1"] });

function requestTo(port: number, change: Partial<StreamRequest> = {}): StreamRequest {
  return {
    address: { scheme: "http", host: "127.0.0.1", port, hostHeader: null },
    origin: "observed",
    method: "GET",
    path: "/",
    headers: {},
    connectTimeoutMs: 1_000,
    headersTimeoutMs: 2_000,
    idleTimeoutMs: 2_000,
    totalTimeoutMs: 5_000,
    bodyBytesMax: 100_000,
    ...change,
  };
}

function answerOf(outcome: StreamOutcome): Extract<StreamOutcome, { kind: "response" }> {
  if (outcome.kind !== "response") throw new Error(`No answer: ${outcome.kind}, ${outcome.reason}.`);
  return outcome;
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

async function cutOf(body: AsyncIterable<Uint8Array>): Promise<StreamCut["reason"] | "none"> {
  try {
    await textOf(body);
    return "none";
  } catch (err) {
    if (err instanceof StreamCut) return err.reason;
    throw err;
  }
}

/** Sends to a server and reads it to its cut. */
async function cutAt(port: number, change: Partial<StreamRequest> = {}): Promise<StreamCut["reason"] | "none"> {
  return cutOf(answerOf(await openStream(guard, requestTo(port, change))).body);
}

describe("a request", () => {
  it("carries what it is given, the route's host, and nothing of the portal's", async () => {
    const { port, asked } = await serveHttp((req, res) => req.pipe(res));
    const outcome = await openStream(
      guard,
      requestTo(port, {
        address: { scheme: "http", host: "127.0.0.1", port, hostHeader: "churn.example" },
        method: "POST",
        path: "/predict?a=1",
        headers: { authorization: "Bearer own" },
        body: Buffer.from("hello"),
      }),
    );
    expect(await textOf(answerOf(outcome).body)).toBe("hello");
    expect(asked[0]).toMatchObject({ method: "POST", url: "/predict?a=1" });
    expect(asked[0]?.headers).toEqual({
      authorization: "Bearer own",
      host: "churn.example",
      connection: "close",
      "content-length": "5",
    });
  });

  it.each([
    ["a path with a line break", { path: "/a\r\nx: y" }],
    ["a path beyond Latin 1", { path: "/\u4e2d" }],
    ["a header with a line break", { headers: { "x-a": "1\r\nx-b: 2" } }],
    ["a header of no name", { headers: { "x a": "1" } }],
  ] satisfies readonly [string, Partial<StreamRequest>][])(
    "with %s is not sent, and does not throw",
    async (_, change) => {
      const { port, asked } = await serveHttp((_req, res) => res.end());
      expect(await openStream(guard, requestTo(port, change))).toMatchObject({ kind: "unsendable" });
      expect(asked).toEqual([]);
    },
  );

  it("to what may not be called is not sent", async () => {
    const { port, asked } = await serveHttp((_, res) => res.end());
    const strict = createAddressGuard({ allowHosts: [] });
    expect(await openStream(strict, requestTo(port))).toMatchObject({ kind: "refused-address" });
    expect(asked).toEqual([]);
  });
});

describe("why there is no answer", () => {
  it("nobody listens", async () => {
    expect(await openStream(guard, requestTo(1))).toMatchObject({ kind: "unreachable", silent: false });
  });

  it("a listed name has no address", async () => {
    const named = createAddressGuard({ allowHosts: ["models.example"], resolve: async () => [] });
    const address = { scheme: "http", host: "models.example", port: 80, hostHeader: null } as const;
    expect(await openStream(named, requestTo(80, { address }))).toMatchObject({ kind: "unreachable" });
  });

  it("a connection, and then silence", async () => {
    const { port, open } = await serveSocket((socket) => socket.resume());
    expect(await openStream(guard, requestTo(port, { headersTimeoutMs: 100 }))).toMatchObject({ kind: "timed-out" });
    await vi.waitUntil(() => open() === 0);
  });

  it("headers that trickle in for ever", async () => {
    const { port } = await serveSocket((socket) => {
      socket.write("HTTP/1.1 200 OK\r\n");
      const timer = setInterval(() => socket.write("x-a: b\r\n"), 20);
      socket.once("close", () => {
        clearInterval(timer);
      });
    });
    expect(await openStream(guard, requestTo(port, { headersTimeoutMs: 200 }))).toMatchObject({ kind: "timed-out" });
  });

  it.each([
    ["what is no HTTP", "220 smtp ready\r\n"],
    ["headers without end", `HTTP/1.1 200 OK\r\nx: ${"y".repeat(70_000)}\r\n\r\n`],
    ["another protocol", "HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n"],
    ["nothing at all", ""],
  ])("%s", async (_, bytes) => {
    const { port } = await serveSocket((socket) => {
      socket.once("data", () => socket.end(bytes));
    });
    expect(await openStream(guard, requestTo(port))).toMatchObject({ kind: "broken" });
  });

  it("plain HTTP where TLS is expected", async () => {
    const { port } = await serveHttp((_, res) => res.end());
    const address = { scheme: "https", host: "127.0.0.1", port, hostHeader: null } as const;
    expect(await openStream(guard, requestTo(port, { address }))).toMatchObject({ kind: "tls" });
  });

  it("a server that cannot agree on TLS", async () => {
    const server = createTlsServer({});
    server.on("tlsClientError", () => undefined);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      server.close();
    });
    const bound = server.address();
    const port = typeof bound === "object" && bound !== null ? bound.port : 0;
    const address = { scheme: "https", host: "127.0.0.1", port, hostHeader: "churn.example" } as const;
    expect(await openStream(guard, requestTo(port, { address }))).toMatchObject({ kind: "tls" });
  });

  it("whoever asked left", async () => {
    const { port, open } = await serveSocket((socket) => socket.resume());
    const leaving = new AbortController();
    const outcome = openStream(guard, requestTo(port, { signal: leaving.signal }));
    await vi.waitUntil(() => open() === 1);
    leaving.abort();
    expect(await outcome).toMatchObject({ kind: "stopped" });
    await vi.waitUntil(() => open() === 0);
    expect(await openStream(guard, requestTo(port, { signal: leaving.signal }))).toMatchObject({ kind: "stopped" });
  });
});

describe("a body", () => {
  it("arrives piece by piece", async () => {
    let finish: () => void = () => undefined;
    const { port } = await serveHttp((_, res) => {
      res.write("one");
      finish = () => res.end("two");
    });
    const chunks = answerOf(await openStream(guard, requestTo(port))).body[Symbol.asyncIterator]();
    expect(String((await chunks.next()).value)).toBe("one");
    finish();
    expect(String((await chunks.next()).value)).toBe("two");
    expect((await chunks.next()).done).toBe(true);
  });

  it.each([
    ["gzip", gzipSync("fine")],
    ["deflate", deflateSync("fine")],
    ["br", brotliCompressSync("fine")],
  ])("is opened where it is %s", async (encoding, bytes) => {
    const { port } = await serveHttp((_, res) => res.setHeader("content-encoding", encoding).end(bytes));
    expect(await textOf(answerOf(await openStream(guard, requestTo(port))).body)).toBe("fine");
  });

  it.each([
    ["gzip", gzipSync(Buffer.alloc(50_000_000))],
    ["br", brotliCompressSync(Buffer.alloc(50_000_000))],
  ])("is cut at its limit after it is opened (%s bomb)", async (encoding, bytes) => {
    const { port, open } = await serveHttp((_, res) => res.setHeader("content-encoding", encoding).end(bytes));
    expect(await cutAt(port)).toBe("too-large");
    await vi.waitUntil(() => open() === 0);
  });

  it("is cut at its limit where it says that it is short", async () => {
    const { port } = await serveSocket((socket) => {
      socket.once("data", () => {
        socket.write("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n");
        socket.end("x".repeat(500_000));
      });
    });
    expect(await textOf(answerOf(await openStream(guard, requestTo(port))).body)).toBe("x".repeat(10));
    const chunked = await serveHttp((_, res) => {
      res.write("x".repeat(60_000));
      res.end("x".repeat(60_000));
    });
    expect(await cutAt(chunked.port)).toBe("too-large");
  });

  it.each([
    ["fewer bytes than it says", "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort"],
    ["chunks without their end", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n"],
    ["chunks that are none", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nhello\r\n"],
    ["damaged compression", "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 7\r\n\r\nno gzip"],
  ])("is cut as broken: %s", async (_, bytes) => {
    const { port } = await serveSocket((socket) => {
      socket.once("data", () => socket.end(bytes));
    });
    const outcome = await openStream(guard, requestTo(port));
    expect(outcome.kind === "response" ? await cutOf(outcome.body) : outcome.kind).toBe("broken");
  });

  it("is cut where the other side falls silent, and where it never ends", async () => {
    const silent = await serveHttp((_, res) => res.write("begun"));
    expect(await cutAt(silent.port, { idleTimeoutMs: 100 })).toBe("timed-out");
    const endless = await serveHttp((_, res) => {
      const timer = setInterval(() => res.write("."), 10);
      res.once("close", () => {
        clearInterval(timer);
      });
    });
    expect(await cutAt(endless.port, { idleTimeoutMs: 150, totalTimeoutMs: 400 })).toBe("timed-out");
    await vi.waitUntil(() => silent.open() === 0 && endless.open() === 0);
  });

  it("waits for a slow reader: only the other side's silence counts", async () => {
    const { port } = await serveHttp((_, res) => {
      res.write("one");
      setTimeout(() => res.end("two"), 50);
    });
    const chunks = answerOf(await openStream(guard, requestTo(port, { idleTimeoutMs: 200 }))).body[
      Symbol.asyncIterator
    ]();
    await chunks.next();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(String((await chunks.next()).value)).toBe("two");
  });

  it.each([204, 205, 304])("of a %d is empty, whatever the server sends", async (status) => {
    const { port, open } = await serveSocket((socket) => {
      socket.once("data", () => {
        socket.write(`HTTP/1.1 ${String(status)} X\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n`);
      });
    });
    expect(await textOf(answerOf(await openStream(guard, requestTo(port))).body)).toBe("");
    await vi.waitUntil(() => open() === 0);
  });

  it("of a HEAD is empty", async () => {
    const { port } = await serveHttp((_, res) => res.setHeader("content-length", "5").end());
    expect(await textOf(answerOf(await openStream(guard, requestTo(port, { method: "HEAD" }))).body)).toBe("");
  });
});

describe("a reader that leaves", () => {
  const endless = () => serveHttp((_, res) => res.write("begun"));

  it("before the first piece ends the connection", async () => {
    const { port, open } = await endless();
    const { body } = answerOf(await openStream(guard, requestTo(port)));
    await body[Symbol.asyncIterator]().return?.();
    await vi.waitUntil(() => open() === 0);
  });

  it("while a read waits ends the connection and that read", async () => {
    const { port, open } = await endless();
    const chunks = answerOf(await openStream(guard, requestTo(port))).body[Symbol.asyncIterator]();
    await chunks.next();
    const waiting = chunks.next();
    await chunks.return?.();
    await expect(waiting).rejects.toBeInstanceOf(StreamCut);
    await vi.waitUntil(() => open() === 0);
  });

  it("and never read at all costs a connection only until the total time", async () => {
    const { port, open } = await endless();
    answerOf(await openStream(guard, requestTo(port, { totalTimeoutMs: 200 })));
    await vi.waitUntil(() => open() === 0);
  });

  it("by its signal ends the body as stopped", async () => {
    const { port } = await endless();
    const leaving = new AbortController();
    const { body } = answerOf(await openStream(guard, requestTo(port, { signal: leaving.signal })));
    const cut = cutOf(body);
    setTimeout(() => {
      leaving.abort();
    }, 50);
    expect(await cut).toBe("stopped");
  });
});

describe("how many connections there are", () => {
  it("is limited, to one address and over all, and a place comes free with its connection", async () => {
    const narrow: AddressGuard = createAddressGuard({
      allowHosts: ["127.0.0.1"],
      connectionsMax: { overall: 3, perAddress: 2 },
    });
    const [one, two] = [await serveHttp((_, res) => res.write("a")), await serveHttp((_, res) => res.write("b"))];
    const open = async (port: number) => openStream(narrow, requestTo(port));
    const first = answerOf(await open(one.port));
    answerOf(await open(one.port));
    expect(await open(one.port)).toMatchObject({ kind: "busy" });
    answerOf(await open(two.port));
    expect(await open(two.port)).toMatchObject({ kind: "busy" });
    await first.body[Symbol.asyncIterator]().return?.();
    await vi.waitUntil(() => one.open() === 1);
    expect((await open(two.port)).kind).toBe("response");
  });

  it("counts what fails too: nothing is kept after a hundred failures", async () => {
    const narrow = createAddressGuard({ allowHosts: ["127.0.0.1"], connectionsMax: { overall: 2, perAddress: 2 } });
    const { port } = await serveSocket((socket) => socket.destroy());
    for (let count = 0; count < 50; count += 1) {
      expect((await openStream(narrow, requestTo(port))).kind).toMatch(/broken|unreachable/);
      expect((await openStream(narrow, requestTo(port, { path: "/\n" }))).kind).toBe("unsendable");
    }
  });
});
