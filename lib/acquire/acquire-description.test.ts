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
    [410, "", "not-found"],
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
