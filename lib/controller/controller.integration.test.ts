import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createLogger } from "../base/index.ts";
import { controllerSettings, readSettings } from "../env/index.ts";
import { makeFollower } from "../../test/integration/make-api.ts";
import { createModelManifests } from "../../test/integration/model-manifests.ts";
import type { ModelManifests } from "../../test/integration/model-manifests.ts";
import { documentOf, startModelServer } from "../../test/integration/model-server.ts";
import type { ModelServer } from "../../test/integration/model-server.ts";
import { createTestDatabase } from "../../test/integration/postgres.ts";
import type { TestDatabase } from "../../test/integration/postgres.ts";
import { waitUntil } from "../../test/integration/wait-until.ts";
import { findApiIds } from "../store/index.ts";
import { startController } from "./index.ts";

let database: TestDatabase;
let manifests: ModelManifests;
const servers: ModelServer[] = [];
const controllers: { stop(): Promise<void> }[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  manifests = createModelManifests();
});

afterEach(async () => {
  await Promise.all(controllers.splice(0).map((controller) => controller.stop()));
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  await database.drop();
  manifests.drop();
});

async function startServer(fields: readonly string[] = ["age"]): Promise<ModelServer> {
  const server = await startModelServer();
  server.serve(documentOf(fields));
  servers.push(server);
  return server;
}

async function follow(clock?: () => Date): Promise<{ stop(): Promise<void> }> {
  const settings = readSettings(controllerSettings, {
    DATABASE_URL: database.url,
    GATEBOOK_MANIFESTS: manifests.folder,
    METRICS_PORT: "0",
    CLUSTER_NAME: "test",
    GATEBOOK_ALLOW_HOSTS: servers.map(({ port }) => `127.0.0.1:${String(port)}`).join(","),
    GATEBOOK_ADMIN_GROUPS: "platform",
  });
  const logger = createLogger("controller", process.env["TEST_LOG"] ?? "silent");
  const controller = await startController({ settings, logger, ...(clock === undefined ? {} : { clock }) });
  controllers.push(controller);
  return controller;
}

/** What stands, in words: "churn 1 current, 2 upcoming". */
async function stand(name: string): Promise<string> {
  const apis = await database.store.db.api.findMany({
    where: { name },
    include: { versions: { orderBy: { number: "asc" } } },
  });
  return apis
    .map(({ retiredAt, versions, unstable }) =>
      [
        retiredAt === null ? "there" : "retired",
        ...(unstable ? ["unstable"] : []),
        ...versions.map(({ number, lifecycle }) => `${String(number)} ${lifecycle}`),
      ].join(", "),
    )
    .join("; ");
}

const becomes = (name: string, expected: string): Promise<unknown> =>
  waitUntil(`${name} to be: ${expected}`, async () => (await stand(name)) === expected, {
    describe: () => "see the log",
  }).catch(async (err: unknown) => {
    throw new Error(`It is: ${await stand(name)}`, { cause: err });
  });

async function idOf(name: string): Promise<string> {
  return (await database.store.db.api.findFirstOrThrow({ where: { name } })).id;
}

describe("the road from a manifest to a notice", () => {
  test("finds a model, keeps its description, and tells its follower of a breaking change", async () => {
    const server = await startServer(["age"]);
    manifests.putWorkload({ service: "churn", port: server.port, hash: "a" });
    await follow();
    await becomes("churn", "there, 1 current");
    const userId = await makeFollower(database.store, await idOf("churn"), { name: "Carla" });

    server.serve(documentOf(["age", "income"]));
    manifests.putWorkload({ service: "churn", port: server.port, hash: "b" });
    await becomes("churn", "there, 1 superseded, 2 current");
    const [notice] = await database.store.db.notice.findMany({ include: { recipients: true } });
    expect(notice).toMatchObject({ kind: "current", verdict: "breaking", recipients: [{ userId }] });
    expect(await database.store.db.acquisition.findMany()).toMatchObject([
      { outcome: "fetched", contractDigests: [expect.any(String)] },
    ]);
  });

  test("announces what a canary serves before it takes over, and withdraws what went", async () => {
    const [old, canary] = [await startServer(["age"]), await startServer(["age", "income"])];
    manifests.putWorkload({ service: "churn-a", port: old.port, hash: "a" });
    manifests.putWorkload({ service: "churn-b", port: canary.port, hash: "b" });
    manifests.putRoute("churn", { "churn-a": 90, "churn-b": 10 });
    await follow();
    await becomes("churn", "there, 1 current, 2 upcoming");
    manifests.putRoute("churn", { "churn-a": 10, "churn-b": 90 });
    await becomes("churn", "there, 1 superseded, 2 current");
    canary.serve(documentOf(["income"]));
    manifests.putWorkload({ service: "churn-a", port: canary.port, hash: "c" });
    await becomes("churn", "there, 1 superseded, 2 current, 3 upcoming");
    manifests.putWorkload({ service: "churn-a", port: old.port, hash: "a" });
    await becomes("churn", "there, 1 superseded, 2 current, 3 superseded");
  });

  test("announces nothing before it is known what is current", async () => {
    const [old, canary] = [await startServer(["age"]), await startServer(["age", "income"])];
    old.serve(documentOf(["age"]), { delayMs: 1_500 });
    manifests.putWorkload({ service: "churn-a", port: old.port, hash: "a" });
    manifests.putWorkload({ service: "churn-b", port: canary.port, hash: "b" });
    manifests.putRoute("churn", { "churn-a": 90, "churn-b": 10 });
    await follow();
    await becomes("churn", "there, 1 current, 2 upcoming");
  });

  test("announces beside what cannot be known", async () => {
    const [old, canary] = [await startServer(["age"]), await startServer(["age", "income"])];
    old.serve("none", { status: 500 });
    manifests.putWorkload({ service: "churn-a", port: old.port, hash: "a" });
    manifests.putWorkload({ service: "churn-b", port: canary.port, hash: "b" });
    manifests.putRoute("churn", { "churn-a": 90, "churn-b": 10 });
    await follow();
    await becomes("churn", "there, 1 upcoming");
  });

  test("retires what is deleted, and knows it again when it is applied again", async () => {
    const server = await startServer();
    manifests.putWorkload({ service: "churn", port: server.port, hash: "a" });
    manifests.putWorkload({ service: "other", port: server.port, hash: "a" });
    await follow();
    await becomes("churn", "there, 1 current");
    const id = await idOf("churn");
    manifests.remove("churn");
    await becomes("churn", "retired, 1 current");
    manifests.putWorkload({ service: "churn", port: server.port, hash: "a" });
    await becomes("churn", "there, 1 current");
    expect(await idOf("churn")).toBe(id);
  });

  test("writes nothing for what is deleted while it is fetched", async () => {
    const [server, later] = [await startServer(), await startServer(["later"])];
    server.serve(documentOf(["age"]), { delayMs: 1_500 });
    manifests.putWorkload({ service: "churn", port: server.port, hash: "a" });
    manifests.putWorkload({ service: "other", port: 1, hash: "a" });
    await follow();
    await waitUntil("the question", () => server.requests.length > 0);
    manifests.remove("churn");
    await becomes("churn", "retired");
    await waitUntil("the answer that nobody wants any more", () => server.answered.length > 0);
    // What comes after it is settled later: when that is there, what came before it has been dealt with.
    manifests.putWorkload({ service: "later", port: later.port, hash: "a" });
    await becomes("later", "there, 1 current");
    expect(await database.store.db.document.count()).toBe(1);
    expect(await database.store.db.acquisition.count({ where: { api: { name: "churn" } } })).toBe(0);
  });

  test("never asks a model that is scaled to zero, and keeps what it served", async () => {
    const server = await startServer();
    manifests.putWorkload({ service: "churn", port: server.port, hash: "a" });
    await follow();
    await becomes("churn", "there, 1 current");
    const asked = server.requests.length;
    manifests.putWorkload({ service: "churn", port: server.port, hash: "b", replicas: 0 });
    await waitUntil("the state", async () => (await database.store.db.api.findFirst())?.state === "scaled-to-zero");
    await becomes("churn", "there, 1 current");
    expect(server.requests).toHaveLength(asked);
  });

  test("needs no question to a model that wakes as what it was", async () => {
    const server = await startServer();
    const state = async (): Promise<string | undefined> => (await database.store.db.api.findFirst())?.state;
    manifests.putWorkload({ service: "churn", port: server.port, hash: "a" });
    await follow();
    await becomes("churn", "there, 1 current");
    const asked = server.requests.length;
    manifests.putWorkload({ service: "churn", port: server.port, hash: "a", replicas: 0 });
    await waitUntil("its sleep", async () => (await state()) === "scaled-to-zero");
    manifests.putWorkload({ service: "churn", port: server.port, hash: "a" });
    await waitUntil("its waking", async () => (await state()) === "ready");
    // What comes after it is settled later: when that is there, what came before it has been dealt with.
    manifests.putWorkload({ service: "later", port: (await startServer()).port, hash: "a" });
    await becomes("later", "there");
    expect(server.requests).toHaveLength(asked);
  });
});

describe("an API that gets another name", () => {
  test("is the same with a canary beside it and without it again, and its old place leads on", async () => {
    const [old, canary] = [await startServer(["age"]), await startServer(["age", "income"])];
    manifests.putWorkload({ service: "churn", port: old.port, hash: "a" });
    await follow();
    await becomes("churn", "there, 1 current");
    const id = await idOf("churn");
    await makeFollower(database.store, id, { name: "Carla" });
    const asked = old.requests.length;

    manifests.putWorkload({ service: "churn-next", port: canary.port, hash: "b" });
    manifests.putRoute("forecast", { churn: 90, "churn-next": 10 });
    await becomes("forecast", "there, 1 current, 2 upcoming");
    expect(await idOf("forecast")).toBe(id);
    const place = { namespace: "team", name: "churn", kind: null };
    expect(await findApiIds(database.store.db, { kind: "everything" }, place)).toEqual([id]);
    expect(await database.store.db.notice.count()).toBe(1);

    manifests.remove("route-forecast");
    await becomes("churn", "there, 1 current, 2 superseded");
    await becomes("churn-next", "there, 1 current");
    expect(await idOf("churn")).toBe(id);
    expect(await findApiIds(database.store.db, { kind: "everything" }, { ...place, name: "forecast" })).toEqual([id]);
    expect(old.requests).toHaveLength(asked);
  });

  test("takes the followers of what becomes a part of it", async () => {
    const [one, two] = [await startServer(["age"]), await startServer(["income"])];
    manifests.putWorkload({ service: "churn-v1", port: one.port, hash: "a" });
    manifests.putWorkload({ service: "churn-v2", port: two.port, hash: "a" });
    await follow();
    await becomes("churn-v1", "there, 1 current");
    await becomes("churn-v2", "there, 1 current");
    const [first, second] = [await idOf("churn-v1"), await idOf("churn-v2")];
    const userId = await makeFollower(database.store, second, { name: "Carla" });
    manifests.putText(
      "description.yaml",
      [
        "apiVersion: gatebook.dev/v1alpha1",
        "kind: ApiDescription",
        "metadata: { name: churn, namespace: team }",
        "spec: { targetRefs: [{ kind: Service, name: churn-v1 }, { kind: Service, name: churn-v2, line: v2 }] }",
      ].join("\n"),
    );
    await becomes("churn-v2", "retired, 1 current");
    await waitUntil("both lines", async () => (await stand("churn")) === "there, 1 current, 1 current");
    expect(await idOf("churn")).toBe(first);
    expect(await database.store.db.api.findUnique({ where: { id: second } })).toMatchObject({
      stateReason: "It is a part of ApiDescription team/churn now.",
    });
    expect(await database.store.db.follow.findMany({ where: { userId } })).toHaveLength(2);
  });

  test("knows new pods as the ones that were beside the old ones", async () => {
    const [old, fresh] = [await startServer(["age"]), await startServer(["age", "income"])];
    manifests.putWorkload({ service: "churn", port: old.port, hash: "a" });
    await follow();
    await becomes("churn", "there, 1 current");
    manifests.putWorkload({
      service: "churn",
      port: old.port,
      hash: "a",
      beside: { port: fresh.port, hash: "b" },
    });
    await becomes("churn", "there, 1 current, 2 upcoming");
    const asked = fresh.requests.length;
    manifests.putWorkload({ service: "churn", port: fresh.port, hash: "b" });
    await becomes("churn", "there, 1 superseded, 2 current");
    expect(await database.store.db.acquisition.findMany({ select: { revision: true } })).toEqual([
      { revision: "churn" },
    ]);
    expect(fresh.requests).toHaveLength(asked);
  });
});

describe("a description that is no good", () => {
  test.each([
    ["is HTML", "<!doctype html><html></html>", { type: "text/html" }, "html"],
    ["asks for a password", "no", { status: 401 }, "unauthorized"],
    ["is no JSON", '{"openapi": ', {}, "invalid"],
    ["is no description", "[1, 2]", {}, "wrong-type"],
    ["is of no version that is read", '{"openapi": "9.0.0", "paths": {}}', {}, "invalid"],
  ])("that %s is a stated failure, and others are not affected", async (_, body, options, failure) => {
    const [bad, good] = [await startServer(), await startServer()];
    bad.serve(body, options);
    manifests.putWorkload({ service: "bad", port: bad.port, hash: "a" });
    manifests.putWorkload({ service: "good", port: good.port, hash: "a" });
    await follow();
    await becomes("good", "there, 1 current");
    await waitUntil("the failure", async () => {
      const record = await database.store.db.acquisition.findFirst({ where: { api: { name: "bad" } } });
      return record?.failure === failure && record.message !== null && record.advice !== null;
    });
    expect(await stand("bad")).toBe("there");
  });

  test("that flaps between two contracts is unstable, and no version", async () => {
    const server = await startServer();
    manifests.putWorkload({ service: "churn", port: server.port, hash: "a" });
    await follow();
    await becomes("churn", "there, 1 current");
    server.serveTurns([documentOf(["age", "income"]), documentOf(["income"])]);
    manifests.putWorkload({ service: "churn", port: server.port, hash: "b" });
    await becomes("churn", "there, unstable, 1 current");
    server.serve(documentOf(["income"]));
    manifests.putWorkload({ service: "churn", port: server.port, hash: "c" });
    await becomes("churn", "there, 1 superseded, 2 current");
  });

  test("whose texts hold what Postgres does not take is kept all the same", async () => {
    const server = await startServer();
    server.serve(documentOf(["age\u0000", "__proto__"], { summary: "A \u0000 and a \ud800." }));
    manifests.putWorkload({ service: "churn", port: server.port, hash: "a" });
    await follow();
    await becomes("churn", "there, 1 current");
    server.serve(documentOf(["income\u0000\ud800"], { summary: "\u0000" }));
    manifests.putWorkload({ service: "churn", port: server.port, hash: "b" });
    await becomes("churn", "there, 1 superseded, 2 current");
  });
});

describe("two controllers", () => {
  test("write as one, and the second goes on when the first stops", async () => {
    const server = await startServer();
    manifests.putWorkload({ service: "churn", port: server.port, hash: "a" });
    const first = await follow();
    await becomes("churn", "there, 1 current");
    await follow();
    const asked = server.requests.length;
    await first.stop();
    server.serve(documentOf(["income"]));
    manifests.putWorkload({ service: "churn", port: server.port, hash: "b" });
    await becomes("churn", "there, 1 superseded, 2 current");
    expect(server.requests.length - asked).toBe(2);
  });

  test("lead again after every connection of the database was cut", async () => {
    const server = await startServer();
    manifests.putWorkload({ service: "churn", port: server.port, hash: "a" });
    await follow();
    await becomes("churn", "there, 1 current");
    await database.store.db.$executeRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`;
    server.serve(documentOf(["income"]));
    manifests.putWorkload({ service: "churn", port: server.port, hash: "b" });
    await becomes("churn", "there, 1 superseded, 2 current");
  });
});

describe("politeness", () => {
  test("asks a model once, whatever changes around it, and once more after a day", async () => {
    const [server, other] = [await startServer(), await startServer()];
    let now = Date.now();
    manifests.putWorkload({ service: "churn", port: server.port, hash: "a" });
    manifests.putWorkload({ service: "other", port: other.port, hash: "a" });
    await follow(() => new Date(now));
    await becomes("churn", "there, 1 current");
    await becomes("other", "there, 1 current");
    const rollOther = async (round: number): Promise<void> => {
      manifests.putWorkload({ service: "other", port: other.port, hash: `h${String(round)}` });
      await waitUntil(`round ${String(round)}`, async () => {
        const record = await database.store.db.servedBy.findFirst({ where: { version: { api: { name: "other" } } } });
        return record?.images[0]?.endsWith(`h${String(round)}`);
      });
    };
    for (let round = 1; round <= 5; round += 1) {
      now += 10 * 60_000;
      await rollOther(round);
    }
    expect(server.requests).toEqual(["/openapi.json"]);
    now += 27 * 60 * 60_000;
    await rollOther(6);
    await waitUntil("the daily question", () => server.requests.length === 2);
    now += 60_000;
    await rollOther(7);
    expect(server.requests).toHaveLength(2);
    expect(await stand("churn")).toBe("there, 1 current");
  });
});

test("the admin page's picture of the cluster is written", async () => {
  const server = await startServer();
  manifests.putWorkload({ service: "churn", port: server.port, hash: "a" });
  await follow();
  await waitUntil("the states", async () => {
    const states = await database.store.db.sourceState.findMany({ where: { kind: "Service" } });
    return states[0]?.state === "synced" && states[0].objectCount === 1;
  });
});
