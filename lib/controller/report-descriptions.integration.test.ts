import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startCluster } from "../../test/integration/cluster.ts";
import type { TestCluster } from "../../test/integration/cluster.ts";
import { isRecord } from "../../test/integration/cluster-client.ts";
import type { TestObject } from "../../test/integration/cluster-client.ts";
import { deployAccount, readDeployed } from "../../test/integration/deployed-account.ts";
import { makeFollower } from "../../test/integration/make-api.ts";
import { documentOf } from "../../test/integration/model-server.ts";
import { createTestDatabase } from "../../test/integration/postgres.ts";
import type { TestDatabase } from "../../test/integration/postgres.ts";
import { waitUntil } from "../../test/integration/wait-until.ts";
import { createLogger } from "../base/index.ts";
import { controllerSettings, readSettings } from "../env/index.ts";
import { startController } from "./index.ts";

const apiVersion = "gatebook.dev/v1alpha1";
const kind = "ApiDescription";
let cluster: TestCluster;
let database: TestDatabase;
let controller: { stop(): Promise<void> };

beforeAll(async () => {
  cluster = await startCluster();
  await cluster.apply(readDeployed("crds"));
  // Its own rights and no others: an administrator could write what the deployed controller may not.
  const { kubeconfigPath } = await deployAccount(cluster);
  database = await createTestDatabase();
  controller = await startController({
    settings: readSettings(controllerSettings, {
      DATABASE_URL: database.url,
      KUBECONFIG: kubeconfigPath,
      METRICS_PORT: "0",
      CLUSTER_NAME: "test",
      PUBLIC_URL: "https://portal.corp.test/",
    }),
    logger: createLogger("controller", "silent"),
  });
}, 300_000);

afterAll(async () => {
  await controller.stop();
  await database.drop();
  await cluster.stop();
});

const service = (name: string, annotations: Readonly<Record<string, string>> = {}): TestObject => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, namespace: "team", annotations },
  spec: { ports: [{ name: "http", port: 80 }] },
});

const describes = (
  name: string,
  targets: readonly string[],
  spec: Readonly<Record<string, unknown>> = {},
): TestObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: "team" },
  spec: { targetRefs: targets.map((target) => ({ kind: "Service", name: target })), ...spec },
});

const inline = (fields: readonly string[]): Readonly<Record<string, unknown>> => ({
  description: { inline: JSON.stringify(documentOf(fields)) },
});

const read = async (name: string): Promise<TestObject | null> =>
  cluster.get({ apiVersion, kind, metadata: { name, namespace: "team" } });

async function statusOf(name: string): Promise<Readonly<Record<string, unknown>>> {
  const status = (await read(name))?.["status"];
  return isRecord(status) ? status : {};
}

/** Each condition in short: "True Fetched". */
async function conditionsOf(name: string): Promise<Readonly<Record<string, string>>> {
  const { conditions } = await statusOf(name);
  const list: readonly unknown[] = Array.isArray(conditions) ? conditions : [];
  return Object.fromEntries(
    list.filter(isRecord).map((one) => [String(one["type"]), `${String(one["status"])} ${String(one["reason"])}`]),
  );
}

async function conditionOf(name: string, type: string): Promise<Readonly<Record<string, unknown>>> {
  const { conditions } = await statusOf(name);
  const list: readonly unknown[] = Array.isArray(conditions) ? conditions : [];
  return list.filter(isRecord).find((one) => one["type"] === type) ?? {};
}

async function untilSaid(name: string, wanted: Readonly<Record<string, string>>): Promise<void> {
  let last: unknown;
  await waitUntil(
    `${name} to say ${JSON.stringify(wanted)}`,
    async () => {
      const said = await conditionsOf(name);
      last = said;
      return Object.entries(wanted).every(([type, text]) => said[type] === text);
    },
    { describe: () => last },
  );
}

/** What `kubectl get apid` prints of one: its columns by name. */
async function printedOf(name: string): Promise<Readonly<Record<string, unknown>>> {
  const { body } = await cluster.send(
    "GET",
    `/apis/${apiVersion}/namespaces/team/apidescriptions`,
    undefined,
    undefined,
    "application/json;as=Table;v=v1;g=meta.k8s.io",
  );
  const table = isRecord(body) ? body : {};
  const columns: readonly unknown[] = Array.isArray(table["columnDefinitions"]) ? table["columnDefinitions"] : [];
  const rows: readonly unknown[] = Array.isArray(table["rows"]) ? table["rows"] : [];
  const cells = rows
    .filter(isRecord)
    .map(({ cells: own }): readonly unknown[] => (Array.isArray(own) ? own : []))
    .find(([first]) => first === name);
  return Object.fromEntries(columns.filter(isRecord).map((column, index) => [String(column["name"]), cells?.[index]]));
}

const published = {
  Accepted: "True Accepted",
  Discovered: "True Discovered",
  DescriptionFetched: "True Declared",
  DescriptionValid: "True Valid",
  Published: "True Published",
};

describe("the status of an ApiDescription", () => {
  it("tells the whole story of a version that breaks", async () => {
    await cluster.apply([service("churn"), describes("scores", ["churn"], { ...inline(["age"]), title: "Scores" })]);
    await untilSaid("scores", published);
    const first = await statusOf("scores");
    expect(first).toMatchObject({
      observedGeneration: 1,
      portalUrl: "https://portal.corp.test/apis/team/scores",
      api: { state: "unknown", origin: "declared", operations: 1, followers: 0 },
      currentVersion: { number: 1, label: "1.0", changes: { breaking: 0, risky: 0, safe: 0, info: 0 } },
    });
    const api = await database.store.db.api.findFirstOrThrow({ where: { name: "scores" } });
    expect(first["api"]).toMatchObject({ id: api.id });
    const since = await conditionOf("scores", "Published");
    await makeFollower(database.store, api.id, { name: "Carla" });
    await cluster.apply([describes("scores", ["churn"], { ...inline(["age", "income"]), title: "Scores" })]);
    await waitUntil("the second version", async () => {
      const { currentVersion } = await statusOf("scores");
      return isRecord(currentVersion) && currentVersion["number"] === 2;
    });
    expect(await statusOf("scores")).toMatchObject({
      observedGeneration: 2,
      api: { followers: 1 },
      currentVersion: { changes: { breaking: 1 } },
    });
    // A condition that stays what it was keeps its time.
    expect((await conditionOf("scores", "Published"))["lastTransitionTime"]).toBe(since["lastTransitionTime"]);
    expect(await printedOf("scores")).toMatchObject({
      Target: "churn",
      Version: "1.0",
      Breaking: 1,
      Published: "True",
      Reason: "Published",
      Title: "Scores",
      Portal: "https://portal.corp.test/apis/team/scores",
    });
  });

  it("explains a description that is none, until it is mended", async () => {
    await cluster.apply([
      service("loan"),
      describes("loans", ["loan"], { description: { inline: "openapi: 3.1.0\n{" } }),
    ]);
    await untilSaid("loans", { DescriptionValid: "False Invalid", Published: "False Invalid" });
    const invalid = await conditionOf("loans", "DescriptionValid");
    expect(invalid["message"]).toMatch(/^What was fetched is not a description that can be read\. .*\(line \d+\)/);
    expect(await printedOf("loans")).toMatchObject({ Published: "False", Reason: "Invalid" });
    await cluster.apply([describes("loans", ["loan"], inline(["sum"]))]);
    await untilSaid("loans", published);
  });

  it("says that a target is missing, and that it came", async () => {
    await cluster.apply([describes("late", ["later"], inline(["age"]))]);
    await untilSaid("late", { Accepted: "True Accepted", Discovered: "False NoApi", Published: "False NoApi" });
    expect((await conditionOf("late", "Discovered"))["message"]).toBe("Its target Service later does not exist.");
    await cluster.apply([service("later")]);
    await untilSaid("late", published);
    await cluster.deleteObject({ apiVersion: "v1", kind: "Service", metadata: { name: "later", namespace: "team" } });
    await untilSaid("late", { Discovered: "False NoApi" });
    expect(await statusOf("late")).not.toHaveProperty("api");
    expect(await statusOf("late")).not.toHaveProperty("currentVersion");
  });

  it("states a conflict on the younger of two, and takes it back when the older goes", async () => {
    await cluster.apply([service("fraud"), describes("fraud-a", ["fraud"], inline(["age"]))]);
    await untilSaid("fraud-a", published);
    await cluster.apply([describes("fraud-b", ["fraud"], inline(["sum"]))]);
    await untilSaid("fraud-b", { Accepted: "False Conflicted", Published: "False Conflicted" });
    expect((await conditionOf("fraud-b", "Accepted"))["message"]).toBe(
      "ApiDescription team/fraud-a is older and describes Service fraud already; this one is not used.",
    );
    expect(await conditionsOf("fraud-a")).toEqual(published);
    await cluster.deleteObject({ apiVersion, kind, metadata: { name: "fraud-a", namespace: "team" } });
    await untilSaid("fraud-b", published);
  });

  it("tells lines apart", async () => {
    await cluster.apply([
      service("lines-v1", { "gatebook.dev/openapi-path": "/openapi.json" }),
      service("lines-v2"),
      {
        apiVersion,
        kind,
        metadata: { name: "lines", namespace: "team" },
        spec: {
          targetRefs: [
            { kind: "Service", name: "lines-v1" },
            { kind: "Service", name: "lines-v2", line: "v2_Beta" },
          ],
          ...inline(["age"]),
        },
      },
    ]);
    await untilSaid("lines", published);
    expect(await statusOf("lines")).toMatchObject({
      currentVersion: { number: 1 },
      lines: [{ name: "v2_Beta", currentVersion: { number: 1 } }],
    });
    expect((await conditionOf("lines", "Published"))["message"]).toBe(
      "Current is version 1 (1.0) of main, 1 (1.0) of v2_Beta.",
    );
  });

  it("says what is asked for and not allowed", async () => {
    await cluster.apply([service("open"), describes("opened", ["open"], { ...inline(["age"]), visibility: "public" })]);
    await untilSaid("opened", { Accepted: "True PartlyUsed", Published: "True Published" });
    expect((await conditionOf("opened", "Accepted"))["message"]).toMatch(/^It is used, but: .*public/);
  });

  it("leaves the conditions of others alone, and writes nothing where nothing changed", async () => {
    await cluster.apply([service("calm"), describes("calm", ["calm"], inline(["age"]))]);
    await untilSaid("calm", published);
    const other = { type: "example.com/Reviewed", status: "True", reason: "Reviewed", message: "By us." };
    await cluster.send(
      "PATCH",
      `/apis/${apiVersion}/namespaces/team/apidescriptions/calm/status?fieldManager=reviewers`,
      {
        apiVersion,
        kind,
        metadata: { name: "calm" },
        status: { conditions: [{ ...other, lastTransitionTime: "2026-01-01T00:00:00Z" }] },
      },
      "application/apply-patch+yaml",
    );
    const before = await read("calm");
    // Another object's whole way through the controller: what was due for this one came before it.
    await cluster.apply([service("calm-2"), describes("calm-2", ["calm-2"], inline(["age"]))]);
    await untilSaid("calm-2", published);
    expect((await read("calm"))?.metadata["resourceVersion"]).toBe(before?.metadata["resourceVersion"]);
    expect(await conditionsOf("calm")).toEqual({ ...published, "example.com/Reviewed": "True Reviewed" });
  });
});

describe("the schema of ApiDescriptions", () => {
  const target = { kind: "Service", name: "a" };

  it.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
    ["no target", { targetRefs: [] }, /should have at least 1 items/],
    ["a target twice", { targetRefs: [target, target] }, /an object is named twice/],
    [
      "a line twice",
      {
        targetRefs: [
          { ...target, line: "v1" },
          { kind: "Service", name: "b", line: "v1" },
        ],
      },
      /a line is named twice/,
    ],
    ["two places", { targetRefs: [target], description: { path: "/a", inline: "b" } }, /exactly one of path, url/],
    [
      "a port without a path",
      { targetRefs: [target], description: { url: "http://a/b", port: 80 } },
      /port belongs to/,
    ],
    ["a path that is none", { targetRefs: [target], description: { path: "openapi.json" } }, /should match '\^\/'/],
    ["a visibility that is none", { targetRefs: [target], visibility: "secret" }, /write public, signed-in or group/],
    ["a public URL that is none", { targetRefs: [target], publicUrl: "models.corp" }, /write an http or https URL/],
    ["a field that is none", { targetRefs: [target], owners: "a" }, /unknown field "spec.owners"/],
  ])("refuses %s, and says what to write", async (_, spec, message) => {
    const answer = await cluster.send(
      "POST",
      `/apis/${apiVersion}/namespaces/team/apidescriptions?fieldValidation=Strict&dryRun=All`,
      { apiVersion, kind, metadata: { name: "refused" }, spec },
    );
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(isRecord(answer.body) ? answer.body["message"] : "").toMatch(message);
  });
});
