import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { operations } from "../../../lib/contract/index.ts";
import type { OperationId } from "../../../lib/contract/index.ts";
import { anybody, signedIn, withToken } from "../callers.ts";
import type { Caller } from "../callers.ts";
import { makeApi } from "../make-api.ts";
import { loadRoute, routeFile, startPortal } from "../portal.ts";
import type { Portal } from "../portal.ts";
import { createTestDatabase } from "../postgres.ts";
import type { TestDatabase } from "../postgres.ts";

let database: TestDatabase;
let portal: Portal;
let apiId = "";
let people: Readonly<Record<CallerName, Caller>>;

type CallerName = "anonymous" | "consumer" | "owner" | "admin" | "machine";
/** What each caller gets from an operation on an API that is public and owned by the team "fraud". */
type Row = Readonly<Record<CallerName, number>> & { readonly body?: unknown };

const everyone = (status: number): Row => ({
  anonymous: status,
  consumer: status,
  owner: status,
  admin: status,
  machine: status,
});

/** No operation without a line here: the compiler asks for each. */
const table: Readonly<Record<OperationId, Row>> = {
  listApis: everyone(200),
  getApi: everyone(200),
  listVersions: everyone(200),
  // The API has no version: seen, but nothing to show.
  getVersionJson: everyone(404),
  getVersionYaml: everyone(404),
  listOperations: everyone(404),
  getChangelog: everyone(200),
  compareVersions: everyone(404),
  followApi: { anonymous: 401, consumer: 200, owner: 200, admin: 200, machine: 403, body: {} },
  unfollowApi: { anonymous: 401, consumer: 204, owner: 204, admin: 204, machine: 403 },
  tryCall: { ...everyone(404), body: { operation: "GET /", path: "/", headers: [] } },
  createDraft: { anonymous: 401, consumer: 403, owner: 422, admin: 422, machine: 403, body: { document: "[]" } },
  previewDraft: { anonymous: 401, consumer: 403, owner: 404, admin: 404, machine: 403 },
  publishDraft: { anonymous: 401, consumer: 403, owner: 404, admin: 404, machine: 403, body: { baseNumber: null } },
  listNotices: { ...everyone(200), anonymous: 401 },
  acknowledgeNotice: { ...everyone(404), anonymous: 401 },
  streamEvents: everyone(200),
  listTokens: { ...everyone(200), anonymous: 401 },
  createToken: {
    anonymous: 401,
    consumer: 201,
    owner: 201,
    admin: 201,
    machine: 403,
    body: { name: "ci", expiresInDays: 1 },
  },
  revokeToken: { ...everyone(404), anonymous: 401 },
  getAdminReport: { anonymous: 401, consumer: 403, owner: 403, admin: 200, machine: 403 },
  listAudit: { anonymous: 401, consumer: 403, owner: 403, admin: 200, machine: 403 },
};

const pathOf = (id: OperationId): string =>
  operations[id].path
    .replace("/apis/{id}", `/apis/${apiId}`)
    .replace("{number}", "current")
    .replace(/\{(id|draftId|endpointId)\}/, "01a00000-0000-7000-8000-000000000000") +
  (id === "compareVersions" ? "?from=1&to=2" : "");

beforeAll(async () => {
  database = await createTestDatabase();
  portal = await startPortal({ database });
  apiId = await makeApi(database.store, "churn", { visibility: { kind: "public" }, owner: "fraud" });
  people = {
    anonymous: anybody(portal),
    consumer: await signedIn(portal, "carla", ["apps"]),
    owner: await signedIn(portal, "otto", ["fraud"]),
    admin: await signedIn(portal, "ada", ["platform"]),
    machine: await withToken(portal, "ci", { role: "consumer", groups: ["fraud"] }),
  };
});

afterAll(async () => {
  await portal.stop();
  await database.drop();
});

const all = Object.values(operations);
const names = ["anonymous", "consumer", "owner", "admin", "machine"] as const;

describe("every operation", () => {
  test.each(all)("$id is bound to a handler in its own file", async ({ id, method, path }) => {
    expect(existsSync(routeFile(path)), routeFile(path)).toBe(true);
    expect((await loadRoute(routeFile(path)))[method]).toHaveProperty("operationId", id);
  });

  test.each(all)("$id admits whom it should", async ({ id, method }) => {
    const { body, ...expected } = table[id];
    for (const name of names) {
      const answer = await people[name].send(method, pathOf(id), body === undefined ? {} : { body });
      const streams = answer.headers.get("content-type")?.startsWith("text/event-stream") === true;
      const said = streams ? "" : await answer.text();
      if (streams) await answer.body?.cancel();
      expect(answer.status, `${name}: ${said}`).toBe(expected[name]);
      expect(answer.headers.get("cache-control"), name).toMatch(/no-store/);
      if (answer.status >= 400) {
        expect(answer.headers.get("content-type")).toBe("application/problem+json");
        expect(JSON.parse(said)).toMatchObject({ status: answer.status });
      }
    }
  });
});

describe("a mutation", () => {
  const mutations = all.filter(({ method }) => method !== "GET");

  test.each(mutations)("$id is refused from another site, whoever is signed in", async ({ id, method }) => {
    const { body } = table[id];
    const init = body === undefined ? {} : { body };
    for (const headers of [
      { origin: "https://evil.example" },
      { origin: "null" },
      { origin: `${portal.url}.evil.example` },
      { origin: portal.url, "sec-fetch-site": "cross-site" },
      { origin: portal.url, "sec-fetch-site": "same-site" },
    ]) {
      const answer = await people.owner.send(method, pathOf(id), { ...init, headers });
      expect(answer.status, JSON.stringify(headers)).toBe(403);
    }
    const silent = await fetch(`${portal.url}${pathOf(id)}`, { method, headers: people.owner.headers });
    expect(silent.status, "neither origin nor site").toBe(403);
  });

  test("needs no origin with a token, which no other site can send", async () => {
    const { userId } = people.owner;
    const program = await withToken(portal, "script", { userId: userId ?? "" });
    const answer = await fetch(`${portal.url}/api/v1/apis/${apiId}/follow`, {
      method: "PUT",
      headers: program.headers,
    });
    expect(answer.status).toBe(200);
  });

  test("takes JSON alone", async () => {
    const answer = await people.owner.send("PUT", `/api/v1/apis/${apiId}/follow`, {
      body: {},
      headers: { "content-type": "text/plain" },
    });
    expect(answer.status).toBe(400);
  });

  test("refuses a body over the limit before reading it all", async () => {
    const answer = await people.owner.send("POST", "/api/v1/tokens", { body: { name: "x".repeat(300_000) } });
    expect(answer.status).toBe(413);
  });

  test("names each field that is wrong", async () => {
    const answer = await people.owner.send("POST", "/api/v1/tokens", { body: { name: "", expiresInDays: 9999 } });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      code: "bad-request",
      problems: [{ pointer: "/body/name" }, { pointer: "/body/expiresInDays" }],
    });
  });
});

test("every answer of REST is data: nothing of it runs or is framed", async () => {
  for (const path of [
    "/api/v1/apis",
    "/api/v1/apis/none",
    "/api/v1/openapi.json",
    "/api/auth/csrf",
    "/api/auth/none",
  ]) {
    const { headers } = await people.anonymous.send("GET", path);
    expect(headers.get("content-security-policy"), path).toContain("sandbox");
    expect(headers.get("x-content-type-options"), path).toBe("nosniff");
  }
});

test("without its database the portal says that it cannot answer now, and nothing more", async () => {
  const away = await startPortal({ database: { ...database, url: "postgresql://user:secret@127.0.0.1:1/gone" } });
  try {
    const answer = await anybody(away).send("GET", "/api/v1/apis");
    const text = await answer.text();
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).not.toBeNull();
    expect(text).not.toMatch(/secret|127\.0\.0\.1|Prisma/);
  } finally {
    await away.stop();
  }
});
