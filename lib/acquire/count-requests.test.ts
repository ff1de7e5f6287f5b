import type { IncomingMessage, ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { createAddressGuard } from "../http/index.ts";
import type { AddressGuard } from "../http/index.ts";
import type { AcquisitionRecord, PinnedAddress, ProbeTarget } from "../model/index.ts";
import { acquireDescription } from "./acquire-description.ts";
import { shouldAsk } from "./should-ask.ts";
import { documentText, serveModel } from "./testdata/serve-model.ts";

const minuteMs = 60_000;

type Life = {
  /** Requests by the day on which they came, the first is 0. */
  readonly byDay: readonly number[];
  readonly firstHour: number;
  readonly paths: readonly string[];
  readonly asks: number;
};

/** Lives with one model as the controller does, minute by minute on a clock of its own, against a real server. */
async function live(
  days: number,
  answer: ((req: IncomingMessage, res: ServerResponse) => void) | null,
  change: Partial<ProbeTarget> = {},
  addresses?: readonly PinnedAddress[],
  options: { readonly restarts?: boolean } = {},
): Promise<Life> {
  const model = answer === null ? null : await serveModel(answer);
  const address = { scheme: "http", host: "127.0.0.1", port: model?.port ?? 1, hostHeader: null } as const;
  const target: ProbeTarget = {
    revision: "model",
    line: "main",
    probeKey: "key",
    server: "fastapi",
    protocol: "rest",
    modelName: null,
    examples: [],
    headers: [],
    declared: null,
    addresses: addresses ?? [address],
    basePath: "",
    prefixes: [],
    composed: null,
    admission: null,
    mayWake: false,
    isMeshed: false,
    hold: null,
    ...change,
  };
  // A process has one guard: with another one begins another process, which remembers what the store does.
  const makeGuard = (): AddressGuard => createAddressGuard({ allowHosts: ["127.0.0.1"] });
  let guard = makeGuard();
  let record = null as AcquisitionRecord | null;
  const byDay = Array.from({ length: days }, () => 0);
  let firstHour = 0;
  let asks = 0;
  const start = Date.parse("2026-01-01T00:00:00Z");
  for (let minute = 0; minute < days * 24 * 60; minute += 1) {
    const now = new Date(start + minute * minuteMs);
    if (!shouldAsk(target, record, now).ask) continue;
    asks += 1;
    if (options.restarts === true) guard = makeGuard();
    const before = model?.asked.length ?? 0;
    const isAgain: boolean = record?.outcome === "failed";
    const { outcome, requests } = await acquireDescription(target, {
      guard,
      etag: record?.etag ?? null,
      bodyBytesMax: 100_000,
      failures: record?.failures ?? 0,
      last: record,
      readConfigMap: async () => null,
      readDescription: async () => null,
      timeoutMs: 500,
    });
    const came = (model?.asked.length ?? 0) - before;
    byDay[Math.floor(minute / (24 * 60))] = (byDay[Math.floor(minute / (24 * 60))] ?? 0) + came;
    if (minute < 60) firstHour += came;
    const failed = outcome.kind === "failed" ? outcome : null;
    record = {
      revision: target.revision,
      probeKey: target.probeKey,
      askedAt: now,
      outcome: outcome.kind === "unchanged" ? "fetched" : outcome.kind,
      failure: failed?.failure ?? null,
      origin: outcome.kind === "fetched" ? outcome.origin : (record?.origin ?? null),
      place: "place" in outcome ? outcome.place : null,
      message: null,
      advice: null,
      etag: outcome.kind === "fetched" ? outcome.etag : (record?.etag ?? null),
      requests: requests + (isAgain && failed !== null ? (record?.requests ?? 0) : 0),
      failures: failed === null ? 0 : 1 + (isAgain ? (record?.failures ?? 0) : 0),
      prefixes: target.prefixes,
      admission: failed?.admission ?? null,
    };
  }
  return { byDay, firstHour, paths: [...new Set(model?.asked.map(({ url }) => url ?? ""))], asks };
}

const refusing =
  (status: number) =>
  (_: IncomingMessage, res: ServerResponse): void => {
    res.writeHead(status).end();
  };
const servingAt =
  (path: string) =>
  (req: IncomingMessage, res: ServerResponse): void => {
    if (req.url !== path) res.writeHead(404).end();
    else if (req.headers["if-none-match"] === '"1"') res.writeHead(304).end();
    else res.setHeader("etag", '"1"').end(documentText);
  };

type Answer = (req: IncomingMessage, res: ServerResponse) => void;

const everywhere =
  (text: string): Answer =>
  (_, res) =>
    res.end(text);
const namedByPage: Answer = (req, res) => {
  if (req.url === "/docs") res.end("<script>ui({ url: '/hidden/openapi.json' })</script>");
  else servingAt("/hidden/openapi.json")(req, res);
};

describe("how many requests a model gets that nobody touches", () => {
  it.each([
    ["FastAPI", {}, "/openapi.json"],
    ["KServe", { server: "kserve" }, "/openapi.json"],
    ["something that speaks HTTP", { server: "unknown-http" }, "/openapi.json"],
  ] satisfies readonly [string, Partial<ProbeTarget>, string][])(
    "%s: one an hour, one a day",
    async (_, change, path) => {
      const life = await live(7, servingAt(path), change);
      expect(life.firstHour).toBe(1);
      expect(Math.max(...life.byDay)).toBe(1);
      expect(life.paths).toEqual([path]);
    },
  );

  it("MLServer: its document and its tensors, every day", async () => {
    const document = "/v2/models/churn/docs/dataplane.json";
    const life = await live(7, servingAt(document), { server: "mlserver", modelName: "churn" });
    expect(life.byDay).toEqual([2, 2, 2, 2, 2, 2, 2]);
    expect(life.paths).toEqual([document, "/v2/models/churn"]);
  });

  it.each([
    ["Triton", { server: "triton", modelName: "churn" }, 2],
    ["TensorFlow Serving", { server: "tensorflow-serving", modelName: "churn" }, 1],
    ["Ollama", { server: "ollama" }, 1],
    ["vLLM without documents", { server: "vllm" }, 2],
    ["KServe without documents", { server: "kserve", modelName: "churn", protocol: "kserve-v1" }, 2],
    ["MLflow 2", { server: "mlflow" }, 1],
    ["a function", { server: "nuclio" }, 0],
    ["a graph", { server: "inference-graph" }, 0],
  ] satisfies readonly [string, Partial<ProbeTarget>, number][])(
    "%s, which serves no description: as many as it takes to derive one, every day",
    async (_, change, expected) => {
      const answers: Readonly<Record<string, string>> = {
        "/v2/models/churn": '{"name": "churn", "inputs": [], "outputs": []}',
        "/v1/models/churn/metadata": '{"metadata": {"signature_def": {"signature_def": {"a": {}}}}}',
        "/v1/models/churn": '{"name": "churn", "ready": true}',
        "/v1/models": '{"data": [{"id": "m"}]}',
        "/api/tags": '{"models": []}',
      };
      const life = await live(
        5,
        (req, res) => {
          const text = answers[req.url ?? ""];
          if (text === undefined) res.writeHead(404).end();
          else res.end(text);
        },
        change,
      );
      expect(life.byDay).toEqual(Array.from({ length: 5 }, () => expected));
    },
  );

  it("found at its last place: all places once, then that place alone", async () => {
    const life = await live(7, servingAt("/api/v1/openapi.json"));
    expect(life.byDay[0]).toBe(3);
    expect(Math.max(...life.byDay.slice(1))).toBe(1);
  });

  it("found nowhere: all places once, then the likeliest alone", async () => {
    const life = await live(7, refusing(404));
    // Three documents and the page that could name a fourth.
    expect(life.byDay[0]).toBe(4);
    expect(Math.max(...life.byDay.slice(1))).toBe(1);
  });

  it.each([
    ["found at its last place", servingAt("/api/v1/openapi.json"), {}, 3],
    ["found at one that its page names", namedByPage, {}, 5],
    ["found nowhere", refusing(404), {}, 4],
    ["a page everywhere", everywhere("<!doctype html><title>Churn</title>"), {}, 4],
    ["derived", refusing(404), { server: "mlflow" }, 1],
  ] satisfies readonly [string, Answer, Partial<ProbeTarget>, number][])(
    "%s: a restart of the portal costs it no walk over all places",
    async (_, answer, change, atFirst) => {
      const life = await live(4, answer, change, undefined, { restarts: true });
      expect(life.byDay).toEqual([atFirst, 1, 1, 1]);
    },
  );

  it.each([401, 403, 302, 200, 204])("answering %d: one a day", async (status) => {
    expect(Math.max(...(await live(5, refusing(status))).byDay)).toBe(1);
  });

  it.each([500, 503, 429])("failing with %d: once more on the day that it begins, then one a day", async (status) => {
    const { byDay } = await live(5, refusing(status));
    expect(byDay[0]).toBe(2);
    expect(Math.max(...byDay.slice(1))).toBe(1);
  });

  it("breaking off: at most two a day", async () => {
    const { byDay } = await live(3, (req) => req.socket.destroy());
    expect(Math.max(...byDay)).toBe(2);
  });

  it("never, at zero", async () => {
    expect((await live(3, servingAt("/openapi.json"), { hold: "scaled-to-zero" })).byDay).toEqual([0, 0, 0]);
  });
});

describe("how often an address is tried where nobody listens", () => {
  it("a few times at growing distances, then once a day", async () => {
    expect((await live(1, null)).asks).toBe(6);
    expect((await live(8, null)).asks).toBeLessThanOrEqual(6 + 7);
  });

  it("no less patiently where there are several addresses", async () => {
    const dead = [1, 2, 3].map((port) => ({ scheme: "http", host: "127.0.0.1", port, hostHeader: null }) as const);
    expect((await live(1, null, {}, dead)).asks).toBe(6);
  });

  it("never in a tight loop where no address is known", async () => {
    expect((await live(1, null, {}, [])).asks).toBeLessThanOrEqual(24 * 6);
  });
});
