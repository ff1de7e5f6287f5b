// npm run test:servers [-- NAME…]: real model servers in networks of their own, described to a real API server, watched by the
// real controller. docs/servers.md says what it checks and what came of it. It installs what it needs and removes what it made.
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { execFileSync } from "node:child_process";
import { sha256Hex } from "../../lib/base/index.ts";
import { watchedKinds } from "../../lib/sources/index.ts";
import { startCluster } from "../integration/cluster.ts";
import type { TestCluster } from "../integration/cluster.ts";
import { makeDefinitions } from "../integration/definitions.ts";
import { deployAccount } from "../integration/deployed-account.ts";
import { applyPlanned } from "./apply-planned.ts";
import { kserveCases } from "./cases/kserve.ts";
import { otherServerCases } from "./cases/other-servers.ts";
import { webFrameworkCases } from "./cases/web-frameworks.ts";
import { ensurePython } from "./ensure-python.ts";
import { createPodNetwork, networkProblem, removePodNetwork } from "./pod-network.ts";
import type { PodNetwork } from "./pod-network.ts";
import { renderResults, writeResults } from "./result-table.ts";
import { startServer } from "./running-server.ts";
import type { ServerCase } from "./server-case.ts";
import { createTrial } from "./trial.ts";
import type { Trial } from "./trial.ts";
import type { WatchingPortal } from "./watching-portal.ts";

const namespace = "models";
const cases: readonly ServerCase[] = [...webFrameworkCases, ...kserveCases, ...otherServerCases];
const log = (line: string): void => void process.stdout.write(`${line}\n`);
const cleanUps: (() => Promise<void> | void)[] = [];

/** The network of the case with this number: four addresses of 10.201.0.0/24, two of them for use. */
function networkOf(index: number): PodNetwork {
  const address = (last: number): string => `10.201.0.${String(4 * index + last)}`;
  return {
    name: `gatebook-servers-${String(index)}`,
    outside: `gbs-out-${String(index)}`,
    inside: `gbs-in-${String(index)}`,
    hostAddress: address(1),
    podAddress: address(2),
    prefixLength: 30,
  };
}

/** A server with the folder of its commands; null where it cannot be installed, or cannot run here. */
type Installed = { readonly trial: Trial; readonly bin: string | null };

async function install(server: ServerCase): Promise<Installed> {
  const trial = createTrial(server);
  const problem = server.problem?.() ?? null;
  if (problem !== null) {
    log(`  ${server.title} is skipped: ${problem}`);
    trial.skip(problem);
    return { trial, bin: null };
  }
  let bin: string | null = null;
  await trial.attempt("installing", async () => {
    bin = ensurePython(server.environment, log);
  });
  return { trial, bin };
}

async function start({ trial, bin }: Installed, folder: string): Promise<void> {
  const { server } = trial;
  if (bin === null) return;
  await trial.attempt("starting", async () => {
    const network = networkOf(cases.indexOf(server));
    createPodNetwork(network);
    cleanUps.push(() => {
      removePodNetwork(network);
    });
    const running = await startServer(server, network, path.join(folder, server.name), bin);
    cleanUps.push(() => running.stop());
    trial.runsAt(running, network.podAddress);
    log(`  ${server.title} ${running.version} answers at ${running.url}`);
  });
}

/** Installs all, then starts them two at a time: most of them import for many seconds on one core. */
async function startAll(wanted: readonly ServerCase[], folder: string): Promise<readonly Trial[]> {
  const installed: Installed[] = [];
  for (const server of wanted) installed.push(await install(server));
  const next = installed[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (const own of next) await start(own, folder);
  };
  await Promise.all([worker(), worker()]);
  return installed.map(({ trial }) => trial);
}

const beacon = { kind: "Service", name: "beacon" };

/** An API that asks nobody: that it was looked at again shows that the controller has looked at everything. */
async function applyBeacon(cluster: TestCluster): Promise<void> {
  const document = { openapi: "3.1.0", info: { title: "Beacon", version: "1" }, paths: {} };
  await cluster.apply([
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: beacon.name, namespace },
      data: { "openapi.yaml": JSON.stringify(document) },
    },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: beacon.name, namespace, annotations: { "gatebook.dev/openapi-configmap": beacon.name } },
      spec: { ports: [{ name: "http", port: 80 }] },
    },
  ]);
}

async function describeCluster(cluster: TestCluster, trials: readonly Trial[]): Promise<void> {
  const groups = new Set(["serving.kserve.io", "ray.io", "gatebook.dev"]);
  await cluster.apply(makeDefinitions(watchedKinds.filter(({ group }) => groups.has(group))));
  await applyBeacon(cluster);
  for (const trial of trials)
    await trial.attempt("describing it to the API server", async () => {
      const { address } = trial;
      const digest = sha256Hex(trial.server.name);
      if (address !== null) await applyPlanned(cluster, trial.server.objects({ namespace, address, digest }));
    });
}

/** The lives of all models at once: found, left alone, a day later, after a restart of the controller, and called. */
async function liveThrough(portal: WatchingPortal, cluster: TestCluster, trials: readonly Trial[]): Promise<void> {
  const everyLook = async (hours: number): Promise<void> => {
    const before = (await portal.read(beacon))?.acquisition?.askedAt ?? new Date(0);
    portal.hoursLater(hours);
    await portal.waitUntilAsked(beacon, (entry) => (entry.acquisition?.askedAt ?? before) > before);
  };
  log("Looking for the first time");
  for (const trial of trials) await trial.lookFirst(portal);
  log("Twenty hours without a change");
  await everyLook(20);
  for (const trial of trials) await trial.expectNothing("within twenty hours");
  log("A day later");
  portal.hoursLater(8);
  for (const trial of trials) await trial.lookDaily(portal, "a day later");
  log("After a restart of the controller");
  await portal.restart();
  await everyLook(1);
  for (const trial of trials) await trial.expectNothing("after a restart of the controller");
  portal.hoursLater(28);
  for (const trial of trials) await trial.lookDaily(portal, "a day after the restart");
  log("After what their owners say, and a day later");
  for (const trial of trials) await trial.followOwner(portal, cluster);
  portal.hoursLater(28);
  for (const trial of trials) await trial.lookDaily(portal, "a day after the owner's word");
  log("Calling the models as they are described");
  for (const trial of trials) await trial.call();
}

function facts(): readonly string[] {
  const python = execFileSync("python3", ["--version"], { encoding: "utf8" }).trim();
  const day = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
  return [day, python, `Node ${process.version.slice(1)}`, `${os.type()} ${os.arch()}`];
}

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !cases.some((own) => own.name === name));
  const problem =
    unknown.length > 0
      ? `There is no server ${unknown.join(", ")}: choose from ${cases.map(({ name }) => name).join(", ")}.`
      : networkProblem();
  if (problem !== null) {
    log(problem);
    process.exitCode = 1;
    return;
  }
  const wanted = cases.filter(({ name }) => names.length === 0 || names.includes(name));
  const folder = mkdtempSync(path.join(os.tmpdir(), "gatebook-servers-"));
  cleanUps.push(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  log(`Starting ${String(wanted.length)} servers, each in a network of its own`);
  const trials = await startAll(wanted, folder);
  log("Starting a real API server and telling it of them");
  const cluster = await startCluster({ log });
  cleanUps.push(() => cluster.stop());
  await describeCluster(cluster, trials);
  const { kubeconfigPath } = await deployAccount(cluster);
  log("Starting the controller on a real Postgres");
  // The database client must be there before its importers are.
  execFileSync(process.execPath, [fileURLToPath(new URL("../../tools/prepare.mjs", import.meta.url))]);
  const { startWatchingPortal } = await import("./watching-portal.ts");
  const portal = await startWatchingPortal(folder, kubeconfigPath);
  cleanUps.push(() => portal.stop());
  await liveThrough(portal, cluster, trials);

  const results = trials.map((trial) => trial.result());
  const table = renderResults(results, facts());
  log(`\n${table}`);
  for (const { title, version, problems } of results)
    for (const text of problems) log(`✗ ${title} ${version}: ${text}`);
  const failed = results.filter(({ problems }) => problems.length > 0).length;
  const skipped = results.filter((result) => result.skipped !== null).length;
  if (names.length === 0) await writeResults(table);
  log(`${String(results.length - failed - skipped)} passed, ${String(failed)} failed, ${String(skipped)} skipped`);
  if (failed > 0) process.exitCode = 1;
}

async function cleanUp(): Promise<void> {
  for (const own of cleanUps.splice(0).reverse()) {
    try {
      await own();
    } catch (err) {
      log(`  cleaning up: ${err instanceof Error ? err.message : String(err)}`);
    }
  }
}

process.once("SIGINT", () => {
  void cleanUp().then(() => process.exit(130));
});
try {
  await main(process.argv.slice(2));
} catch (err) {
  log(err instanceof Error ? (err.stack ?? err.message) : String(err));
  process.exitCode = 1;
} finally {
  await cleanUp();
}
process.exit();
