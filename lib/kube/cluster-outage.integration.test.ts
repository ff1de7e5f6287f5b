import { createServer, connect } from "node:net";
import type { Socket } from "node:net";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { TestCluster } from "../../test/integration/cluster.ts";
import { startCluster } from "../../test/integration/cluster.ts";
import { isTestObject } from "../../test/integration/cluster-client.ts";
import { makePermissiveDefinition } from "../../test/integration/definitions.ts";
import { waitUntil } from "../../test/integration/wait-until.ts";
import { createLogger } from "../base/index.ts";
import type { Connection } from "./connection.ts";
import { openConnection } from "./connection.ts";
import { createVersionDiscovery } from "./discover-version.ts";
import { followKind } from "./follow-kind.ts";
import { createHeldList } from "./held-list.ts";
import type { ClusterReader, KindList, KindRef, ReaderTiming } from "./index.ts";
import { openKubernetes } from "./index.ts";
import { listPages } from "./list-pages.ts";
import { isRecord, parseObject } from "./parse-object.ts";
import { defaultReaderTiming } from "./reader-timing.ts";

const logger = createLogger("test", "silent");
const configMap: KindRef = { group: "", kind: "ConfigMap", plural: "configmaps", versions: ["v1"], namespaced: true };
const widget: KindRef = {
  group: "tests.gatebook.dev",
  kind: "Widget",
  plural: "widgets",
  versions: ["v1"],
  namespaced: true,
};
const timing: Partial<ReaderTiming> = { retryFirstMs: 50, retryMaxMs: 500 };

function makeConfigMap(namespace: string, name: string, data: Record<string, string> = {}) {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace }, data };
}

function makeWidget(namespace: string, name: string, size = 1) {
  return { apiVersion: "tests.gatebook.dev/v1", kind: "Widget", metadata: { name, namespace }, spec: { size } };
}

/** A line to the API server that can be cut without a word, as a broken network does. */
async function startLine(
  target: number,
): Promise<{ port: number; freeze(): void; thaw(): void; stop(): Promise<void> }> {
  const sockets = new Set<Socket>();
  let isFrozen = false;
  const server = createServer((near) => {
    const far = connect(target, "127.0.0.1");
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("data", (data) => {
        if (!isFrozen) to.write(data);
      });
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
      from.on("error", () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("A TCP server has no port.");
  return {
    port: address.port,
    freeze() {
      isFrozen = true;
    },
    thaw() {
      isFrozen = false;
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe("openKubernetes through outages", () => {
  let cluster: TestCluster;
  const readers: ClusterReader[] = [];
  const lines: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    cluster = await startCluster();
    await cluster.apply([makePermissiveDefinition(widget)]);
  });
  afterAll(async () => {
    await cluster.stop();
  });
  afterEach(async () => {
    await Promise.all(readers.splice(0).map((reader) => reader.stop()));
    for (const stop of lines.splice(0)) await stop();
    await cluster.startApiServer();
  });

  async function open(kinds: readonly KindRef[], more: Partial<ReaderTiming> = {}, kubeconfigPath?: string) {
    const reader = openKubernetes({
      cluster: "test",
      kubeconfigPath: kubeconfigPath ?? cluster.kubeconfigPath,
      kinds,
      logger,
      timing: { ...timing, ...more },
    });
    readers.push(reader);
    await reader.start();
    return reader;
  }

  /** Opens a reader behind a line that can be frozen. */
  async function openBehindLine(more: Partial<ReaderTiming>) {
    const port = Number(new URL(cluster.url).port);
    const line = await startLine(port);
    const folder = mkdtempSync(path.join(tmpdir(), "gatebook-line-"));
    const kubeconfigPath = path.join(folder, "kubeconfig");
    const config = readFileSync(cluster.kubeconfigPath, "utf8");
    writeFileSync(kubeconfigPath, config.replace(`:${String(port)}`, `:${String(line.port)}`));
    const reader = await open([configMap, widget], more, kubeconfigPath);
    lines.push(async () => {
      await line.stop();
      rmSync(folder, { recursive: true });
    });
    return { reader, line };
  }

  const namesIn = (list: KindList, namespace: string): string[] =>
    list
      .objects()
      .flatMap((object) => (object.metadata.namespace === namespace ? [object.metadata.name] : []))
      .sort();

  const untilStale = async (list: KindList): Promise<unknown> =>
    waitUntil("the list to be stale", () => list.state().kind === "stale");
  const untilSynced = async (list: KindList): Promise<unknown> =>
    waitUntil("the list to be synced", () => list.state().kind === "synced", {
      timeoutMs: 40_000,
      describe: () => list.state(),
    });

  test("keeps everything while the API server is away and follows it again afterwards", async () => {
    await cluster.apply([makeConfigMap("restart", "a"), makeWidget("restart", "a")]);
    const reader = await open([configMap, widget]);
    for (const list of reader.lists()) expect(namesIn(list, "restart")).toContain("a");
    await cluster.stopApiServer();
    for (const list of reader.lists()) {
      await untilStale(list);
      expect(list.state()).toMatchObject({ reason: "unreachable" });
      expect(namesIn(list, "restart")).toContain("a");
    }
    const heldBefore = reader.lists().map((list) => list.get("restart", "a"));
    const wentAbsent: string[] = [];
    const end = reader.subscribe(() => {
      for (const list of reader.lists()) if (list.state().kind === "absent") wentAbsent.push(list.ref.kind);
    });
    await cluster.startApiServer();
    for (const list of reader.lists()) await untilSynced(list);
    end();
    expect(wentAbsent).toEqual([]);
    // What did not change is the same object still.
    expect(reader.lists().map((list) => list.get("restart", "a") === heldBefore[reader.lists().indexOf(list)])).toEqual(
      [true, true],
    );
    await cluster.apply([makeConfigMap("restart", "b"), makeWidget("restart", "b")]);
    for (const list of reader.lists()) await waitUntil("the new object", () => list.get("restart", "b"));
  });

  test("starts before the API server does", async () => {
    await cluster.stopApiServer({ signal: "SIGKILL" });
    const reader = await open([configMap, widget]);
    for (const list of reader.lists()) expect(list.state()).toMatchObject({ kind: "stale", reason: "unreachable" });
    await cluster.startApiServer();
    for (const list of reader.lists()) await untilSynced(list);
  });

  test("lets an object go that was deleted while the connection was broken and its history compacted", async () => {
    await cluster.apply(["kept", "deleted"].flatMap((name) => [makeConfigMap("gone", name), makeWidget("gone", name)]));
    const { reader, line } = await openBehindLine({ watchSilenceMaxMs: 1_500, answerTimeoutMs: 1_000 });
    line.freeze();
    for (const list of reader.lists()) await untilStale(list);
    await cluster.deleteObject(makeConfigMap("gone", "deleted"));
    await cluster.deleteObject(makeWidget("gone", "deleted"));
    await cluster.apply([makeConfigMap("gone", "new"), makeWidget("gone", "new")]);
    await cluster.compactHistory();
    for (const list of reader.lists()) expect(namesIn(list, "gone")).toEqual(["deleted", "kept"]);
    line.thaw();
    for (const list of reader.lists()) {
      await untilSynced(list);
      await waitUntil("the list to be current", () => namesIn(list, "gone").join() === "kept,new", {
        describe: () => namesIn(list, "gone"),
      });
    }
  });

  test("begins a paged list again when it expires between two pages", async () => {
    await cluster.apply(Array.from({ length: 30 }, (_, index) => makeConfigMap("paged", `c-${String(index)}`)));
    const real = openConnection(cluster.kubeconfigPath);
    let expiries = 0;
    let requests = 0;
    /** Spoils the first continue token: it points to a moment that was compacted, and the server itself says 410. */
    const connection: Connection = {
      ...real,
      async getJson(target, options) {
        requests += 1;
        const url = new URL(target, "http://x");
        const token = url.searchParams.get("continue");
        if (token === null || expiries > 0) return real.getJson(target, options);
        const place: unknown = JSON.parse(Buffer.from(token, "base64").toString("utf8"));
        await cluster.apply([makeConfigMap("paged", "late")]);
        await cluster.compactHistory();
        const spoiled = Buffer.from(JSON.stringify({ ...(isRecord(place) ? place : {}), rv: 1 })).toString("base64url");
        url.searchParams.set("continue", spoiled);
        const answer = await real.getJson(`${url.pathname}${url.search}`, options);
        if (answer.kind === "failed" && answer.status === 410) expiries += 1;
        return answer;
      },
    };
    const outcome = await listPages({
      connection,
      path: "/api/v1/namespaces/paged/configmaps",
      signal: new AbortController().signal,
      timeoutMs: 10_000,
      pageSize: 10,
      parse(item) {
        const parsed = parseObject(item, configMap, "v1");
        return parsed.kind === "ok" ? parsed.object : null;
      },
    });
    real.close();
    expect(expiries).toBe(1);
    expect(requests).toBe(2 + 4);
    expect(outcome.kind === "listed" ? outcome.objects.length : outcome).toBe(31);
  });

  test("misses nothing and retires nothing falsely under a random workload with restarts and compactions", async () => {
    // A small generator with a fixed seed: a failure can be run again.
    let seed = 20_240_229;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
      return (seed >>> 8) % below;
    };
    const namespace = "random";
    const make = [makeConfigMap, makeWidget] as const;
    const { reader, line } = await openBehindLine({
      watchTimeoutMs: 1_000,
      watchSilenceMaxMs: 700,
      answerTimeoutMs: 700,
    });
    const lists = reader.lists();
    /** Objects that stand, by list and name, and those whose deletion was asked for: they alone may be missing. */
    const standing = [new Set<string>(), new Set<string>()];
    const seen = [new Set<string>(), new Set<string>()];
    const falselyGone: string[] = [];
    const look = (): void => {
      for (const [index, list] of lists.entries()) {
        const now = new Set(namesIn(list, namespace));
        for (const name of now) seen[index]?.add(name);
        for (const name of seen[index] ?? []) {
          if (!now.has(name) && standing[index]?.has(name) === true) falselyGone.push(`${list.ref.kind} ${name}`);
        }
      }
    };
    const end = reader.subscribe(look);

    let counter = 0;
    async function act(): Promise<void> {
      const index = random(2);
      const names = [...(standing[index] ?? [])];
      const name = names[random(Math.max(1, names.length))];
      const build = index === 0 ? make[0] : (ns: string, n: string) => make[1](ns, n, random(1_000));
      const choice = random(10);
      if (name === undefined || choice < 5) {
        // Names are not used twice, so that a missing one can be told from one that came again.
        counter += 1;
        const fresh = `o-${String(counter)}`;
        await cluster.apply([build(namespace, fresh)]);
        standing[index]?.add(fresh);
      } else if (choice < 8) {
        await cluster.apply([
          index === 0 ? makeConfigMap(namespace, name, { n: String(random(1_000)) }) : build(namespace, name),
        ]);
      } else {
        standing[index]?.delete(name);
        await cluster.deleteObject(build(namespace, name));
      }
    }
    for (let round = 0; round < 4; round += 1) {
      for (let step = 0; step < 60; step += 1) {
        if (step === 15) line.freeze();
        if (step === 45) {
          await untilStale(reader.list(configMap));
          line.thaw();
        }
        await act();
      }
      if (round === 0) await cluster.compactHistory();
      if (round === 1) await cluster.stopApiServer({ signal: "SIGKILL" });
      if (round === 2) await cluster.stopApiServer();
      await cluster.startApiServer();
      if (round > 0) await cluster.compactHistory();
    }

    for (const [index, list] of lists.entries()) {
      await untilSynced(list);
      const root = index === 0 ? "/api/v1" : "/apis/tests.gatebook.dev/v1";
      const answer = await cluster.send("GET", `${root}/namespaces/${namespace}/${list.ref.plural}`);
      const items =
        isRecord(answer.body) && Array.isArray(answer.body["items"]) ? (answer.body["items"] as unknown[]) : [];
      const version = (object: { readonly metadata: { readonly name: string } }): string => {
        const metadata: Readonly<Record<string, unknown>> = object.metadata;
        return `${object.metadata.name}@${String(metadata["resourceVersion"])}`;
      };
      const wanted = items
        .map((item) => ({ apiVersion: "", kind: "", ...(isRecord(item) ? item : {}) }))
        .filter(isTestObject)
        .map(version)
        .sort();
      expect(wanted.length).toBeGreaterThan(20);
      const held = (): string[] =>
        list
          .objects()
          .filter((object) => object.metadata.namespace === namespace)
          .map(version)
          .sort();
      await waitUntil("the list to equal the server's", () => held().join() === wanted.join(), { describe: held });
    }
    look();
    end();
    expect(falselyGone).toEqual([]);
  }, 120_000);

  test("does not believe a single denial of a kind that was there", async () => {
    await cluster.apply([makeWidget("denied", "kept")]);
    const real = openConnection(cluster.kubeconfigPath);
    let denials = 0;
    let isDenying = false;
    const connection: Connection = {
      ...real,
      async getJson(target, options) {
        if (!isDenying || target !== `/apis/${widget.group}`) return real.getJson(target, options);
        isDenying = false;
        denials += 1;
        return { kind: "failed", status: 404, message: "not found", retryAfterMs: null, isTooLarge: false };
      },
    };
    const states: string[] = [];
    const held = createHeldList({
      ref: widget,
      clock: () => new Date(),
      onChange() {
        states.push(`${held.list.state().kind} ${String(namesIn(held.list, "denied").length)}`);
      },
    });
    const follower = followKind({
      cluster: "test",
      connection,
      discovery: createVersionDiscovery(connection, 5_000),
      held,
      timing: { ...defaultReaderTiming, ...timing, absentConfirmMs: 300 },
      pageSize: 500,
      logger,
      onProblem: () => undefined,
      keep: (object) => object,
    });
    const stopping = new AbortController();
    const running = follower.run(stopping.signal);
    await follower.answered;
    isDenying = true;
    follower.nudge();
    await waitUntil("the kind to be denied and synced again", () => denials === 1 && states.at(-1) === "synced 1");
    expect(states.slice(-2)).toEqual(["stale 1", "synced 1"]);
    expect(states.some((state) => state.startsWith("absent"))).toBe(false);
    stopping.abort();
    await running;
    real.close();
  });

  test("stops at once, whatever it waits for, and changes no state by it", async () => {
    const reader = await open([configMap, { ...widget, plural: "nothings", kind: "Nothing" }]);
    const begun = performance.now();
    await reader.stop();
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(reader.lists().map((list) => list.state().kind)).toEqual(["synced", "absent"]);
  });
});
