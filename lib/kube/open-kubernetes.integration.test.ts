import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { PolicyRule, TestCluster } from "../../test/integration/cluster.ts";
import { startCluster } from "../../test/integration/cluster.ts";
import {
  gatewayAndKserveKinds,
  makeDefinitions,
  makePermissiveDefinition,
} from "../../test/integration/definitions.ts";
import { waitUntil } from "../../test/integration/wait-until.ts";
import { createLogger, metrics } from "../base/index.ts";
import type { ClusterReader, KindRef, KubernetesOptions } from "./index.ts";
import { openConnection } from "./connection.ts";
import { describeLists, openKubernetes } from "./index.ts";
import { listPages } from "./list-pages.ts";
import { defaultReaderTiming } from "./reader-timing.ts";
import { runWatch } from "./watch-session.ts";

const logger = createLogger("test", "silent");
const service: KindRef = { group: "", kind: "Service", plural: "services", versions: ["v1"], namespaced: true };
const configMap: KindRef = { group: "", kind: "ConfigMap", plural: "configmaps", versions: ["v1"], namespaced: true };
const namespaceKind: KindRef = {
  group: "",
  kind: "Namespace",
  plural: "namespaces",
  versions: ["v1"],
  namespaced: false,
};
const secret: KindRef = { group: "", kind: "Secret", plural: "secrets", versions: ["v1"], namespaced: true };

const readAll = (plural: string, group = ""): PolicyRule => ({
  apiGroups: [group],
  resources: [plural],
  verbs: ["get", "list", "watch"],
});

function makeConfigMap(namespace: string, name: string, data: Record<string, string> = {}) {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace }, data };
}

describe("openKubernetes", () => {
  let cluster: TestCluster;
  const readers: ClusterReader[] = [];

  beforeAll(async () => {
    cluster = await startCluster();
  });
  afterAll(async () => {
    await cluster.stop();
  });
  afterEach(async () => {
    await Promise.all(readers.splice(0).map((reader) => reader.stop()));
  });

  async function open(options: Partial<KubernetesOptions> & Pick<KubernetesOptions, "kinds">): Promise<ClusterReader> {
    const reader = openKubernetes({ cluster: "test", kubeconfigPath: cluster.kubeconfigPath, logger, ...options });
    readers.push(reader);
    await reader.start();
    return reader;
  }

  async function readCounter(name: string, cluster: string, kind: string, more = ""): Promise<number> {
    const line = (await metrics.getSingleMetricAsString(name))
      .split("\n")
      .find((text) => text.includes(`cluster="${cluster}"`) && text.includes(`kind="${kind}"`) && text.includes(more));
    return line === undefined ? 0 : Number(line.slice(line.lastIndexOf(" ") + 1));
  }

  test("drops managedFields and the last-applied annotation and keeps the rest", async () => {
    await cluster.apply([
      {
        apiVersion: "v1",
        kind: "Service",
        metadata: {
          name: "churn",
          namespace: "lean",
          labels: { app: "churn" },
          annotations: { "gatebook.dev/owner": "fraud", "kubectl.kubernetes.io/last-applied-configuration": "{}" },
        },
        spec: { clusterIP: "None", ports: [{ port: 80 }] },
      },
    ]);
    const reader = await open({ kinds: [service] });
    const object = reader.list(service).get("lean", "churn");
    expect(object).toMatchObject({
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "churn", namespace: "lean", labels: { app: "churn" } },
      spec: { clusterIP: "None" },
    });
    expect(Object.keys(object?.metadata.annotations ?? {})).toEqual(["gatebook.dev/owner"]);
    expect(object?.metadata).not.toHaveProperty("managedFields");
  });

  test("sees an object come, change and go, and tells listeners once for a burst", async () => {
    const reader = await open({ kinds: [configMap] });
    const list = reader.list(configMap);
    let calls = 0;
    const end = reader.subscribe(() => {
      calls += 1;
    });
    await cluster.apply([makeConfigMap("live", "one", { key: "a" })]);
    const first = await waitUntil("the object to come", () => list.get("live", "one"));
    await cluster.apply([makeConfigMap("live", "one", { key: "b" })]);
    const second = await waitUntil("the object to change", () => {
      const now = list.get("live", "one");
      return now === first ? null : now;
    });
    expect(second).toMatchObject({ data: { key: "b" } });
    expect(list.lagMs()).toBeLessThan(3_000);
    await cluster.deleteObject(makeConfigMap("live", "one"));
    await waitUntil("the object to go", () => list.get("live", "one") === undefined);
    await waitUntil("the listener to hear of it", () => calls > 0);
    end();

    calls = 0;
    const endAgain = reader.subscribe(() => {
      calls += 1;
    });
    await Promise.all(
      Array.from({ length: 50 }, (_, index) => cluster.apply([makeConfigMap("live", `burst-${String(index)}`)])),
    );
    await waitUntil(
      "all to come",
      () => list.objects().filter((o) => o.metadata.name.startsWith("burst-")).length === 50,
    );
    await waitUntil("the listener to hear of it", () => calls > 0);
    expect(calls).toBeLessThan(50);
    endAgain();
  });

  test("reads a list of more than a thousand objects in pages, whole", async () => {
    await cluster.apply([makeConfigMap("many", "seed")]);
    const names = Array.from({ length: 1_250 }, (_, index) => `config-${String(index)}`);
    const waiting = [...names];
    await Promise.all(
      Array.from({ length: 12 }, async () => {
        for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
          const answer = await cluster.send("POST", "/api/v1/namespaces/many/configmaps", makeConfigMap("many", name));
          expect(answer.status).toBe(201);
        }
      }),
    );
    for (const pageSize of [500, 97]) {
      const reader = await open({ kinds: [configMap], pageSize });
      const held = reader
        .list(configMap)
        .objects()
        .filter((object) => object.metadata.namespace === "many");
      expect(reader.list(configMap).state()).toEqual({ kind: "synced" });
      expect(new Set(held.map((object) => object.metadata.name))).toEqual(new Set([...names, "seed"]));
    }
  });

  test("reports a forbidden kind with a message and disturbs no other", async () => {
    const account = await cluster.kubeconfigFor([readAll("services")]);
    const reader = await open({
      kinds: [service, secret],
      kubeconfigPath: account.kubeconfigPath,
      timing: { retryFirstMs: 100, forbiddenRetryMs: 300 },
    });
    expect(reader.list(service).state()).toEqual({ kind: "synced" });
    expect(reader.list(secret).state()).toMatchObject({ kind: "stale", reason: "forbidden" });
    const state = reader.list(secret).state();
    expect(state.kind === "stale" ? state.message : "").toMatch(/may not list secrets/);
    await account.setRights([readAll("services"), readAll("secrets")]);
    await waitUntil("the kind to be synced", () => reader.list(secret).state().kind === "synced");
  });

  test("keeps what it holds while rights are taken away and catches up when they are given back", async () => {
    const account = await cluster.kubeconfigFor([readAll("configmaps"), readAll("services")]);
    await cluster.apply([makeConfigMap("rights", "kept"), makeConfigMap("rights", "deleted")]);
    const reader = await open({
      kinds: [configMap, service],
      kubeconfigPath: account.kubeconfigPath,
      timing: { retryFirstMs: 100, forbiddenRetryMs: 300, watchTimeoutMs: 1_000 },
    });
    const list = reader.list(configMap);
    const names = (): string[] =>
      list.objects().flatMap((o) => (o.metadata.namespace === "rights" ? [o.metadata.name] : []));
    await account.setRights([readAll("services")]);
    await waitUntil("the kind to be forbidden", () => {
      const state = list.state();
      return state.kind === "stale" && state.reason === "forbidden";
    });
    await cluster.deleteObject(makeConfigMap("rights", "deleted"));
    await cluster.apply([makeConfigMap("rights", "created")]);
    expect(names().sort()).toEqual(["deleted", "kept"]);
    expect(reader.list(service).state().kind).toBe("synced");
    await account.setRights([readAll("services"), readAll("configmaps")]);
    await waitUntil("the kind to be synced", () => list.state().kind === "synced");
    await waitUntil("the list to be current", () => names().sort().join() === "created,kept", { describe: names });
  });

  test("lists a kind now and then that may not be watched, and says so", async () => {
    const account = await cluster.kubeconfigFor([
      { apiGroups: [""], resources: ["configmaps"], verbs: ["get", "list"] },
    ]);
    const timing = { retryFirstMs: 50, forbiddenRetryMs: 200 };
    const reader = await open({ kinds: [configMap], kubeconfigPath: account.kubeconfigPath, timing });
    const list = reader.list(configMap);
    await waitUntil("the watch to be forbidden", () => list.state().kind === "stale");
    const state = list.state();
    expect(state.kind === "stale" ? state.message : "").toMatch(/may not watch configmaps/);
    await cluster.apply([makeConfigMap("unwatched", "new")]);
    await waitUntil("the object to be listed", () => list.get("unwatched", "new"));
  });

  test("does not take an account without rights for an empty cluster", async () => {
    const account = await cluster.kubeconfigFor([]);
    const reader = await open({ kinds: [service, namespaceKind], kubeconfigPath: account.kubeconfigPath });
    for (const list of reader.lists()) {
      expect(list.state()).toMatchObject({ kind: "stale", reason: "forbidden" });
      expect(list.confirmedAt()).toBeNull();
    }
  });

  describe("with definitions that come and go", () => {
    const widget: KindRef = {
      group: "tests.gatebook.dev",
      kind: "Widget",
      plural: "widgets",
      versions: ["v2", "v1"],
      namespaced: true,
    };
    const makeWidget = (name: string) => ({
      apiVersion: "tests.gatebook.dev/v1",
      kind: "Widget",
      metadata: { name, namespace: "widgets" },
      spec: { size: 1 },
    });
    const definition = makePermissiveDefinition({ ...widget, versions: ["v1"] });

    async function comeAndGo(reader: ClusterReader): Promise<void> {
      const list = reader.list(widget);
      expect(list.state()).toEqual({ kind: "absent" });
      await cluster.apply([definition, makeWidget("a")]);
      await waitUntil("the object of the new kind", () => list.state().kind === "synced" && list.get("widgets", "a"));
      expect(list.servedVersion()).toBe("v1");
      await cluster.deleteObject(definition);
      await waitUntil("the kind to be absent", () => list.state().kind === "absent", { describe: () => list.state() });
      expect(list.objects()).toEqual([]);
      await cluster.apply([definition, makeWidget("b")]);
      await waitUntil("the kind to be back", () => list.state().kind === "synced" && list.get("widgets", "b"));
      expect(list.objects()).toHaveLength(1);
      await cluster.deleteObject(definition);
      await waitUntil("the kind to be absent", () => list.state().kind === "absent");
    }

    test("notices a kind that is installed, removed and installed again", async () => {
      await comeAndGo(await open({ kinds: [widget, service] }));
    });

    test("notices it without the right to watch definitions", async () => {
      const account = await cluster.kubeconfigFor([readAll("services"), readAll("widgets", widget.group)]);
      const timing = { absentRetryMaxMs: 500, retryFirstMs: 100, watchTimeoutMs: 1_000 };
      await comeAndGo(await open({ kinds: [widget, service], kubeconfigPath: account.kubeconfigPath, timing }));
    });

    test("moves to the preferred version when one is added", async () => {
      await cluster.apply([definition, makeWidget("a")]);
      const reader = await open({ kinds: [widget] });
      const list = reader.list(widget);
      expect(list.servedVersion()).toBe("v1");
      await cluster.apply([makePermissiveDefinition(widget)]);
      await waitUntil("the preferred version", () => list.servedVersion() === "v2");
      expect(list.get("widgets", "a")?.apiVersion).toBe("tests.gatebook.dev/v2");
      await cluster.deleteObject(definition);
    });
  });

  test("reads the kinds of Gateway API and KServe in the versions that the server prefers", async () => {
    const before = await open({ kinds: gatewayAndKserveKinds });
    expect(before.lists().map((list) => list.state().kind)).toEqual(gatewayAndKserveKinds.map(() => "absent"));
    await cluster.apply(makeDefinitions(gatewayAndKserveKinds));
    const reader = await open({ kinds: gatewayAndKserveKinds });
    for (const each of [before, reader]) {
      for (const list of each.lists()) {
        await waitUntil(`${list.ref.kind} to be synced`, () => list.state().kind === "synced");
        const wanted = list.ref.versions[0];
        await waitUntil("the preferred version", () => list.servedVersion() === wanted);
      }
    }
  });

  test("reads one object directly, watched or not", async () => {
    await cluster.apply([makeConfigMap("direct", "openapi", { "openapi.yaml": "openapi: 3.1.0" })]);
    const account = await cluster.kubeconfigFor([readAll("configmaps")]);
    const reader = await open({ kinds: [service], kubeconfigPath: account.kubeconfigPath });
    expect(await reader.read(configMap, "direct", "openapi")).toMatchObject({
      kind: "found",
      object: { data: { "openapi.yaml": "openapi: 3.1.0" } },
    });
    expect(await reader.read(configMap, "direct", "none")).toEqual({ kind: "absent" });
    expect(await reader.read({ ...configMap, group: "no.such.group" }, "direct", "none")).toEqual({ kind: "absent" });
    expect(await reader.read(secret, "direct", "openapi")).toMatchObject({ kind: "failed", reason: "forbidden" });
    expect(await reader.read(configMap, "..", "../../../apis")).toMatchObject({ kind: "absent" });
  });

  test("moves the place that a quiet kind resumes from by bookmarks", async () => {
    const connection = openConnection(cluster.kubeconfigPath);
    const signal = new AbortController().signal;
    const path = "/apis/storage.k8s.io/v1/storageclasses";
    const listed = await listPages({ connection, path, signal, timeoutMs: 5_000, pageSize: 500, parse: () => null });
    const resourceVersion = listed.kind === "listed" ? listed.resourceVersion : "";
    const types = new Set<string>();
    const end = await runWatch({
      connection,
      path,
      resourceVersion,
      timing: { ...defaultReaderTiming, watchTimeoutMs: 4_000 },
      signal,
      onOpen() {
        // Life in another kind, which this watch does not see.
        void cluster.apply([makeConfigMap("noise", "a"), makeConfigMap("noise", "b")]);
      },
      onEvent: (event) => types.add(event.type),
    });
    connection.close();
    expect(types).toEqual(new Set(["BOOKMARK"]));
    expect(end).toMatchObject({ kind: "ended", isProgress: true });
    expect(Number("resourceVersion" in end ? end.resourceVersion : 0)).toBeGreaterThan(Number(resourceVersion));
  });

  test("takes up a quiet kind again after its watch ended, without a new list", async () => {
    const reader = await open({ cluster: "resumed", kinds: [namespaceKind], timing: { watchTimeoutMs: 2_500 } });
    const count = async (type: string): Promise<number> =>
      readCounter("gatebook_kube_events_total", "resumed", "namespaces", `type="${type}"`);
    for (const round of [1, 2]) {
      const name = `resumed-${String(round)}`;
      await cluster.compactHistory();
      await cluster.apply([{ apiVersion: "v1", kind: "Namespace", metadata: { name } }]);
      await waitUntil("the new object", () => reader.list(namespaceKind).get("", name));
      const bookmarks = await count("BOOKMARK");
      // A bookmark comes right before the server ends a watch.
      await waitUntil("the watch to end", async () => (await count("BOOKMARK")) > bookmarks);
    }
    expect(await readCounter("gatebook_kube_lists_total", "resumed", "namespaces")).toBe(1);
    expect(reader.list(namespaceKind).state()).toEqual({ kind: "synced" });
  });

  test("reports objects, state and age of each list", async () => {
    const reader = await open({ cluster: "measured", kinds: [namespaceKind] });
    expect(await readCounter("gatebook_kube_objects", "measured", "namespaces")).toBe(
      reader.list(namespaceKind).objects().length,
    );
    expect(await readCounter("gatebook_kube_list_state", "measured", "namespaces", 'state="synced"')).toBe(1);
    expect(await readCounter("gatebook_kube_list_age_seconds", "measured", "namespaces")).toBeLessThan(30);
    await reader.stop();
    expect(await readCounter("gatebook_kube_objects", "measured", "namespaces")).toBe(0);
  });

  test("says what the admin page shows of each list", async () => {
    const reader = await open({
      cluster: "described",
      kinds: [namespaceKind, { ...configMap, group: "no.such.group" }],
    });
    expect(describeLists(reader)).toMatchObject([
      { cluster: "described", group: "", version: "v1", kind: "Namespace", state: { kind: "synced" } },
      { cluster: "described", group: "no.such.group", kind: "ConfigMap", state: { kind: "absent" }, objectCount: 0 },
    ]);
  });

  test("says what is wrong with a kubeconfig that cannot be used", () => {
    expect(() =>
      openKubernetes({ cluster: "test", kubeconfigPath: "/no/such/file", kinds: [service], logger }),
    ).toThrow(/cannot be used: \/no\/such\/file/);
  });
});
