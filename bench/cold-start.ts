import { readFileSync } from "node:fs";
import { Client } from "pg";
import { startCluster } from "../test/integration/cluster.ts";
import type { TestCluster } from "../test/integration/cluster.ts";
import { gatewayAndKserveKinds, makeDefinitions } from "../test/integration/definitions.ts";
import { startPortal } from "../test/portal/start-portal.ts";
import { formatMs } from "./figures.ts";
import type { Figure } from "./figures.ts";

const count = 1_000;
const limitMs = 120_000;

/** A Gateway, and so many Services with a route each; the Services are headless, which spares the server its ClusterIPs. */
async function fill(cluster: TestCluster): Promise<void> {
  await cluster.apply(makeDefinitions(gatewayAndKserveKinds));
  const gatewayApi = "gateway.networking.k8s.io/v1";
  await cluster.apply([
    { apiVersion: "v1", kind: "Namespace", metadata: { name: "bench" } },
    {
      apiVersion: gatewayApi,
      kind: "Gateway",
      metadata: { name: "models", namespace: "bench" },
      spec: { gatewayClassName: "bench", listeners: [{ name: "http", port: 80, protocol: "HTTP" }] },
      status: { addresses: [{ type: "IPAddress", value: "10.200.0.1" }] },
    },
  ]);
  const names = Array.from({ length: count }, (_, index) => `model-${String(index).padStart(4, "0")}`);
  const conditions = ["Accepted", "ResolvedRefs"].map((type) => ({
    type,
    status: "True",
    reason: type,
    message: "",
    observedGeneration: 1,
    lastTransitionTime: "2026-01-01T00:00:00Z",
  }));
  const parentRef = { group: "gateway.networking.k8s.io", kind: "Gateway", name: "models" };
  const next = names[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (const name of next) {
      await cluster.apply([
        {
          apiVersion: "v1",
          kind: "Service",
          metadata: { name, namespace: "bench" },
          spec: { clusterIP: "None", selector: { app: name }, ports: [{ name: "http", port: 80 }] },
        },
        {
          apiVersion: gatewayApi,
          kind: "HTTPRoute",
          metadata: { name, namespace: "bench" },
          spec: {
            parentRefs: [parentRef],
            hostnames: [`${name}.models.test`],
            rules: [{ matches: [{ path: { type: "PathPrefix", value: "/" } }], backendRefs: [{ name, port: 80 }] }],
          },
          status: { parents: [{ parentRef, controllerName: "bench.test/gateway", conditions }] },
        },
      ]);
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

/** Peak resident memory of a process in bytes, as Linux counts it; NaN elsewhere. */
function peakMemory(pid: number): number {
  try {
    const kib = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${String(pid)}/status`, "utf8"))?.[1];
    return Number(kib ?? Number.NaN) * 1024;
  } catch {
    return Number.NaN;
  }
}

/** From the start of the controller's process on an empty database until the catalogue is complete. */
export async function measureColdStart(): Promise<readonly Figure[]> {
  const cluster = await startCluster();
  try {
    await fill(cluster);
    const portal = await startPortal({ kubeconfigPath: cluster.kubeconfigPath, withController: false });
    const client = new Client({ connectionString: portal.databaseUrl });
    await client.connect();
    try {
      const startedMs = performance.now();
      await portal.restartController();
      for (;;) {
        const result = await client.query<{ apis: string }>(
          'SELECT count(*) AS apis FROM api WHERE cardinality("publicUrls") > 0',
        );
        if (Number(result.rows[0]?.apis) >= count) break;
        if (performance.now() - startedMs > limitMs)
          throw new Error(`Only ${result.rows[0]?.apis ?? "0"} of ${String(count)} APIs after ${formatMs(limitMs)}.`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      const tookMs = performance.now() - startedMs;
      return [
        {
          name: `Cold start, ${String(count)} Services and HTTPRoutes: process start to complete catalogue`,
          value: formatMs(tookMs),
          budget: "30 s at 10,000",
        },
        {
          name: "Controller, peak resident memory in that time",
          value: `${(peakMemory(portal.controllerPid) / 2 ** 20).toFixed(0)} MiB`,
          budget: "512 MiB at 10,000",
        },
      ];
    } finally {
      await client.end();
      await portal.stop();
    }
  } finally {
    await cluster.stop();
  }
}
