import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { startEmbeddedOidc } from "../../bin/embedded/oidc/index.ts";
import { readOrMakeSecrets } from "../../bin/embedded/kept-secrets.ts";
import { startEmbeddedPostgres } from "../../bin/embedded/postgres.ts";
import { migrate } from "../../lib/store/index.ts";
import { waitUntil } from "../integration/wait-until.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A portal of several processes on a real cluster, as an installation runs it, for benches and the run on real things. */
export type Portal = {
  readonly databaseUrl: string;
  /** One URL for each web process; the first is the public one. */
  readonly webUrls: readonly string[];
  readonly controllerPid: number;
  /** Ends the controller and starts another; resolves when the new one answers. */
  restartController(): Promise<void>;
  stop(): Promise<void>;
};

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once("error", reject);
          server.listen(0, "127.0.0.1", () => {
            const address = server.address();
            resolve(typeof address === "object" && address !== null ? address.port : 0);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
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

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const force = setTimeout(() => child.kill("SIGKILL"), 15_000);
  await ended;
  clearTimeout(force);
}

/** Starts Postgres, the sign-in, one controller and so many web processes. The pages must have been built. */
export async function startPortal(options: {
  readonly kubeconfigPath: string;
  readonly replicas?: number;
  readonly withController?: boolean;
  readonly log?: (line: string) => void;
}): Promise<Portal> {
  const log = options.log ?? ((line: string) => process.stderr.write(`${line}\n`));
  const folder = mkdtempSync(path.join(tmpdir(), "gatebook-portal-"));
  const replicas = options.replicas ?? 1;
  const [oidcPort = 0, controllerMetrics = 0, ...ports] = await freePorts(2 + 2 * replicas);
  const webPorts = ports.slice(0, replicas);
  const webUrls = webPorts.map((port) => `http://localhost:${String(port)}`);
  const postgres = await startEmbeddedPostgres({ folder: path.join(folder, "postgres"), disposable: true });
  await migrate({ databaseUrl: postgres.databaseUrl });
  const secrets = await readOrMakeSecrets(path.join(folder, "secrets.json"));
  const publicUrl = webUrls[0] ?? "";
  const oidc = await startEmbeddedOidc({ port: oidcPort, publicUrl, secrets });
  const common = {
    NODE_ENV: "production" as const,
    PATH: process.env["PATH"],
    HOME: process.env["HOME"],
    DATABASE_URL: postgres.databaseUrl,
    PUBLIC_URL: publicUrl,
    LOG_LEVEL: "warn",
  };
  const children = new Set<ChildProcess>();
  const run = (role: string, env: Readonly<Record<string, string>>): ChildProcess => {
    const child = spawn(process.execPath, [path.join(root, "bin", "gatebook.mjs"), role], {
      cwd: root,
      env: { ...common, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        log(`${role}: ${chunk.toString().trim()}`);
      });
    }
    children.add(child);
    return child;
  };
  const startController = (): ChildProcess =>
    run("controller", {
      KUBECONFIG: options.kubeconfigPath,
      CLUSTER_NAME: "demo",
      METRICS_PORT: String(controllerMetrics),
    });

  webPorts.forEach((port, index) => {
    run("web", {
      PORT: String(port),
      HOST: "127.0.0.1",
      METRICS_PORT: String(ports[replicas + index] ?? 0),
      SESSION_SECRET: secrets.sessionSecret,
      OIDC_ISSUER: oidc.issuer,
      OIDC_CLIENT_ID: oidc.clientId,
      OIDC_CLIENT_SECRET: secrets.oidcClientSecret,
      GATEBOOK_ADMIN_GROUPS: "platform",
    });
  });
  let controller = options.withController === false ? null : startController();
  for (const url of webUrls) await waitUntil(`${url} to answer`, () => answers(`${url}/readyz`), { timeoutMs: 60_000 });

  return {
    databaseUrl: postgres.databaseUrl,
    webUrls,
    get controllerPid() {
      return controller?.pid ?? 0;
    },
    async restartController() {
      if (controller !== null) {
        await end(controller);
        children.delete(controller);
      }
      controller = startController();
    },
    async stop() {
      for (const child of children) await end(child);
      await oidc.stop();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
