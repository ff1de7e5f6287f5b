import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { TryRequest } from "../../../lib/contract/index.ts";
import { commitVersion, planVersion } from "../../../lib/versions/index.ts";
import { anybody, signedIn, withToken } from "../callers.ts";
import type { Caller } from "../callers.ts";
import { makeApi, makeDescription } from "../make-api.ts";
import { startPortal } from "../portal.ts";
import type { Portal } from "../portal.ts";
import { createTestDatabase } from "../postgres.ts";
import type { TestDatabase } from "../postgres.ts";

let database: TestDatabase;
let portal: Portal;
let model: Server;
let respond: (req: IncomingMessage, res: ServerResponse) => void;
let asked: IncomingMessage[] = [];
let carla: Caller;
let apiId = "";
let publicEndpoint = "";
let inner = "";

beforeAll(async () => {
  model = createServer((req, res) => {
    asked.push(req);
    respond(req, res);
  });
  await new Promise<void>((resolve) => model.listen(0, "127.0.0.1", resolve));
  const address = model.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  database = await createTestDatabase();
  portal = await startPortal({ database, settings: { GATEBOOK_ALLOW_HOSTS: `127.0.0.1:${String(port)}` } });
  const endpoint = {
    paths: [{ match: "prefix", publicPath: "/", backendPath: "/", methods: null, headers: [], except: [] }],
    requiredHeaders: [{ name: "x-route", value: "churn" }],
    address: { scheme: "http", host: "127.0.0.1", port, hostHeader: "churn.example" },
    via: { cluster: "test", namespace: "team", group: "", kind: "Service", name: "churn" },
    problem: null,
  } as const;
  apiId = await makeApi(database.store, "churn", {
    visibility: { kind: "public" },
    endpoints: [
      { ...endpoint, url: "http://churn.example", line: "main", reach: "public" },
      { ...endpoint, url: "http://churn.team.svc", line: "main", reach: "cluster" },
    ],
  });
  const plan = await planVersion(database.store.db, {
    apiId,
    ...makeDescription(["age"]),
    line: "main",
    source: "cluster",
    origin: "fetched",
    lifecycle: "current",
    servedBy: null,
    now: new Date(),
  });
  if (plan === null) throw new Error("The API is not there.");
  await database.store.transaction((tx) => commitVersion(tx, plan));
  const endpoints = await database.store.db.endpoint.findMany({ where: { apiId } });
  publicEndpoint = endpoints.find(({ reach }) => reach === "public")?.id ?? "";
  inner = endpoints.find(({ reach }) => reach === "cluster")?.id ?? "";
  carla = await signedIn(portal, "carla", ["apps"]);
});

afterAll(async () => {
  await portal.stop();
  await database.drop();
  model.closeAllConnections();
  model.close();
});

beforeEach(() => {
  asked = [];
  respond = (_req, res) => {
    res.writeHead(200, { "content-type": "application/json" }).end('{"leaves":true}');
  };
});

const request: TryRequest = {
  operation: "POST /predict",
  path: "/predict",
  headers: [{ name: "content-type", value: "application/json" }],
  body: { kind: "text", text: '{"age":1}' },
};

const call = (caller: Caller, changes: Partial<TryRequest> = {}, endpoint = publicEndpoint): Promise<Response> =>
  caller.send("POST", `/api/v1/apis/${apiId}/try/${endpoint}`, { body: { ...request, ...changes } });

describe("a call of the console", () => {
  test("reaches the model as its route wants it, with nothing of the portal's", async () => {
    const answer = await call(carla, {
      headers: [
        ...request.headers,
        { name: "authorization", value: "Bearer own-key" },
        { name: "cookie", value: "a=b" },
      ],
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("x-gatebook-upstream-status")).toBe("200");
    expect(await answer.json()).toEqual({ leaves: true });
    const [seen] = asked;
    expect(seen).toMatchObject({ method: "POST", url: "/predict" });
    expect(seen?.headers).toMatchObject({ host: "churn.example", "x-route": "churn", authorization: "Bearer own-key" });
    expect(seen?.headers.cookie).toBeUndefined();
    const audit = await database.store.db.auditEntry.findMany({ where: { act: "api.try" } });
    expect(audit).toMatchObject([{ actor: `person:${carla.userId ?? ""}`, target: `api:${apiId}` }]);
    expect(JSON.stringify(audit.map(({ detail }) => detail))).not.toMatch(/own-key|age/);
  });

  test("with a token of the portal does not pass that token on", async () => {
    const program = await withToken(portal, "script", { userId: carla.userId ?? "" });
    expect((await call(program)).status).toBe(200);
    expect(asked[0]?.headers.authorization).toBeUndefined();
  });

  test("streams what comes, as it comes", async () => {
    let finish: () => void = () => undefined;
    respond = (_req, res) => {
      res.writeHead(200, { "content-type": "text/event-stream" });
      res.write("data: one\n\n");
      finish = () => res.end("data: two\n\n");
    };
    const answer = await call(carla);
    const reader = answer.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("data: one\n\n");
    finish();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("data: two\n\n");
    expect((await reader?.read())?.done).toBe(true);
  });

  test("ends at the model when the person leaves", async () => {
    const left = new Promise<void>((resolve) => {
      respond = (req, res) => {
        res.writeHead(200).write("begun");
        req.socket.once("close", () => {
          resolve();
        });
      };
    });
    const answer = await call(carla);
    await answer.body?.getReader().cancel();
    await left;
  });

  test.each([301, 302, 303, 307, 308])("never makes a browser follow a redirect (%i)", async (status) => {
    respond = (_req, res) => {
      res.writeHead(status, { location: "/api/v1/tokens", refresh: "0; url=/" }).end();
    };
    const answer = await call(carla);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("x-gatebook-upstream-status")).toBe(String(status));
    expect(answer.headers.get("location")).toBeNull();
    expect(answer.headers.get("refresh")).toBeNull();
  });

  test("passes on a failure without asking the browser for a password or setting a cookie", async () => {
    respond = (_req, res) => {
      res
        .writeHead(401, {
          "www-authenticate": "Basic",
          "set-cookie": "gatebook-session=evil",
          "clear-site-data": '"*"',
        })
        .end("no");
    };
    const answer = await call(carla);
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toBeNull();
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(answer.headers.get("clear-site-data")).toBeNull();
  });

  test("never makes a page of the portal out of an answer", async () => {
    respond = (_req, res) => {
      res
        .writeHead(200, { "content-type": "text/html", "content-security-policy": "script-src *" })
        .end("<script>1</script>");
    };
    const answer = await call(carla);
    expect(answer.headers.get("content-security-policy")).toContain("sandbox");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  });

  test.each([204, 205, 304])("takes an answer without a body (%i)", async (status) => {
    respond = (_req, res) => {
      res.writeHead(status).end();
    };
    expect((await call(carla)).headers.get("x-gatebook-upstream-status")).toBe(String(status));
  });

  test("is refused before anything is sent: for nobody, past the gateway, elsewhere, for what is not described", async () => {
    expect((await call(anybody(portal))).status).toBe(401);
    expect((await call(carla, {}, inner)).status).toBe(403);
    expect((await call(carla, {}, "01a00000-0000-7000-8000-000000000000")).status).toBe(404);
    for (const changes of [
      { operation: "DELETE /predict" },
      { path: "/admin" },
      { path: "/predict/../admin" },
      { path: "/predict%2f..%2fadmin" },
      { path: "http://evil.example/predict" },
      { path: "//evil.example/predict" },
    ]) {
      expect((await call(carla, changes)).status, JSON.stringify(changes)).toBe(400);
    }
    expect(asked).toEqual([]);
  });

  test("is limited for each person", async () => {
    const eager = await signedIn(portal, "eager", []);
    const statuses: number[] = [];
    for (let count = 0; count < 61; count += 1) statuses.push((await call(eager)).status);
    expect(statuses.slice(0, 60)).toEqual(Array.from({ length: 60 }, () => 200));
    expect(statuses[60]).toBe(429);
    expect((await call(await signedIn(portal, "patient", []))).status).toBe(200);
  });
});
