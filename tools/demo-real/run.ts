// npm run demo:real: three real model servers behind a real gateway, described to a real API server, and the portal on top.
// docs/demo-real.md says what it does and what was seen. It installs what it needs, and removes what it made.
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { startCluster } from "../../test/integration/cluster.ts";
import type { TestCluster } from "../../test/integration/cluster.ts";
import { gatewayAndKserveKinds, makeDefinitions } from "../../test/integration/definitions.ts";
import { waitUntil } from "../../test/integration/wait-until.ts";
import { ensureTraefik } from "../traefik-binary.mjs";
import { launchBrowser } from "../../test/portal/launch-browser.ts";
import { startPortal } from "../../test/portal/start-portal.ts";
import { ensurePython } from "../../test/servers/ensure-python.ts";
import { createPodNetwork, insideNetwork, networkProblem, removePodNetwork } from "../../test/servers/pod-network.ts";
import { buildPages } from "./build-pages.ts";
import { gatewayAddress, modelsAddress, modelsNetwork } from "./network.ts";
import {
  deploymentOf,
  endpointSliceOf,
  gatewayPort,
  groundObjects,
  inferenceService,
  inferenceServiceStatus,
  podNameOf,
  podOf,
  podStatusOf,
  routeOf,
  serviceOf,
} from "./objects.ts";
import type { Workload } from "./objects.ts";
import { environments } from "./python-servers.ts";
import { startTraefik } from "./traefik.ts";
import { walkThrough } from "./walk-through.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const log = (line: string): void => void process.stdout.write(`${line}\n`);
const cleanups: (() => Promise<void> | void)[] = [];

function startModel(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Record<string, string> },
): ChildProcess {
  const inside = insideNetwork(modelsNetwork, command, args);
  const child = spawn(inside.command, inside.args, {
    cwd: options.cwd,
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1", ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_000)));
  child.once("exit", (code) => {
    if (code !== null && code !== 0) log(`  a model ended with ${String(code)}:\n${said}`);
  });
  cleanups.push(() => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    } catch (err) {
      if (!(err instanceof Error && "code" in err && err.code === "ESRCH")) throw err;
    }
  });
  return child;
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

async function applyWorkload(cluster: TestCluster, workload: Workload, owner?: Record<string, unknown>): Promise<void> {
  const service = serviceOf(workload);
  await cluster.apply([
    owner === undefined ? service : { ...service, metadata: { ...service.metadata, ownerReferences: [owner] } },
    deploymentOf(workload),
    { ...podOf(workload), status: podStatusOf(workload) },
    endpointSliceOf(workload),
  ]);
}

const churn: Workload = {
  name: "churn",
  image: "registry.example/demo/churn:1.0.0",
  imageId: `registry.example/demo/churn@sha256:${"1".repeat(64)}`,
  hash: "5d8f6c7b9d",
  args: ["uvicorn", "churn_fastapi:app", "--host", "0.0.0.0", "--port", "8001"],
  annotations: { "gatebook.dev/title": "Customer churn", "gatebook.dev/owner": "growth" },
  port: 8001,
};
const churnBreaking: Workload = {
  ...churn,
  image: "registry.example/demo/churn:2.0.0",
  imageId: `registry.example/demo/churn@sha256:${"2".repeat(64)}`,
  hash: "7f6b5c4d3e",
  args: ["uvicorn", "churn_fastapi:app", "--host", "0.0.0.0", "--port", "8011"],
  port: 8011,
};
const distance: Workload = {
  name: "distance-predictor",
  image: "registry.example/demo/distance-kserve:1.0.0",
  imageId: `registry.example/demo/distance-kserve@sha256:${"3".repeat(64)}`,
  hash: "6c7d8e9f0a",
  args: ["--model_name", "distance"],
  labels: { "serving.kserve.io/inferenceservice": "distance", component: "predictor" },
  port: 8002,
};
const doubler: Workload = {
  name: "doubler",
  image: "docker.io/seldonio/mlserver:1.7.1",
  imageId: `docker.io/seldonio/mlserver@sha256:${"4".repeat(64)}`,
  hash: "8a9b0c1d2e",
  args: ["mlserver", "start", "/mnt/models"],
  environment: { MLSERVER_MODEL_NAME: "doubler" },
  annotations: { "gatebook.dev/title": "Doubler", "gatebook.dev/owner": "research" },
  port: 8003,
};

async function startModels(): Promise<() => Promise<void>> {
  const models = path.join(here, "models");
  const fastapi = ensurePython(environments.fastapi, log);
  const kserve = ensurePython(environments.kserve, log);
  const mlserver = ensurePython(environments.mlserver, log);
  const uvicorn = (port: number, contract: string): ChildProcess =>
    startModel(path.join(fastapi, "uvicorn"), ["churn_fastapi:app", "--host", "0.0.0.0", "--port", String(port)], {
      cwd: models,
      env: { CONTRACT: contract },
    });
  uvicorn(8001, "v1");
  startModel(
    path.join(kserve, "python"),
    ["distance_kserve.py", "--model_name", "distance", "--http_port", "8002", "--enable_grpc=false"],
    { cwd: models },
  );
  startModel(path.join(mlserver, "mlserver"), ["start", "."], {
    cwd: path.join(models, "mlserver"),
    env: {
      MLSERVER_HOST: "0.0.0.0",
      MLSERVER_HTTP_PORT: "8003",
      MLSERVER_GRPC_PORT: "8013",
      MLSERVER_METRICS_PORT: "8023",
      PATH: `${mlserver}:${process.env["PATH"] ?? ""}`,
    },
  });
  const ready = [
    `http://${modelsAddress}:8001/health`,
    `http://${modelsAddress}:8002/v2/health/ready`,
    `http://${modelsAddress}:8003/v2/health/ready`,
  ];
  for (const url of ready)
    await waitUntil(`${url} to answer`, () => answers(url), { timeoutMs: 120_000, everyMs: 250 });
  log("  three models answer");
  return async () => {
    uvicorn(8011, "v2");
    await waitUntil("the breaking version to answer", () => answers(`http://${modelsAddress}:8011/health`), {
      timeoutMs: 60_000,
      everyMs: 100,
    });
  };
}

function uidOf(object: { readonly metadata: Readonly<Record<string, unknown>> } | null | undefined): string {
  const uid = object?.metadata["uid"];
  return typeof uid === "string" ? uid : "";
}

async function describeCluster(cluster: TestCluster): Promise<void> {
  // Traefik lists two kinds more before it begins.
  const gatewayKind = (kind: string, plural: string) => ({
    group: "gateway.networking.k8s.io",
    kind,
    plural,
    versions: ["v1"],
    namespaced: true,
  });
  await cluster.apply(
    makeDefinitions([
      ...gatewayAndKserveKinds,
      gatewayKind("GRPCRoute", "grpcroutes"),
      gatewayKind("BackendTLSPolicy", "backendtlspolicies"),
    ]),
  );
  await cluster.apply([...groundObjects]);
  await cluster.apply([{ ...inferenceService, status: inferenceServiceStatus }]);
  const made = await cluster.get(inferenceService);
  const owner = {
    apiVersion: "serving.kserve.io/v1beta1",
    kind: "InferenceService",
    name: "distance",
    uid: uidOf(made),
    controller: true,
  };
  await applyWorkload(cluster, churn);
  await applyWorkload(cluster, doubler);
  await applyWorkload(cluster, distance, owner);
  await cluster.apply([
    routeOf({ name: "churn", host: "churn.models.test", service: "churn" }),
    routeOf({ name: "doubler", host: "doubler.models.test", service: "doubler" }),
    routeOf({ name: "distance", host: "distance-team-demo.models.test", service: "distance-predictor", owner }),
  ]);
}

function credentials(kubeconfigPath: string, folder: string): { token: string; certificateAuthorityFile: string } {
  const config = parse(readFileSync(kubeconfigPath, "utf8")) as {
    clusters: { cluster: { "certificate-authority-data": string } }[];
    users: { user: { token: string } }[];
  };
  const file = path.join(folder, "ca.crt");
  writeFileSync(file, Buffer.from(config.clusters[0]?.cluster["certificate-authority-data"] ?? "", "base64"));
  return { token: config.users[0]?.user.token ?? "", certificateAuthorityFile: file };
}

async function main(): Promise<void> {
  const problem = networkProblem();
  if (problem !== null) {
    log(problem);
    process.exitCode = 1;
    return;
  }
  const folder = mkdtempSync(path.join(tmpdir(), "gatebook-demo-"));
  cleanups.push(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  log("Building the pages");
  await buildPages();
  const traefik = await ensureTraefik(log);
  log("Making a network for the models");
  createPodNetwork(modelsNetwork);
  cleanups.push(() => {
    removePodNetwork(modelsNetwork);
  });
  const startBreaking = await startModels();

  log("Starting a real API server");
  const cluster = await startCluster({ log });
  cleanups.push(() => cluster.stop());
  await describeCluster(cluster);
  const gateway = startTraefik({
    binary: traefik,
    address: gatewayAddress,
    port: gatewayPort,
    apiServer: cluster.url,
    ...credentials(cluster.kubeconfigPath, folder),
  });
  let said = "";
  for (const stream of [gateway.stdout, gateway.stderr])
    stream?.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-6_000)));
  cleanups.push(() => {
    gateway.kill("SIGKILL");
  });
  await waitUntil(
    "Traefik to accept the routes",
    async () => {
      const route = await cluster.get(routeOf({ name: "churn", host: "", service: "churn" }));
      return JSON.stringify(route?.["status"] ?? {}).includes('"Accepted"');
    },
    { timeoutMs: 60_000, everyMs: 200, describe: () => said },
  );
  log("  Traefik has accepted the routes");

  log("Starting the portal: one controller, two web processes");
  const portal = await startPortal({ kubeconfigPath: cluster.kubeconfigPath, replicas: 2, log });
  cleanups.push(() => portal.stop());
  const browser = await launchBrowser();
  cleanups.push(() => browser.close());
  const pictures = path.join(process.cwd(), "test-results", "demo-real");
  mkdirSync(pictures, { recursive: true });
  await walkThrough({
    browser,
    portal,
    pictures,
    log,
    breakContract: async () => {
      await startBreaking();
      // What a rollout does to the objects: the new pod, the endpoints, and the old pod goes.
      const startedMs = Date.now();
      await applyWorkload(cluster, churnBreaking);
      await cluster.deleteObject(podOf({ ...churn }));
      return { startedMs, endedMs: Date.now(), oldPod: podNameOf(churn) };
    },
  });
}

async function cleanUp(): Promise<void> {
  for (const cleanup of cleanups.splice(0).reverse()) {
    try {
      await cleanup();
    } catch (err) {
      log(`  cleaning up: ${err instanceof Error ? err.message : String(err)}`);
    }
  }
}

process.once("SIGINT", () => {
  void cleanUp().then(() => process.exit(130));
});
try {
  await main();
} catch (err) {
  log(err instanceof Error ? (err.stack ?? err.message) : String(err));
  process.exitCode = 1;
} finally {
  await cleanUp();
}
process.exit();
