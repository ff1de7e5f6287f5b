import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { makeApi } from "../../test/integration/make-api.ts";
import { createTestDatabase } from "../../test/integration/postgres.ts";
import type { TestDatabase } from "../../test/integration/postgres.ts";
import { systemClock } from "../base/index.ts";
import type { TryRequest } from "../contract/index.ts";
import { createAddressGuard } from "../http/index.ts";
import type { ApiState, HttpMethod, Operation, PathMapping, Viewer } from "../model/index.ts";
import { readEndpoints } from "../store/index.ts";
import type { Store } from "../store/index.ts";
import { tryCall } from "./try-call.ts";
import type { TryOutcome } from "./try-call.ts";

let database: TestDatabase;
let model: Server;
let port = 0;
let asked: IncomingMessage[] = [];
let respond: (req: IncomingMessage, res: ServerResponse) => void;

const carla: Viewer = {
  kind: "person",
  userId: "01a00000-0000-7000-8000-000000000001",
  name: "Carla",
  email: null,
  role: "consumer",
  groups: [],
  via: "session",
};

function operation(method: HttpMethod, path: string): Operation {
  return {
    id: `${method.toUpperCase()} ${path}`,
    method,
    path,
    operationId: null,
    summary: "",
    tags: [],
    deprecated: false,
  };
}
const operations = [
  operation("post", "/predict"),
  operation("get", "/items/{id}"),
  operation("head", "/predict"),
  operation("post", "/churn"),
  operation("post", "/"),
  operation("post", "/rank:predict"),
];

beforeAll(async () => {
  database = await createTestDatabase();
  model = createServer((req, res) => {
    asked.push(req);
    respond(req, res);
  });
  await new Promise<void>((resolve) => model.listen(0, "127.0.0.1", resolve));
  const address = model.address();
  port = typeof address === "object" && address !== null ? address.port : 0;
});

afterAll(async () => {
  await database.drop();
  model.closeAllConnections();
  model.close();
});

beforeEach(async () => {
  asked = [];
  respond = (_, res) => {
    res.end("fine");
  };
  await database.store.db.auditEntry.deleteMany();
});

type Setting = {
  readonly state?: ApiState;
  readonly url?: string;
  readonly mapping?: Partial<PathMapping>;
  readonly server?: string;
  readonly allow?: readonly string[];
  readonly store?: Store;
  readonly signal?: AbortSignal;
};

let made = 0;

async function send(request: Partial<TryRequest> = {}, setting: Setting = {}): Promise<TryOutcome> {
  const mapping: PathMapping = {
    match: "prefix",
    publicPath: "/churn",
    backendPath: "/",
    methods: null,
    headers: [],
    except: [],
  };
  made += 1;
  const id = await makeApi(database.store, `churn-${String(made)}`, {
    state: setting.state ?? "ready",
    endpoints: [
      {
        url: setting.url ?? "http://models.example/churn",
        line: "main",
        reach: "public",
        paths: [{ ...mapping, ...setting.mapping }],
        requiredHeaders: [],
        address: { scheme: "http", host: "127.0.0.1", port, hostHeader: "models.example" },
        via: { cluster: "test", namespace: "team", group: "", kind: "HTTPRoute", name: "churn" },
        problem: null,
      },
    ],
  });
  const [endpoint] = await readEndpoints(database.store.db, id);
  return tryCall(
    {
      store: setting.store ?? database.store,
      clock: systemClock,
      guard: createAddressGuard({ allowHosts: setting.allow ?? [`127.0.0.1:${String(port)}`] }),
      operationsOf: async () =>
        operations.map((operation) => ({
          ...operation,
          servers: [setting.server ?? setting.url ?? "http://models.example/churn"],
          internal: false,
        })),
    },
    carla,
    {
      id,
      endpointId: endpoint?.id ?? "",
      request: { operation: "POST /predict", path: "/predict", headers: [], ...request },
      signal: setting.signal ?? new AbortController().signal,
    },
  );
}

async function textOf(outcome: TryOutcome): Promise<string> {
  if (outcome.kind !== "answer") throw new Error(`No answer: ${JSON.stringify(outcome)}`);
  const chunks: Uint8Array[] = [];
  for await (const chunk of outcome.body) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

const auditLines = () => database.store.db.auditEntry.findMany({ select: { act: true, detail: true } });

describe("a call that is sent", () => {
  it("goes below the endpoint's own path, its query and letters encoded", async () => {
    const outcome = await send({ operation: "GET /items/{id}", path: "/items/ä", query: "ort=München&x=%20" });
    expect(await textOf(outcome)).toBe("fine");
    expect(asked[0]).toMatchObject({ method: "GET", url: "/churn/items/%C3%A4?ort=M%C3%BCnchen&x=%20" });
    expect(asked[0]?.headers.host).toBe("models.example");
  });

  it("goes to the one path of an exact route, and to the root where there is no path", async () => {
    const exact = { match: "exact", server: "http://models.example" } as const;
    const call = { operation: "POST /churn", path: "/churn" };
    await textOf(await send(call, { mapping: exact, server: exact.server }));
    const root = { url: "http://models.example", mapping: { match: "exact", publicPath: "/" } } as const;
    await textOf(await send({ operation: "POST /", path: "/" }, root));
    expect(asked.map(({ url }) => url)).toEqual(["/churn", "/"]);
  });

  it("goes below the server that the operation has of its own, and never past the route", async () => {
    const rank = { url: "http://models.example/v1/rank", server: "http://models.example/v1" } as const;
    const mapping = { match: "text-prefix", publicPath: "/v1/rank", backendPath: "/v1/rank" } as const;
    const call = { operation: "POST /rank:predict", path: "/rank:predict" };
    await textOf(await send(call, { ...rank, mapping }));
    expect(asked.map(({ url }) => url)).toEqual(["/v1/rank:predict"]);
    const bySegments = { ...mapping, match: "prefix" } as const;
    expect(await send(call, { ...rank, mapping: bySegments })).toMatchObject({ kind: "refused", code: "bad-request" });
    expect(await send(call, { ...rank, mapping, server: "http://evil.example/v1" })).toMatchObject({ kind: "refused" });
  });

  it("is one line of the audit log, with the operation and not with what was asked", async () => {
    respond = (_, res) => res.writeHead(418).end("secret answer");
    const outcome = await send({
      operation: "GET /items/{id}",
      path: "/items/secret-item",
      query: "q=secret-query",
      headers: [{ name: "authorization", value: "Bearer secret-key" }],
      body: { kind: "text", text: "secret body" },
    });
    expect(outcome).toMatchObject({ kind: "answer", status: 418 });
    await textOf(outcome);
    const lines = await auditLines();
    expect(lines).toMatchObject([
      { act: "api.try", detail: { method: "GET", path: "/items/{id}", status: 418, sentBytes: 11 } },
    ]);
    expect(JSON.stringify(lines)).not.toContain("secret");
  });

  it("hides nothing of a failure: who refused, and why there is no answer", async () => {
    respond = () => undefined;
    expect(await send({}, { signal: AbortSignal.timeout(200) })).toMatchObject({ kind: "failed", failure: "stopped" });
    respond = (req) => req.socket.destroy();
    expect(await send()).toMatchObject({ kind: "failed", failure: "broken" });
    expect(await send({}, { allow: [] })).toMatchObject({ kind: "refused", code: "forbidden" });
    expect((await auditLines()).length).toBe(3);
  });

  it("is not answered where it cannot be noted, and the model is let go", async () => {
    let closed = false;
    respond = (req, res) => {
      res.write("begun");
      req.socket.once("close", () => {
        closed = true;
      });
    };
    const noAudit: Store = {
      ...database.store,
      db: new Proxy(database.store.db, {
        get: (db, name) => {
          if (name === "auditEntry") throw new Error("The database is away.");
          return Reflect.get(db, name) as unknown;
        },
      }),
    };
    await expect(send({}, { store: noAudit })).rejects.toThrow("away");
    await vi.waitUntil(() => closed);
  });
});

describe("a call that is not sent", () => {
  it.each([
    ["an operation that is not described", { operation: "DELETE /predict" }],
    ["an operation with what Postgres cannot hold", { operation: "GET /\u0000\ud800" }],
    ["a path of another operation", { path: "/items/7" }],
    ["a path with what Postgres cannot hold", { path: "/predict\u0000" }],
    ["a path out of the route", { operation: "GET /items/{id}", path: "/items/%2e%2e" }],
    ["a path with another host", { path: "//evil.example/predict" }],
    ["a whole URL", { path: "http://evil.example/predict" }],
    ["a line break in the query", { query: "a\r\nhost: evil" }],
    ["a header that vouches for somebody", { headers: [{ name: "X-Remote-User", value: "admin" }] }],
    ["a token of the portal", { headers: [{ name: "authorization", value: "Bearer gbt_x" }] }],
  ] satisfies readonly [string, Partial<TryRequest>][])("%s", async (_, request) => {
    expect(await send(request)).toMatchObject({ kind: "refused", code: "bad-request" });
    expect(asked).toEqual([]);
    const [line] = await auditLines();
    expect(JSON.stringify(line)).not.toMatch(/evil|gbt_|admin/);
  });

  it.each(["scaled-to-zero", "stopped"] as const)("to a model that is %s", async (state) => {
    expect(await send({}, { state })).toMatchObject({ kind: "refused", code: "conflict" });
    expect(asked).toEqual([]);
  });

  it("with a body over the limit", async () => {
    const body = { kind: "text", text: "x".repeat(16 * 1024 * 1024 + 1) } as const;
    expect(await send({ body })).toMatchObject({ kind: "refused", code: "too-large" });
    expect(asked).toEqual([]);
  });
});
