import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { sha256Hex } from "../../../lib/base/index.ts";
import { rememberPerson } from "../../../lib/store/index.ts";
import { signedIn } from "../callers.ts";
import type { Caller } from "../callers.ts";
import { groupsOnly, makeApi } from "../make-api.ts";
import { startPortal } from "../portal.ts";
import type { Portal } from "../portal.ts";
import { createTestDatabase } from "../postgres.ts";
import type { TestDatabase } from "../postgres.ts";

const createdSchema = z.object({ token: z.looseObject({ id: z.string(), hint: z.string() }), secret: z.string() });
const dayMs = 24 * 60 * 60 * 1000;

let database: TestDatabase;
let portal: Portal;
let carla: Caller;

beforeEach(async () => {
  database = await createTestDatabase();
  portal = await startPortal({ database });
  carla = await signedIn(portal, "carla", ["apps"]);
});

afterEach(async () => {
  await portal.stop();
  await database.drop();
});

async function create(expiresInDays = 1) {
  const answer = await carla.send("POST", "/api/v1/tokens", { body: { name: "laptop", expiresInDays } });
  expect(answer.status).toBe(201);
  return createdSchema.parse(await answer.json());
}

const ask = (secret: string, path = "/api/v1/notices", cookie?: string): Promise<Response> =>
  fetch(`${portal.url}${path}`, {
    headers: { authorization: `Bearer ${secret}`, ...(cookie === undefined ? {} : { cookie }) },
  });

test("is shown once and kept as a hash", async () => {
  const { token, secret } = await create();
  expect(secret).toMatch(/^gbt_[A-Za-z0-9_-]{43}$/);
  const rows = await database.store.db.accessToken.findMany();
  expect(rows).toMatchObject([{ tokenHash: sha256Hex(secret), hint: secret.slice(0, 10) }]);
  expect(JSON.stringify(rows)).not.toContain(secret);
  const list = await (await carla.send("GET", "/api/v1/tokens")).text();
  expect(list).toContain(token.hint);
  expect(list).not.toContain(secret);
  const audit = await database.store.db.auditEntry.findMany({ where: { act: "token.create" } });
  expect(audit).toMatchObject([{ actor: `person:${carla.userId ?? ""}`, target: `token:${token.id}` }]);
  expect(JSON.stringify(audit.map(({ detail }) => detail))).not.toContain(secret);
});

test("works until it expires, and not a moment longer", async () => {
  const { secret } = await create(1);
  portal.clock.now += dayMs - 1000;
  expect((await ask(secret)).status).toBe(200);
  portal.clock.now += 1000;
  expect((await ask(secret)).status).toBe(401);
});

test("stops working when it is revoked", async () => {
  const { token, secret } = await create();
  expect((await ask(secret)).status).toBe(200);
  expect((await carla.send("DELETE", `/api/v1/tokens/${token.id}`)).status).toBe(204);
  expect((await ask(secret)).status).toBe(401);
  expect((await carla.send("DELETE", `/api/v1/tokens/${token.id}`)).status).toBe(404);
});

test("cannot be revoked by anybody else", async () => {
  const { token, secret } = await create();
  const otto = await signedIn(portal, "otto", ["fraud"]);
  expect((await otto.send("DELETE", `/api/v1/tokens/${token.id}`)).status).toBe(404);
  expect((await ask(secret)).status).toBe(200);
});

test("carries what its person has now, not what they had", async () => {
  const apiId = await makeApi(database.store, "secret", { visibility: groupsOnly("apps"), owner: null });
  const { secret } = await create();
  expect((await ask(secret, `/api/v1/apis/${apiId}`)).status).toBe(200);
  await database.store.transaction((tx) =>
    rememberPerson(tx, { issuer: "https://issuer.example", subject: "carla", name: "carla", email: null, groups: [] }),
  );
  expect((await ask(secret, `/api/v1/apis/${apiId}`)).status).toBe(404);
});

test("cannot make another token", async () => {
  const { secret } = await create();
  const answer = await fetch(`${portal.url}/api/v1/tokens`, {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
    body: JSON.stringify({ name: "child", expiresInDays: 1 }),
  });
  expect(answer.status).toBe(403);
});

test("that is wrong is refused, even where what is asked for is public or a session is there", async () => {
  for (const wrong of ["gbt_short", `gbt_${"x".repeat(43)}`, "somebody-else's"]) {
    expect((await ask(wrong, "/api/v1/apis")).status).toBe(401);
    expect((await ask(wrong, "/api/v1/apis", carla.headers["cookie"])).status).toBe(401);
  }
});

test("notes its use at most once a minute", async () => {
  const { secret } = await create();
  const lastUsed = async () => (await database.store.db.accessToken.findFirstOrThrow()).lastUsedAt?.getTime() ?? null;
  expect(await lastUsed()).toBeNull();
  await ask(secret);
  const first = await lastUsed();
  expect(first).toBe(portal.clock.now);
  portal.clock.now += 59_000;
  await ask(secret);
  expect(await lastUsed()).toBe(first);
  portal.clock.now += 2_000;
  await ask(secret);
  expect(await lastUsed()).toBe(portal.clock.now);
});

test("guessing is slowed down", async () => {
  const statuses = new Set<number>();
  for (let guess = 0; guess < 32; guess += 1) statuses.add((await ask(`gbt_${"a".repeat(43)}`)).status);
  expect([...statuses]).toEqual([401, 429]);
  expect((await ask(`gbt_${"a".repeat(43)}`)).headers.get("retry-after")).toMatch(/^[0-9]+$/);
});
