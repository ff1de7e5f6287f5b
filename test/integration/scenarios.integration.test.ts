import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLogger } from "../../lib/base/index.ts";
import { discover } from "../../lib/catalog/index.ts";
import type { ClusterReader } from "../../lib/kube/index.ts";
import { formatKind, openKubernetes } from "../../lib/kube/index.ts";
import type { Discovery } from "../../lib/model/index.ts";
import { watchedKinds } from "../../lib/sources/index.ts";
import { startCluster } from "./cluster.ts";
import type { TestCluster } from "./cluster.ts";
import { isTestObject } from "./cluster-client.ts";
import { makeDefinitions } from "./definitions.ts";
import { deployAccount } from "./deployed-account.ts";
import { checkScenario, readScenarios } from "./read-scenarios.ts";
import { waitUntil } from "./wait-until.ts";

const scenarios = readScenarios();
let cluster: TestCluster;
let reader: ClusterReader | undefined;
let discovery: Discovery;

/** What is to be read once everything has arrived, by kind. */
function countObjects(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { objects } of scenarios) {
    for (const object of objects) {
      const apiVersion = String(object["apiVersion"]);
      const group = apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
      const ref = watchedKinds.find((kind) => kind.group === group && kind.kind === object["kind"]);
      if (ref === undefined) throw new Error(`No source reads ${apiVersion} ${String(object["kind"])}.`);
      counts.set(formatKind(ref), (counts.get(formatKind(ref)) ?? 0) + 1);
    }
  }
  return counts;
}

beforeAll(async () => {
  cluster = await startCluster();
  await cluster.apply(makeDefinitions(watchedKinds));
  for (const { objects } of scenarios) {
    await cluster.apply(
      objects.map((object) => {
        if (!isTestObject(object)) throw new Error("A document of a scenario is no object.");
        return object;
      }),
    );
  }
  const account = await deployAccount(cluster);
  const opened = openKubernetes({
    cluster: "test",
    kubeconfigPath: account.kubeconfigPath,
    kinds: watchedKinds,
    logger: createLogger("test", "silent"),
  });
  reader = opened;
  await opened.start();
  const wanted = countObjects();
  const missing = (): readonly string[] =>
    opened
      .lists()
      .filter(
        (list) => list.state().kind !== "synced" || list.objects().length < (wanted.get(formatKind(list.ref)) ?? 0),
      )
      .map((list) => `${formatKind(list.ref)}: ${JSON.stringify(list.state())}`);
  await waitUntil("every kind to be read", () => missing().length === 0, { describe: missing, timeoutMs: 60_000 });
  discovery = discover({
    cluster: "test",
    lists: opened.lists(),
    confirming: true,
    settings: { publicNamespaces: [], portal: null },
  });
}, 300_000);

afterAll(async () => {
  await reader?.stop();
  await cluster.stop();
});

describe("through a real API server, with the rights that are deployed and no others", () => {
  it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))("%s", (_, scenario) => {
    checkScenario(scenario, discovery);
  });

  it("no kind is stale and nothing was lost on the way", () => {
    expect(discovery.staleKinds).toEqual([]);
    expect(scenarios.length).toBeGreaterThan(10);
  });
});
