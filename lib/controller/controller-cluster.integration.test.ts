import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startCluster } from "../../test/integration/cluster.ts";
import type { TestCluster } from "../../test/integration/cluster.ts";
import { makeFollower } from "../../test/integration/make-api.ts";
import { documentOf, startModelServer } from "../../test/integration/model-server.ts";
import type { ModelServer } from "../../test/integration/model-server.ts";
import { createTestDatabase } from "../../test/integration/postgres.ts";
import type { TestDatabase } from "../../test/integration/postgres.ts";
import { waitUntil } from "../../test/integration/wait-until.ts";
import { createLogger } from "../base/index.ts";
import { controllerSettings, readSettings } from "../env/index.ts";
import { listenEvents } from "../store/index.ts";
import type { StoreEvent } from "../store/index.ts";
import { startController } from "./index.ts";

let cluster: TestCluster;
let database: TestDatabase;
let server: ModelServer;
let controller: { stop(): Promise<void> } | null = null;

beforeAll(async () => {
  cluster = await startCluster();
});

afterAll(async () => {
  await cluster.stop();
});

beforeEach(async () => {
  database = await createTestDatabase();
  server = await startModelServer();
});

afterEach(async () => {
  await controller?.stop();
  controller = null;
  await server.stop();
  await database.drop();
});

async function follow(): Promise<void> {
  controller = await startController({
    settings: readSettings(controllerSettings, {
      DATABASE_URL: database.url,
      KUBECONFIG: cluster.kubeconfigPath,
      METRICS_PORT: "0",
      CLUSTER_NAME: "test",
      GATEBOOK_ALLOW_HOSTS: `127.0.0.1:${String(server.port)}`,
    }),
    logger: createLogger("controller", "silent"),
  });
}

/** A Service that says where its description is: an API server takes no loopback address in an EndpointSlice. */
async function applyService(name: string, revision: number): Promise<void> {
  const url = `http://127.0.0.1:${String(server.port)}/openapi.json?v=${String(revision)}`;
  await cluster.apply([
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name, namespace: "team", annotations: { "gatebook.dev/openapi-url": url } },
      spec: { ports: [{ name: "http", port: 80 }] },
    },
  ]);
}

const findApi = (name: string) =>
  database.store.db.api.findFirst({ where: { name }, include: { currentVersion: true } });
const isAt = async (name: string, number: number): Promise<boolean> =>
  (await findApi(name))?.currentVersion?.number === number;

test("a follower is told within two seconds of the change of its objects", async () => {
  await applyService("churn", 1);
  await follow();
  await waitUntil("the first version", () => isAt("churn", 1));
  const api = await findApi("churn");
  await makeFollower(database.store, api?.id ?? "", { name: "Carla" });
  const events: StoreEvent[] = [];
  let isListening = false;
  const listener = listenEvents({
    databaseUrl: database.url,
    onEvent: (event) => events.push(event),
    onState: (state) => (isListening = state === "listening"),
  });
  await waitUntil("the listener", () => isListening);
  server.serve(documentOf(["age", "income"]));
  await applyService("churn", 2);
  const applied = performance.now();
  await waitUntil("the notice", () => events.some(({ type }) => type === "notice"), { everyMs: 5 });
  expect(performance.now() - applied).toBeLessThan(2_000);
  await listener.stop();
});

test("nothing is retired while the API server does not answer, and what went meanwhile is when it does", async () => {
  await applyService("stays", 1);
  await applyService("goes", 1);
  await follow();
  await waitUntil("both", async () => (await isAt("stays", 1)) && (await isAt("goes", 1)));
  await controller?.stop();
  await cluster.deleteObject({ apiVersion: "v1", kind: "Service", metadata: { name: "goes", namespace: "team" } });
  await cluster.stopApiServer({ signal: "SIGKILL" });
  try {
    await follow();
    await waitUntil("the state of Services", async () => {
      const state = await database.store.db.sourceState.findFirst({ where: { kind: "Service", group: "" } });
      return state?.state === "stale" && state.reason === "unreachable";
    });
    expect(await database.store.db.api.count({ where: { retiredAt: null, name: { in: ["stays", "goes"] } } })).toBe(2);
  } finally {
    await cluster.startApiServer();
  }
  await waitUntil("what went to be retired", async () => ((await findApi("goes"))?.retiredAt ?? null) !== null, {
    timeoutMs: 45_000,
  });
  expect((await findApi("stays"))?.retiredAt).toBeNull();
});
