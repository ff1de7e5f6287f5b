import { execFileSync } from "node:child_process";
import { cpSync, existsSync, globSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { startProcess } from "../integration/cluster-process.ts";
import type { ClusterProcess } from "../integration/cluster-process.ts";
import { waitUntil } from "../integration/wait-until.ts";
import { insideNetwork } from "./pod-network.ts";
import type { PodNetwork } from "./pod-network.ts";
import type { ServerCase } from "./server-case.ts";

const models = path.join(import.meta.dirname, "models");
const logName = "output.log";
/** No server here takes it for anything, and the portal never sends it. */
const markMethod = "PUT";

/** A server that answers, and its own log of who asked it. */
export type RunningServer = {
  /** Of the installed package, as pip tells it. */
  readonly version: string;
  readonly url: string;
  /** Every request since the last time that this was asked, as "GET /path", in their order. */
  takeRequests(): Promise<readonly string[]>;
  stop(): Promise<void>;
};

function versionOf(bin: string, name: string): string {
  const code = "import importlib.metadata, sys; print(importlib.metadata.version(sys.argv[1]))";
  return execFileSync(path.join(bin, "python"), ["-c", code, name], { encoding: "utf8" }).trim();
}

async function statusOf(url: string, method: string): Promise<number | null> {
  try {
    const response = await fetch(url, { method, signal: AbortSignal.timeout(5_000) });
    await response.arrayBuffer();
    return response.status;
  } catch (err) {
    // Not listening yet, or not answering yet.
    if (err instanceof TypeError || (err instanceof DOMException && err.name === "TimeoutError")) return null;
    throw err;
  }
}

function readRequests(folder: string, { accessLog }: ServerCase): readonly string[] {
  const files = globSync(accessLog.file ?? logName, { cwd: folder }).sort();
  return files
    .flatMap((file) => readFileSync(path.join(folder, file), "utf8").split("\n"))
    .flatMap((text) => {
      const { method, path: asked } = accessLog.line.exec(text)?.groups ?? {};
      return method === undefined ? [] : [`${method} ${asked ?? ""}`];
    });
}

/** Runs the program as a pod would: in its own network, with its own processes and its own files. It never outlives this process. */
function startProgram(server: ServerCase, network: PodNetwork, folder: string, bin: string): ClusterProcess {
  const { words, environment = {}, folder: own = "." } = server.command;
  const variables = {
    HOME: folder,
    TMPDIR: folder,
    BENTOML_HOME: path.join(folder, "bentoml"),
    RAY_TMPDIR: folder,
    PATH: `${bin}:${process.env["PATH"] ?? ""}`,
    PYTHONDONTWRITEBYTECODE: "1",
    PYTHONUNBUFFERED: "1",
    // None of them has anybody to report to from a network without a way out.
    BENTOML_DO_NOT_TRACK: "true",
    MLFLOW_DISABLE_TELEMETRY: "true",
    ...environment,
  };
  const { command, args } = insideNetwork(network, "unshare", [
    ...["--pid", "--fork", "--kill-child", "--mount-proc", "env", "-C", path.join(folder, "models", own)],
    ...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
    ...words.map((word) => word.replace("{bin}", bin)),
  ]);
  return startProcess(command, args, { folder, logName });
}

/** Starts a server and waits until it answers; throws with the last that it said where it does not. */
export async function startServer(
  server: ServerCase,
  network: PodNetwork,
  folder: string,
  bin: string,
): Promise<RunningServer> {
  mkdirSync(folder, { recursive: true });
  cpSync(models, path.join(folder, "models"), { recursive: true });
  const program = startProgram(server, network, folder, bin);
  const url = `http://${network.podAddress}:${String(server.port)}`;
  const said = (): string => (existsSync(path.join(folder, logName)) ? program.tail() : "nothing");
  let marks = 0;
  let taken = 0;

  async function takeRequests(): Promise<readonly string[]> {
    const number = (marks += 1);
    await waitUntil(
      `${server.title} to answer`,
      async () => (await statusOf(`${url}/gatebook-mark-${String(number)}`, markMethod)) !== null,
    );
    const findMark = (): number | null => {
      const all = readRequests(folder, server);
      const at = all.findIndex((line, index) => index >= taken && line.startsWith(`${markMethod} `));
      return at === -1 ? null : at;
    };
    const at = await waitUntil(`${server.title} to write its log`, findMark, { describe: said });
    const requests = readRequests(folder, server).slice(taken, at);
    taken = at + 1;
    return requests;
  }

  try {
    const isReadyOrOver = async (): Promise<boolean> => {
      const status = await statusOf(`${url}${server.ready}`, "GET");
      return (status !== null && status < 300) || !program.isRunning();
    };
    await waitUntil(`${server.title} to be ready`, isReadyOrOver, {
      timeoutMs: 180_000,
      everyMs: 500,
      describe: said,
    });
    if (!program.isRunning()) throw new Error(`It ended at its start: ${said()}`);
    await takeRequests();
  } catch (err) {
    await program.stop({ signal: "SIGKILL" });
    throw err;
  }
  return {
    version: versionOf(bin, server.package),
    url,
    takeRequests,
    stop: () => program.stop({ signal: "SIGKILL" }),
  };
}
