import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Client } from "pg";
import { startCluster } from "../test/integration/cluster.ts";
import type { TestCluster } from "../test/integration/cluster.ts";
import { findFreePorts } from "../test/integration/cluster-process.ts";
import { startControllerProcess } from "../test/integration/controller-process.ts";
import type { ControllerProcess } from "../test/integration/controller-process.ts";
import { deployAccount } from "../test/integration/deployed-account.ts";
import { startPortal } from "../test/portal/start-portal.ts";
import { buildPages } from "../tools/demo-real/build-pages.ts";
import { readApiServerRequests, readMetric } from "./count-requests.ts";
import { fillCluster } from "./fill-cluster.ts";
import type { Filled } from "./fill-cluster.ts";
import { formatMs, percentile } from "./figures.ts";
import type { Figure } from "./figures.ts";
import { openPages } from "./open-pages.ts";
import type { Pages } from "./open-pages.ts";
import { runStorm } from "./storm.ts";
import { readProcessUse } from "./watch-process.ts";

const services = 10_000;
const copies = 60;
const steadyMs = 60_000;
const limitMs = 600_000;
const calmPages = 20;
/** Without a limit Node takes what a machine has before it collects; with less than this it does little but collect. */
const heapFlags = "--max-old-space-size=320 --max-semi-space-size=16";

type Running = {
  readonly cluster: TestCluster;
  readonly filled: Filled;
  readonly client: Client;
  readonly controller: ControllerProcess;
  readonly metricsUrl: string;
  readonly pages: Pages;
};

function log(line: string): void {
  process.stderr.write(`${line}\n`);
}

function formatMib(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MiB`;
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}

/** True when the controller has finished a look, and all that it found is in the catalogue. */
async function isComplete({ client, metricsUrl }: Pick<Running, "client" | "metricsUrl">): Promise<boolean> {
  const found = await client.query<{ routed: string; apis: string }>(
    `SELECT count(*) FILTER (WHERE namespace LIKE 'team-%' AND cardinality("publicUrls") > 0) AS routed, count(*) AS apis
     FROM api WHERE "retiredAt" IS NULL`,
  );
  const [row] = found.rows;
  if (row === undefined || Number(row.routed) < services) return false;
  return Number(row.apis) === (await readMetric(metricsUrl, "gatebook_controller_apis"));
}

/** Every kind that has objects, listed with the client library alone, from the start of a process to its end. */
async function measurePlainList(cluster: TestCluster, filled: Filled): Promise<number> {
  const kinds = [...filled.counts.keys()];
  const program = fileURLToPath(new URL("plain-list.ts", import.meta.url));
  const startedMs = performance.now();
  const { stdout } = await promisify(execFile)(process.execPath, [program, cluster.kubeconfigPath, ...kinds]);
  const tookMs = performance.now() - startedMs;
  log(`plain list: ${stdout} objects in ${formatMs(tookMs)}`);
  return tookMs;
}

async function measureSteady({ controller }: Running): Promise<readonly Figure[]> {
  // What a cold start leaves to do is done when the processor is left alone for three seconds.
  for (let quiet = 0; quiet < 3;) {
    const before = readProcessUse(controller.pid).cpuMs;
    await pause(1_000);
    quiet = readProcessUse(controller.pid).cpuMs - before < 100 ? quiet + 1 : 0;
  }
  const before = readProcessUse(controller.pid);
  await pause(steadyMs);
  const after = readProcessUse(controller.pid);
  return [
    {
      name: "Controller, peak resident memory until then",
      value: formatMib(before.residentBytesMax),
      budget: "512 MiB",
    },
    { name: "the same, resident when nothing happens", value: formatMib(after.residentBytes), budget: "" },
    {
      name: `Controller, processor when nothing happens, over ${formatMs(steadyMs)}`,
      value: `${(((after.cpuMs - before.cpuMs) / steadyMs) * 100).toFixed(1)} % of a core`,
      budget: "",
    },
  ];
}

async function measureStorm(running: Running): Promise<readonly Figure[]> {
  const { cluster, filled, client, controller, pages } = running;
  const calm = await pages.measure(() => Promise.resolve(), calmPages);
  const before = readProcessUse(controller.pid);
  let storm: Awaited<ReturnType<typeof runStorm>> | null = null;
  const stormy = await pages.measure(async () => {
    storm = await runStorm(cluster, client, filled.routed);
  });
  const after = readProcessUse(controller.pid);
  const { delays, afterLastMs, tookMs } = storm ?? { delays: [], afterLastMs: Number.NaN, tookMs: Number.NaN };
  const page = (name: string, pick: (times: typeof calm) => readonly number[]): Figure => ({
    name: `${name}: p50 and p95 before, and during the storm`,
    value: [calm, stormy]
      .map((times) => [0.5, 0.95].map((share) => formatMs(percentile(pick(times), share))).join(" and "))
      .join("; "),
    budget: "",
  });
  return [
    {
      name: `Storm, ${String(delays.length)} changes in ${formatMs(tookMs)}: all in the catalogue after the last`,
      value: formatMs(afterLastMs),
      budget: "5 s",
    },
    ...(
      [
        ["p50", percentile(delays, 0.5)],
        ["p95", percentile(delays, 0.95)],
        ["slowest", Math.max(...delays)],
      ] as const
    ).map(([name, ms]) => ({
      name: `Storm, from a change to the catalogue, ${name}`,
      value: formatMs(ms),
      budget: "",
    })),
    {
      name: "Controller, processor time that the storm cost",
      value: formatMs(after.cpuMs - before.cpuMs),
      budget: "",
    },
    { name: "Controller, peak resident memory after it", value: formatMib(after.residentBytesMax), budget: "512 MiB" },
    page("Catalogue page", ({ catalogue }) => catalogue),
    page("Page of an API", ({ api }) => api),
  ];
}

/** A controller on a cluster with 10,000 routes and Services and every other kind: cold start, rest, and a storm of changes. */
export async function measureDiscovery(): Promise<readonly Figure[]> {
  await buildPages();
  const cluster = await startCluster();
  try {
    const filled = await fillCluster(cluster, { services, copies });
    const account = await deployAccount(cluster);
    log([...filled.counts].map(([kind, count]) => `${kind} ${String(count)}`).join(", "));
    const listMs = await measurePlainList(cluster, filled);
    const portal = await startPortal({ kubeconfigPath: cluster.kubeconfigPath, withController: false });
    const client = new Client({ connectionString: portal.databaseUrl });
    await client.connect();
    const [metricsPort = 0] = await findFreePorts(1);
    const metricsUrl = `http://127.0.0.1:${String(metricsPort)}/metrics`;
    const requestsBefore = await readApiServerRequests(cluster);
    const startedMs = performance.now();
    const controller = startControllerProcess({
      NODE_ENV: "production",
      DATABASE_URL: portal.databaseUrl,
      KUBECONFIG: account.kubeconfigPath,
      CLUSTER_NAME: "demo",
      HOST: "127.0.0.1",
      METRICS_PORT: String(metricsPort),
      LOG_LEVEL: "warn",
      NODE_OPTIONS: heapFlags,
    });
    try {
      while (!(await isComplete({ client, metricsUrl }))) {
        if (performance.now() - startedMs > limitMs) throw new Error("The catalogue is not complete.");
        await pause(100);
      }
      const coldMs = performance.now() - startedMs;
      log(`cold start: ${formatMs(coldMs)}`);
      const requests = await readApiServerRequests(cluster);
      const pages = await openPages(portal, filled.routed);
      const running = { cluster, filled, client, controller, metricsUrl, pages };
      const objects = [...filled.counts.values()].reduce((sum, count) => sum + count, 0);
      return [
        {
          name: `Cold start, ${services.toLocaleString("en")} Services with a route each, ${objects.toLocaleString("en")} objects of ${String(filled.counts.size)} kinds in all`,
          value: formatMs(coldMs),
          budget: "30 s",
        },
        {
          name: "the same, compared with a plain list of these objects with client-node",
          value: `${(coldMs / listMs).toFixed(1)} times (${formatMs(listMs)})`,
          budget: "",
        },
        {
          name: "Requests that the API server had in that time",
          value: [...requests]
            .map(([verb, count]) => `${verb} ${String(count - (requestsBefore.get(verb) ?? 0))}`)
            .join(", "),
          budget: "",
        },
        ...(await measureSteady(running)),
        ...(await measureStorm(running)),
      ];
    } finally {
      await controller.stop();
      await client.end();
      await portal.stop();
    }
  } finally {
    await cluster.stop();
  }
}
