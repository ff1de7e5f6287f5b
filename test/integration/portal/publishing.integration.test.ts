import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { commitVersion, planVersion } from "../../../lib/versions/index.ts";
import { signedIn } from "../callers.ts";
import type { Caller } from "../callers.ts";
import { makeApi, makeDescription } from "../make-api.ts";
import { startPortal } from "../portal.ts";
import type { Portal } from "../portal.ts";
import { createTestDatabase } from "../postgres.ts";
import type { TestDatabase } from "../postgres.ts";

const previewSchema = z.object({
  draft: z.object({ id: z.string() }),
  baseNumber: z.int().nullable(),
  nextNumber: z.int(),
  sameContract: z.boolean(),
  verdict: z.string(),
  changes: z.array(z.object({ level: z.string(), message: z.string() })),
});

let database: TestDatabase;
let portal: Portal;
let apiId: string;
let owner: Caller;
let stranger: Caller;

const textOf = (fields: readonly string[]): string => new TextDecoder().decode(makeDescription(fields).raw);

async function serve(fields: readonly string[]): Promise<void> {
  const plan = await planVersion(database.store.db, {
    apiId,
    ...makeDescription(fields),
    line: "main",
    source: "cluster",
    origin: "fetched",
    lifecycle: "current",
    servedBy: { revision: "churn", images: [] },
    now: new Date(),
  });
  if (plan === null) throw new Error("The API is not there.");
  await database.store.transaction((tx) => commitVersion(tx, plan));
}

async function draft(fields: readonly string[], caller = owner) {
  const answer = await caller.send("POST", `/api/v1/apis/${apiId}/drafts`, {
    body: { document: textOf(fields), releaseNote: "It asks for more." },
  });
  expect(answer.status).toBe(201);
  return previewSchema.parse(await answer.json());
}

const publish = (draftId: string, baseNumber: number | null, caller = owner): Promise<Response> =>
  caller.send("POST", `/api/v1/apis/${apiId}/drafts/${draftId}/publish`, { body: { baseNumber } });

beforeEach(async () => {
  database = await createTestDatabase();
  portal = await startPortal({ database });
  apiId = await makeApi(database.store, "churn", { visibility: { kind: "signed-in" }, owner: "fraud" });
  owner = await signedIn(portal, "otto", ["fraud"]);
  stranger = await signedIn(portal, "carla", ["apps"]);
  await serve(["age"]);
});

afterEach(async () => {
  await portal.stop();
  await database.drop();
});

describe("an owner", () => {
  test("sees what a draft would change, then publishes it, and followers are told", async () => {
    await stranger.send("PUT", `/api/v1/apis/${apiId}/follow`, { body: {} });
    const preview = await draft(["age", "income"]);
    expect(preview).toMatchObject({ baseNumber: 1, nextNumber: 2, sameContract: false, verdict: "breaking" });
    const published = await publish(preview.draft.id, 1);
    expect(published.status).toBe(200);
    expect(await published.json()).toMatchObject({
      number: 2,
      lifecycle: "current",
      source: "published",
      publishedBy: "otto",
      releaseNote: "It asks for more.",
      verdict: "breaking",
    });
    const notices: unknown = await (await stranger.send("GET", "/api/v1/notices")).json();
    expect(notices).toMatchObject({ unread: 1, items: [{ kind: "current", versionNumber: 2, verdict: "breaking" }] });
    const api: unknown = await (await stranger.send("GET", `/api/v1/apis/${apiId}`)).json();
    expect(api).toMatchObject({ currentVersion: { number: 2 } });
    const acts = await database.store.db.auditEntry.findMany({ orderBy: { id: "asc" } });
    expect(acts.map(({ act }) => act)).toEqual(["api.follow", "draft.create", "draft.publish"]);
  });

  test("takes what a revision serves", async () => {
    const { description } = makeDescription(["age"]);
    await database.store.db.acquisition.create({
      data: {
        apiId,
        revision: "churn",
        probeKey: "1",
        askedAt: new Date(),
        outcome: "fetched",
        requests: 1,
        documentDigest: description.documentDigest,
      },
    });
    const taken = await owner.send("POST", `/api/v1/apis/${apiId}/drafts`, { body: { revision: "churn" } });
    expect(taken.status).toBe(201);
    expect(await taken.json()).toMatchObject({ sameContract: true, verdict: "none", changes: [] });
    const unknown = await owner.send("POST", `/api/v1/apis/${apiId}/drafts`, { body: { revision: "another" } });
    expect(unknown.status).toBe(409);
  });

  test("is told where a description is wrong", async () => {
    const answer = await owner.send("POST", `/api/v1/apis/${apiId}/drafts`, {
      body: { document: 'openapi: 3.1.0\ninfo:\n  title: "unfinished\n' },
    });
    expect(answer.status).toBe(422);
    const problem = z
      .object({ code: z.literal("invalid-document"), problems: z.array(z.object({ line: z.int().optional() })) })
      .parse(await answer.json());
    expect(problem.problems[0]?.line).toBeGreaterThan(0);
    expect(await database.store.db.draft.count()).toBe(0);
  });

  test("is refused when something else became current since the comparison", async () => {
    const preview = await draft(["age", "income"]);
    await serve(["other"]);
    const answer = await publish(preview.draft.id, 1);
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({ detail: expect.stringContaining("version 2 is current") as unknown });
    const again = await owner.send("POST", `/api/v1/apis/${apiId}/drafts/${preview.draft.id}/preview`);
    expect(await again.json()).toMatchObject({ baseNumber: 2, nextNumber: 3 });
    expect((await publish(preview.draft.id, 2)).status).toBe(200);
  });

  test("publishes a draft once, however often at once", async () => {
    const preview = await draft(["age", "income"]);
    const answers = await Promise.all(Array.from({ length: 5 }, () => publish(preview.draft.id, 1)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
    expect(await database.store.db.specVersion.count({ where: { apiId } })).toBe(2);
    expect(await database.store.db.auditEntry.count({ where: { act: "draft.publish" } })).toBe(1);
  });

  test("cannot publish a draft of another API", async () => {
    const preview = await draft(["age", "income"]);
    const other = await makeApi(database.store, "other", { visibility: { kind: "signed-in" }, owner: "fraud" });
    const answer = await owner.send("POST", `/api/v1/apis/${other}/drafts/${preview.draft.id}/publish`, {
      body: { baseNumber: null },
    });
    expect(answer.status).toBe(404);
  });

  test("stays published while the cluster serves what it served before", async () => {
    const preview = await draft(["age", "income"]);
    await publish(preview.draft.id, 1);
    await serve(["age"]);
    const api: unknown = await (await owner.send("GET", `/api/v1/apis/${apiId}`)).json();
    expect(api).toMatchObject({ currentVersion: { number: 2 } });
  });
});

describe("everybody else", () => {
  test("is refused with the reason, in what the page reads and in each step of REST", async () => {
    const preview = await draft(["age", "income"]);
    const api: unknown = await (await stranger.send("GET", `/api/v1/apis/${apiId}`)).json();
    expect(api).toMatchObject({
      can: { publish: { allowed: false, reason: expect.stringContaining("fraud") as unknown } },
    });
    const create = await stranger.send("POST", `/api/v1/apis/${apiId}/drafts`, { body: { document: textOf(["a"]) } });
    const look = await stranger.send("POST", `/api/v1/apis/${apiId}/drafts/${preview.draft.id}/preview`);
    const push = await publish(preview.draft.id, 1, stranger);
    expect([create.status, look.status, push.status]).toEqual([403, 403, 403]);
    expect(await database.store.db.specVersion.count({ where: { apiId } })).toBe(1);
  });

  test("loses the right with the group, at once", async () => {
    const preview = await draft(["age", "income"]);
    await database.store.db.userGroup.deleteMany({ where: { userId: owner.userId ?? "" } });
    expect((await publish(preview.draft.id, 1)).status).toBe(403);
  });
});
