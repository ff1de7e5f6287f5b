import type { IncomingMessage, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createAddressGuard } from "../http/index.ts";
import type { ProbeTarget } from "../model/index.ts";
import { acquireDescription } from "./acquire-description.ts";
import { documentText as document, serveModel } from "./testdata/serve-model.ts";

async function serve(
  answer: (req: IncomingMessage, res: ServerResponse) => void,
): Promise<{ port: number; asked: string[] }> {
  const asked: string[] = [];
  const { port } = await serveModel((req, res) => {
    asked.push(`${req.method ?? ""} ${req.url ?? ""}`);
    answer(req, res);
  });
  return { port, asked };
}

function targetAt(port: number, change: Partial<ProbeTarget> = {}): ProbeTarget {
  return {
    revision: "model",
    line: "main",
    probeKey: "key",
    server: "fastapi",
    protocol: "rest",
    modelName: null,
    examples: [],
    headers: [],
    declared: null,
    addresses: [{ scheme: "http", host: "127.0.0.1", port, hostHeader: "model.team.svc" }],
    basePath: "",
    prefixes: [],
    composed: null,
    admission: null,
    mayWake: false,
    isMeshed: false,
    hold: null,
    ...change,
  };
}

async function ask(
  target: ProbeTarget,
  change: {
    etag?: string;
    failures?: number;
    bodyBytesMax?: number;
    timeoutMs?: number;
    allow?: string;
    configMap?: string | null;
  } = {},
) {
  const port = String(target.addresses[0]?.port ?? 0);
  return acquireDescription(target, {
    guard: createAddressGuard({ allowHosts: [change.allow ?? `127.0.0.1:${port}`] }),
    etag: change.etag ?? null,
    bodyBytesMax: change.bodyBytesMax ?? 100_000,
    failures: change.failures ?? 0,
    last: null,
    readConfigMap: async () => change.configMap ?? null,
    readDescription: async () => null,
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
    [410, "", "not-found"],
    [418, "", "not-found"],
    [429, "", "server-error"],
    [500, "", "server-error"],
    [304, "", "wrong-type"],
    [204, "", "wrong-type"],
    [206, '{"openapi":"3.1.0"}', "wrong-type"],
    [200, "", "wrong-type"],
    [200, "\ufeff<html><body>Docs: openapi: yes</body></html>", "html"],
    [200, "<!-- built --><!doctype html>", "html"],
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

  it("a document, though it calls itself a page; a page, though it calls itself a document", async () => {
    const { port } = await serve((_, res) => {
      res.setHeader("content-type", "text/html").end(document);
    });
    expect((await ask(targetAt(port))).outcome.kind).toBe("fetched");
    const page = await serve((_, res) => {
      res.setHeader("content-type", "application/json").end("<!doctype html><script>openapi: 1</script>");
    });
    expect((await ask(targetAt(page.port))).outcome).toMatchObject({ failure: "html" });
    const bare = await serve((_, res) => {
      res.setHeader("content-type", "text/html").end("hello");
    });
    expect((await ask(targetAt(bare.port))).outcome).toMatchObject({ failure: "html" });
  });

  it("YAML", async () => {
    const { port } = await serve((_, res) => {
      res.end("# ours\nopenapi: 3.1.0\npaths: {}\n");
    });
    expect((await ask(targetAt(port))).outcome.kind).toBe("fetched");
  });

  it("a refusal whose body never ends is still that refusal", async () => {
    const { port } = await serve((_, res) => {
      res.writeHead(401).write("wait");
    });
    expect((await ask(targetAt(port))).outcome).toMatchObject({ failure: "unauthorized" });
  });

  it("an answer that breaks off, or is damaged, is the server's failure and no reason to ask elsewhere", async () => {
    const good = await serve((_, res) => {
      res.end(document);
    });
    const { port } = await serve((_, res) => {
      res.writeHead(200, { "content-length": "100000" }).write("{");
      setTimeout(() => res.socket?.destroy(), 20);
    });
    const target = targetAt(port);
    const addresses = [...target.addresses, ...targetAt(good.port).addresses];
    const { outcome } = await ask({ ...target, addresses }, { allow: "127.0.0.1" });
    expect(outcome).toMatchObject({ kind: "failed", failure: "server-error" });
    expect(good.asked).toEqual([]);
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
    const large = await ask(targetAt(1, { declared }), { configMap: document, bodyBytesMax: 10 });
    expect(large.outcome).toMatchObject({ failure: "too-large" });
  });

  it("a path that the owner names, on the port that they name, and nowhere else", async () => {
    const { port, asked } = await serve((_, res) => {
      res.writeHead(404).end();
    });
    const declared = { kind: "path", path: "/docs/ä b.json#part", port } as const;
    const { outcome } = await ask(targetAt(1, { declared }), { allow: "127.0.0.1" });
    expect(outcome).toMatchObject({ failure: "not-found" });
    expect(asked).toEqual(["GET /docs/%C3%A4%20b.json"]);
  });

  it.each(["http://10.0.0.1/", "docs", "/a\nb", "/\ud800"])(
    "an annotated path that is none (%j), without a request",
    async (path) => {
      const { port, asked } = await serve((_, res) => {
        res.end(document);
      });
      const { outcome, requests } = await ask(targetAt(port, { declared: { kind: "path", path, port: null } }));
      expect(outcome).toMatchObject({ failure: "refused-address" });
      expect(requests).toBe(0);
      expect(asked).toEqual([]);
    },
  );

  it("an annotated URL of a listed host, without showing what its query says", async () => {
    const { port, asked } = await serve((_, res) => {
      res.end(document);
    });
    const url = `http://127.0.0.1:${String(port)}/docs.json?key=secret`;
    const { outcome } = await ask(targetAt(1, { declared: { kind: "url", url } }), {
      allow: `127.0.0.1:${String(port)}`,
    });
    expect(outcome).toMatchObject({ kind: "fetched", origin: "declared" });
    expect(asked).toEqual(["GET /docs.json?key=secret"]);
    expect(JSON.stringify({ ...outcome, body: null })).not.toContain("secret");
  });

  it.each([
    "nonsense",
    "ftp://127.0.0.1/x",
    "file:///etc/passwd",
    "http://user:pass@127.0.0.1/x",
    "http://:pass@127.0.0.1/",
  ])("an annotated URL that is none to ask (%s), without a request", async (url) => {
    const { outcome, requests } = await ask(targetAt(1, { declared: { kind: "url", url } }), { allow: "127.0.0.1" });
    expect(outcome).toMatchObject({ failure: "refused-address" });
    expect(JSON.stringify(outcome)).not.toContain("pass@");
    expect(requests).toBe(0);
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
    expect(requests).toBe(1);
  });
});

describe("which paths are asked", () => {
  it("MLServer at its model's own document, never at /openapi.json", async () => {
    const { port, asked } = await serve((req, res) => {
      res.writeHead(req.url === "/v2/docs/dataplane.json" ? 200 : 404).end(document);
    });
    await ask(targetAt(port, { server: "mlserver", modelName: "churn" }));
    expect(asked).toEqual([
      "GET /v2/models/churn/docs/dataplane.json",
      "GET /v2/docs/dataplane.json",
      "GET /v2/models/churn",
    ]);
  });

  it.each([
    ["kserve", ["GET /openapi.json"]],
    ["unknown-http", ["GET /openapi.json", "GET /swagger.json"]],
    ["flask", ["GET /openapi.json", "GET /swagger.json", "GET /apispec_1.json", "GET /openapi/openapi.json"]],
    [
      "fastapi",
      [
        "GET /openapi.json",
        "GET /churn/openapi.json",
        "GET /api/openapi.json",
        "GET /api/v1/openapi.json",
        "GET /docs",
      ],
    ],
  ] as const)("the usual places of %s, the prefix of its route among them", async (server, places) => {
    const { port, asked } = await serve((_, res) => {
      res.writeHead(404).end();
    });
    const { outcome } = await ask(targetAt(port, { server, prefixes: server === "fastapi" ? ["/churn"] : [] }));
    expect(asked).toEqual(places);
    expect(outcome).toMatchObject({ kind: "failed", failure: "not-found" });
  });

  it("the place that a FastAPI application's own page names", async () => {
    const { port, asked } = await serve((req, res) => {
      if (req.url === "/docs") res.end(`<html><script>SwaggerUIBundle({ url: '/meta/spec.json', dom_id: 1 })</script>`);
      else res.writeHead(req.url === "/meta/spec.json" ? 200 : 404).end(document);
    });
    expect((await ask(targetAt(port))).outcome).toMatchObject({ kind: "fetched" });
    expect(asked.slice(-2)).toEqual(["GET /docs", "GET /meta/spec.json"]);
  });

  it.each(["//evil.test/x.json", "https://evil.test/x.json"])("never the place %s that a page names", async (place) => {
    const { port, asked } = await serve((req, res) => {
      if (req.url === "/docs") res.end(`<html><script>SwaggerUIBundle({ url: '${place}' })</script>`);
      else res.writeHead(404).end();
    });
    await ask(targetAt(port));
    expect(asked.at(-1)).toBe("GET /docs");
  });

  it("the next place after a page, and no other after an answer that may have run the model", async () => {
    const page = await serve((req, res) => {
      res.end(req.url === "/swagger.json" ? document : "<!doctype html>");
    });
    expect((await ask(targetAt(page.port, { server: "flask" }))).outcome.kind).toBe("fetched");
    const model = await serve((_, res) => {
      res.end('{"predictions": []}');
    });
    expect((await ask(targetAt(model.port))).outcome).toMatchObject({ kind: "failed", failure: "wrong-type" });
    expect(model.asked).toEqual(["GET /openapi.json"]);
  });

  it("says all places where there was nothing, and the most telling answer", async () => {
    const { port } = await serve((req, res) => {
      if (req.url === "/swagger.json") res.end("<html>");
      else res.writeHead(404).end();
    });
    const { outcome } = await ask(targetAt(port, { server: "flask" }));
    expect(outcome).toMatchObject({ kind: "failed", failure: "html" });
    expect(outcome).toMatchObject({
      message: expect.stringContaining("GET /openapi.json, GET /apispec_1.json, GET /openapi/openapi.json") as string,
    });
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

describe("a model at rest", () => {
  it("is woken by one question where its owner allows it", async () => {
    const { port } = await serve((_, res) => {
      res.end(document);
    });
    const target = targetAt(port, { hold: "scaled-to-zero", mayWake: true });
    expect((await ask(target)).outcome.kind).toBe("fetched");
    expect((await ask({ ...target, hold: "stopped" })).outcome.kind).toBe("held");
    expect((await ask({ ...target, addresses: [] })).outcome.kind).toBe("held");
  });

  it("has its description all the same where nothing is asked for it", async () => {
    const target = targetAt(1, { server: "nuclio", hold: "scaled-to-zero" });
    expect(await ask(target)).toMatchObject({ outcome: { kind: "fetched", origin: "derived" }, requests: 0 });
    expect((await ask({ ...target, hold: "ignored" })).outcome.kind).toBe("held");
  });
});

describe("why it cannot be reached", () => {
  const admission = { policies: ["deny-all"], manifest: "kind: NetworkPolicy" };

  it("the NetworkPolicy that keeps the portal out, with the one that would let it in", async () => {
    const { outcome } = await ask(targetAt(1, { admission }));
    expect(outcome).toMatchObject({ kind: "failed", failure: "unreachable", admission });
    expect(outcome).toMatchObject({ message: expect.stringContaining("deny-all") as string });
  });

  it("says nothing of a policy where something answers", async () => {
    const { port } = await serve((_, res) => {
      res.writeHead(500).end();
    });
    expect((await ask(targetAt(port, { admission }))).outcome).toMatchObject({
      failure: "server-error",
      admission: null,
    });
  });

  it("a mesh that takes nothing but its own TLS", async () => {
    const { port } = await serve((req) => req.socket.destroy());
    expect((await ask(targetAt(port, { isMeshed: true }))).outcome).toMatchObject({ failure: "mutual-tls" });
    expect((await ask(targetAt(port))).outcome).toMatchObject({ failure: "server-error" });
  });
});

describe("what a document lacks", () => {
  const target = { server: "mlserver", modelName: "churn", protocol: "open-inference" } as const;
  const serving = (status: number) =>
    serve((req, res) => {
      if (req.url === "/v2/models/churn/docs/dataplane.json") res.setHeader("etag", '"1"').end(document);
      else res.writeHead(status).end();
    });

  it("is not waited for where the model never says it", async () => {
    for (const status of [401, 404]) {
      const { port } = await serving(status);
      expect((await ask(targetAt(port, target))).outcome).toMatchObject({ kind: "fetched", addition: null });
    }
  });

  it("is waited for once where it fails for now", async () => {
    const { port } = await serving(503);
    expect((await ask(targetAt(port, target))).outcome).toMatchObject({ kind: "failed", failure: "server-error" });
    expect((await ask(targetAt(port, target), { failures: 1 })).outcome).toMatchObject({ kind: "fetched" });
  });

  it("is asked for although the document is the same", async () => {
    const conditions: (string | undefined)[] = [];
    const { port, asked } = await serve((req, res) => {
      conditions.push(req.headers["if-none-match"]);
      res.end(document);
    });
    await ask(targetAt(port, target), { etag: '"1"' });
    expect(conditions).toEqual([undefined, undefined]);
    expect(asked).toHaveLength(2);
  });
});

describe("what is derived where there is no document", () => {
  const metadata = JSON.stringify({
    name: "churn",
    versions: ["1"],
    platform: "onnx",
    inputs: [{ name: "x", datatype: "FP32", shape: [-1, 2] }],
    outputs: [{ name: "y", datatype: "FP32", shape: [-1] }],
  });
  const triton = { server: "triton", modelName: "churn", protocol: "triton" } as const;

  it("is made of what the model says of itself, and says so", async () => {
    const { port, asked } = await serve((req, res) => {
      if (req.url === "/v2/models/churn") res.end(metadata);
      else res.writeHead(404).end();
    });
    const { outcome, requests } = await ask(targetAt(port, triton));
    if (outcome.kind !== "fetched") throw new Error(JSON.stringify(outcome));
    expect(outcome.origin).toBe("derived");
    expect(outcome.place).toMatch(/^derived from GET \/v2\/models\/churn at 127\.0\.0\.1:\d+/);
    expect(Buffer.from(outcome.body).toString()).toContain('"/v2/models/churn/infer"');
    expect(asked).toEqual(["GET /v2/models/churn", "GET /v2/models/churn/config"]);
    expect(requests).toBe(2);
  });

  it("is nothing where the model cannot be asked now: half a description would be taken for a change", async () => {
    const { port } = await serve((req, res) => {
      if (req.url === "/v2/models/churn") res.end(metadata);
      else res.writeHead(503).end();
    });
    expect((await ask(targetAt(port, triton))).outcome).toMatchObject({ kind: "failed", failure: "server-error" });
  });

  it.each([
    ["a web page", "<html></html>", "wrong-type"],
    ["more than metadata ever is", `"${"x".repeat(200_000)}"`, "too-large"],
  ])("is nothing where the model answers %s", async (_, text, failure) => {
    const { port } = await serve((__, res) => res.end(text));
    expect((await ask(targetAt(port, triton))).outcome).toMatchObject({ kind: "failed", failure });
  });

  it("is nothing where the server knows no model, and its owner is told what to do", async () => {
    const { port, asked } = await serve((req, res) => {
      if (req.method === "POST") res.end("[]");
      else res.writeHead(404).end();
    });
    const { outcome } = await ask(targetAt(port, { server: "triton" }));
    expect(outcome).toMatchObject({ kind: "none" });
    expect("advice" in outcome ? outcome.advice : "").toContain("openapi-path");
    expect(asked).toEqual(["POST /v2/repository/index"]);
  });

  it("asks with the header that tells the models of one address apart", async () => {
    let said: unknown;
    const { port } = await serve((req, res) => {
      said = req.headers["seldon-model"];
      res.end(metadata);
    });
    const headers = [{ name: "Seldon-Model", value: "churn" }];
    const target = targetAt(port, { server: "seldon-mesh", protocol: "open-inference", modelName: "churn", headers });
    expect((await ask(target)).outcome).toMatchObject({ kind: "fetched", origin: "derived" });
    expect(said).toBe("churn");
  });

  it("asks no pipeline, and describes it by its protocol", async () => {
    const { port, asked } = await serve((_, res) => res.end(metadata));
    const headers = [{ name: "Seldon-Model", value: "churn.pipeline" }];
    const target = targetAt(port, { server: "seldon-mesh", protocol: "open-inference", modelName: "churn", headers });
    expect((await ask(target)).outcome).toMatchObject({ kind: "fetched", origin: "derived" });
    expect(asked).toEqual([]);
  });

  it("goes with a document that lacks it, which stays what the server said", async () => {
    const { port } = await serve((req, res) => res.end(req.url === "/v2/models/churn" ? metadata : document));
    const { outcome } = await ask(targetAt(port, { server: "mlserver", modelName: "churn" }));
    if (outcome.kind !== "fetched") throw new Error(JSON.stringify(outcome));
    expect(outcome).toMatchObject({ origin: "fetched", addition: { kind: "tensors", model: "churn" } });
    expect(Buffer.from(outcome.body).toString()).toBe(document);
  });
});
