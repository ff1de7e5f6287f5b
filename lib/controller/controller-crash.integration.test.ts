import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { startEmbeddedPostgres } from "../../bin/embedded/postgres.ts";
import { startControllerProcess } from "../../test/integration/controller-process.ts";
import type { ControllerProcess } from "../../test/integration/controller-process.ts";
import { makeFollower } from "../../test/integration/make-api.ts";
import { createModelManifests } from "../../test/integration/model-manifests.ts";
import type { ModelManifests } from "../../test/integration/model-manifests.ts";
import { documentOf, startModelServer } from "../../test/integration/model-server.ts";
import type { ModelServer } from "../../test/integration/model-server.ts";
import { createTestDatabase } from "../../test/integration/postgres.ts";
import { waitUntil } from "../../test/integration/wait-until.ts";
import { createLogger } from "../base/index.ts";
import { controllerSettings, readSettings } from "../env/index.ts";
import { migrate, openStore } from "../store/index.ts";
import type { Store } from "../store/index.ts";
import { startController } from "./index.ts";

const names = ["churn", "fraud", "search", "prices", "routes", "images"];
const cleanUps: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

type World = { readonly manifests: ModelManifests; readonly servers: ReadonlyMap<string, ModelServer> };

async function makeWorld(): Promise<World> {
  const manifests = createModelManifests();
  cleanUps.push(() => {
    manifests.drop();
  });
  const servers = new Map<string, ModelServer>();
  for (const name of names) {
    const server = await startModelServer();
    servers.set(name, server);
    cleanUps.push(() => server.stop());
  }
  return { manifests, servers };
}

/** Rolls every model out anew, with a contract of its own for this round. */
function rollOut({ manifests, servers }: World, round: number): void {
  const fields = Array.from({ length: round }, (_, index) => `field${String(index)}`);
  for (const [service, server] of servers) {
    server.serve(documentOf(fields));
    manifests.putWorkload({ service, port: server.port, hash: `r${String(round)}` });
  }
}

function settingsOf({ manifests, servers }: World, databaseUrl: string): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    GATEBOOK_MANIFESTS: manifests.folder,
    METRICS_PORT: "0",
    CLUSTER_NAME: "test",
    GATEBOOK_ALLOW_HOSTS: [...servers.values()].map(({ port }) => `127.0.0.1:${String(port)}`).join(","),
  };
}

/** True where every model has come to this round: so many versions, the last one current, and each change told once. */
async function haveAllCome(store: Store, round: number): Promise<boolean> {
  const versions = await store.db.specVersion.findMany({ where: { lifecycle: "current" } });
  return versions.length === names.length && versions.every(({ number }) => number === round);
}

async function expectNothingLostOrDoubled(store: Store, rounds: number): Promise<void> {
  for (const name of names) {
    const apis = await store.db.api.findMany({
      where: { name },
      include: {
        versions: { orderBy: { number: "asc" }, include: { changes: true, texts: true } },
        notices: { include: { recipients: true } },
        acquisitions: true,
      },
    });
    expect(apis).toHaveLength(1);
    const [api] = apis;
    expect(api?.versions.map(({ number, lifecycle }) => `${String(number)} ${lifecycle}`)).toEqual(
      Array.from(
        { length: rounds },
        (_, index) => `${String(index + 1)} ${index + 1 === rounds ? "current" : "superseded"}`,
      ),
    );
    expect(
      api?.versions.every(({ number, changes, texts }) => texts.length === 1 && changes.length > 0 === number > 1),
    ).toBe(true);
    expect(api?.notices.map(({ kind, recipients }) => `${kind} ${String(recipients.length)}`)).toEqual(
      Array.from({ length: rounds - 1 }, () => "current 1"),
    );
    expect(api?.acquisitions).toHaveLength(1);
  }
}

async function followAll(store: Store): Promise<void> {
  for (const { id } of await store.db.api.findMany()) await makeFollower(store, id, { name: "Carla" });
}

test(
  "a controller that is killed at any moment leaves nothing lost and nothing told twice",
  { timeout: 240_000 },
  async () => {
    const database = await createTestDatabase();
    cleanUps.push(() => database.drop());
    const world = await makeWorld();
    const settings = settingsOf(world, database.url);
    let running: ControllerProcess = startControllerProcess(settings);
    cleanUps.push(() => running.kill());

    rollOut(world, 1);
    await waitUntil("the first versions", () => haveAllCome(database.store, 1), { timeoutMs: 60_000 });
    await followAll(database.store);
    const rounds = 6;
    for (let round = 2; round <= rounds; round += 1) {
      await running.ready;
      rollOut(world, round);
      // Somewhere between the first look and the last notice; a different place each time.
      await pause(50 + Math.random() * 500);
      await running.kill();
      running = startControllerProcess(settings);
      await waitUntil(`round ${String(round)}`, () => haveAllCome(database.store, round), { timeoutMs: 60_000 });
    }
    await expectNothingLostOrDoubled(database.store, rounds);
  },
);

test("a database that crashes under load is waited for, and nothing is lost", { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "gatebook-crash-"));
  chmodSync(folder, 0o755);
  cleanUps.push(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  let postgres = await startEmbeddedPostgres({ folder });
  cleanUps.push(() => postgres.stop());
  const { databaseUrl } = postgres;
  const port = Number(new URL(databaseUrl).port);
  await migrate({ databaseUrl });
  const store = openStore({ databaseUrl });
  cleanUps.push(() => store.close());
  const world = await makeWorld();
  const controller = await startController({
    settings: readSettings(controllerSettings, settingsOf(world, databaseUrl)),
    logger: createLogger("controller", "silent"),
  });
  cleanUps.push(() => controller.stop());

  rollOut(world, 1);
  await waitUntil("the first versions", () => haveAllCome(store, 1), { timeoutMs: 60_000 });
  await followAll(store);
  const rounds = 4;
  for (let round = 2; round <= rounds; round += 1) {
    rollOut(world, round);
    await pause(50 + Math.random() * 300);
    await postgres.crash();
    await pause(500);
    postgres = await startEmbeddedPostgres({ folder, port });
    await waitUntil(`round ${String(round)}`, () => haveAllCome(store, round), { timeoutMs: 60_000 });
  }
  await expectNothingLostOrDoubled(store, rounds);
});
