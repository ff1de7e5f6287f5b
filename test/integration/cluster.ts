import { generateKeyPairSync, randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { request } from "undici";
import { stringify } from "yaml";
import { ensureKubeAssets } from "../../tools/kube-assets.mjs";
import type { ClusterClient, TestObject } from "./cluster-client.ts";
import { createClusterClient, isRecord } from "./cluster-client.ts";
import type { ClusterProcess } from "./cluster-process.ts";
import { findFreePorts, startProcess } from "./cluster-process.ts";
import { waitUntil } from "./wait-until.ts";

export type PolicyRule = {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
};

/** An account of its own, with rights that a test may change. Rights are checked when a watch begins, not during it. */
export type ClusterAccount = {
  readonly user: string;
  readonly kubeconfigPath: string;
  setRights(rules: readonly PolicyRule[]): Promise<void>;
};

/** A real etcd and a real kube-apiserver on free ports of loopback, with nothing else: no controllers, no kubelet. */
export type TestCluster = Pick<ClusterClient, "send" | "apply" | "get" | "deleteObject" | "replaceStatus"> & {
  readonly url: string;
  /** Of the administrator. */
  readonly kubeconfigPath: string;
  /** A kubeconfig for a token that the API server made. */
  writeKubeconfig(user: string, token: string): string;
  /** Makes an account with these rights in the whole cluster. */
  kubeconfigFor(rules: readonly PolicyRule[]): Promise<ClusterAccount>;
  /** Ends the API server and leaves etcd with the data. */
  stopApiServer(options?: { readonly signal?: NodeJS.Signals }): Promise<void>;
  /** Starts it again, on the same port. */
  startApiServer(): Promise<void>;
  /** Forgets all history, so that a list or watch from before answers 410. */
  compactHistory(): Promise<void>;
  /** Writes objects to etcd past the API server, by their keys there: thousands a second, and nothing checks them. */
  writeStored(objects: ReadonlyMap<string, unknown>): Promise<void>;
  stop(): Promise<void>;
};

const accountsMax = 50;
/** As many operations as etcd takes in one transaction. */
const storedBatch = 128;
const serviceRange = "10.0.0.0/16";

/** What the folder of one cluster holds before anything runs. */
function writeFiles(folder: string, adminToken: string): { accountTokens: string[] } {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  writeFileSync(path.join(folder, "sa.key"), privateKey.export({ type: "pkcs1", format: "pem" }), { mode: 0o600 });
  const accountTokens = Array.from({ length: accountsMax }, () => randomUUID());
  const rows = [
    `${adminToken},admin,admin,"system:masters"`,
    ...accountTokens.map((token, index) => `${token},account-${String(index)},account-${String(index)}`),
  ];
  writeFileSync(path.join(folder, "tokens.csv"), rows.join("\n") + "\n", { mode: 0o600 });
  return { accountTokens };
}

function writeKubeconfig(folder: string, user: string, token: string, url: string, ca: string): string {
  const file = path.join(folder, `${user}.kubeconfig`);
  const config = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      { name: "test", cluster: { server: url, "certificate-authority-data": Buffer.from(ca).toString("base64") } },
    ],
    users: [{ name: user, user: { token } }],
    contexts: [{ name: "test", context: { cluster: "test", user } }],
    "current-context": "test",
  };
  writeFileSync(file, stringify(config), { mode: 0o600 });
  return file;
}

async function startEtcd(binary: string, folder: string): Promise<{ process: ClusterProcess; url: string }> {
  for (let attempt = 0; ; attempt += 1) {
    const [port = 0, peerPort = 0] = await findFreePorts(2);
    const url = `http://127.0.0.1:${String(port)}`;
    const peerUrl = `http://127.0.0.1:${String(peerPort)}`;
    const args = [
      ["--data-dir", path.join(folder, "etcd")],
      ["--listen-client-urls", url, "--advertise-client-urls", url],
      ["--listen-peer-urls", peerUrl, "--initial-advertise-peer-urls", peerUrl],
      ["--initial-cluster", `default=${peerUrl}`, "--unsafe-no-fsync", "--log-level", "error"],
      // As real clusters have it: without it a quiet kind gets no bookmarks.
      ["--watch-progress-notify-interval=1s"],
    ].flat();
    const process = startProcess(binary, args, { folder, logName: "etcd.log" });
    try {
      await waitUntil("etcd to be healthy", async () => {
        if (!process.isRunning()) return true;
        const answer = await request(`${url}/health`);
        await answer.body.dump();
        return answer.statusCode === 200;
      });
      if (process.isRunning()) return { process, url };
      throw new Error(`etcd ended: ${process.tail()}`);
    } catch (err) {
      await process.stop({ signal: "SIGKILL" });
      rmSync(path.join(folder, "etcd"), { recursive: true, force: true });
      if (attempt >= 2) throw err;
    }
  }
}

function apiServerArguments(folder: string, port: number, etcdUrl: string): string[] {
  const key = path.join(folder, "sa.key");
  return [
    `--etcd-servers=${etcdUrl}`,
    `--secure-port=${String(port)}`,
    "--bind-address=127.0.0.1",
    `--cert-dir=${path.join(folder, "certs")}`,
    "--service-account-issuer=https://kubernetes.default.svc",
    `--service-account-key-file=${key}`,
    `--service-account-signing-key-file=${key}`,
    `--token-auth-file=${path.join(folder, "tokens.csv")}`,
    "--authorization-mode=RBAC",
    `--service-cluster-ip-range=${serviceRange}`,
    "--disable-admission-plugins=ServiceAccount",
    "--etcd-compaction-interval=0",
    "--endpoint-reconciler-type=none",
    "--shutdown-send-retry-after=false",
    "-v=0",
  ];
}

/** Starts a cluster; about five seconds on an idle machine. Everything of it is gone after `stop`, and when this process ends. */
export async function startCluster(options: { readonly log?: (line: string) => void } = {}): Promise<TestCluster> {
  const log = options.log ?? ((line: string) => process.stderr.write(`${line}\n`));
  const assets = await ensureKubeAssets({ log });
  const folder = mkdtempSync(path.join(tmpdir(), "gatebook-cluster-"));
  const removeFolder = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", removeFolder);

  const adminToken = randomUUID();
  const { accountTokens } = writeFiles(folder, adminToken);
  const etcd = await startEtcd(assets.etcd, folder);
  let apiServer: ClusterProcess;
  let port = 0;
  let accounts = 0;

  /** Resolves when the server is ready; false where it ended instead. */
  async function launch(): Promise<boolean> {
    apiServer = startProcess(assets.kubeApiserver, apiServerArguments(folder, port, etcd.url), {
      folder,
      logName: "kube-apiserver.log",
    });
    const ready = async (): Promise<boolean> => {
      if (!apiServer.isRunning()) return true;
      const ca = readFileSync(path.join(folder, "certs", "apiserver.crt"), "utf8");
      const client = createClusterClient(`https://127.0.0.1:${String(port)}`, adminToken, ca);
      try {
        if ((await client.send("GET", "/readyz")).status !== 200) return false;
        return (await client.send("GET", "/api/v1/namespaces/default")).status === 200;
      } finally {
        await client.close();
      }
    };
    await waitUntil("kube-apiserver to be ready", ready, { timeoutMs: 90_000, everyMs: 100 });
    return apiServer.isRunning();
  }

  try {
    for (let attempt = 0; ; attempt += 1) {
      [port = 0] = await findFreePorts(1);
      if (await launch()) break;
      // The port may have been taken in between.
      if (attempt >= 2)
        throw new Error(
          `kube-apiserver ended: ${readFileSync(path.join(folder, "kube-apiserver.log"), "utf8").slice(-2000)}`,
        );
    }
  } catch (err) {
    await etcd.process.stop({ signal: "SIGKILL" });
    removeFolder();
    throw err;
  }

  const url = `https://127.0.0.1:${String(port)}`;
  const ca = readFileSync(path.join(folder, "certs", "apiserver.crt"), "utf8");
  const client = createClusterClient(url, adminToken, ca);

  const base64 = (text: string): string => Buffer.from(text).toString("base64");

  async function etcdCall(call: string, body: unknown): Promise<unknown> {
    const answer = await request(`${etcd.url}/v3/kv/${call}`, { method: "POST", body: JSON.stringify(body) });
    const said: unknown = await answer.body.json();
    if (answer.statusCode !== 200) throw new Error(`etcd ${call}: ${JSON.stringify(said)}`);
    return said;
  }

  return {
    url,
    kubeconfigPath: writeKubeconfig(folder, "admin", adminToken, url, ca),
    send: client.send,
    apply: client.apply,
    get: client.get,
    deleteObject: client.deleteObject,
    replaceStatus: client.replaceStatus,
    writeKubeconfig: (user, token) => writeKubeconfig(folder, user, token, url, ca),
    async kubeconfigFor(rules) {
      const token = accountTokens[accounts];
      if (token === undefined) throw new Error(`A test cluster has ${String(accountsMax)} accounts.`);
      const user = `account-${String(accounts)}`;
      accounts += 1;
      const group = "rbac.authorization.k8s.io";
      const role = (roleRules: readonly PolicyRule[]): TestObject => ({
        apiVersion: `${group}/v1`,
        kind: "ClusterRole",
        metadata: { name: user },
        rules: roleRules,
      });
      await client.apply([
        role(rules),
        {
          apiVersion: `${group}/v1`,
          kind: "ClusterRoleBinding",
          metadata: { name: user },
          roleRef: { apiGroup: group, kind: "ClusterRole", name: user },
          subjects: [{ apiGroup: group, kind: "User", name: user }],
        },
      ]);
      return {
        user,
        kubeconfigPath: writeKubeconfig(folder, user, token, url, ca),
        setRights: async (next) => client.apply([role(next)]),
      };
    },
    async stopApiServer({ signal = "SIGTERM" } = {}) {
      // An API server that is asked to end waits up to a minute for open watches; a test does not.
      await apiServer.stop({ signal, graceMs: 1_500 });
    },
    async startApiServer() {
      if (apiServer.isRunning()) return;
      if (!(await launch())) throw new Error(`kube-apiserver ended: ${apiServer.tail()}`);
    },
    async compactHistory() {
      const said = await etcdCall("range", { key: "AA==", limit: "1" });
      const revision = isRecord(said) && isRecord(said["header"]) ? said["header"]["revision"] : undefined;
      if (typeof revision !== "string") throw new Error("etcd does not say its revision.");
      await etcdCall("compaction", { revision, physical: true });
    },
    async writeStored(objects) {
      const puts = [...objects].map(([key, object]) => ({
        requestPut: { key: base64(key), value: base64(JSON.stringify(object)) },
      }));
      for (let from = 0; from < puts.length; from += storedBatch)
        await etcdCall("txn", { success: puts.slice(from, from + storedBatch) });
    },
    async stop() {
      await client.close();
      await apiServer.stop({ signal: "SIGKILL" });
      await etcd.process.stop({ signal: "SIGKILL" });
      process.off("exit", removeFolder);
      removeFolder();
    },
  };
}
