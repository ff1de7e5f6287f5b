import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";

export type ClusterProcess = {
  /** Resolves when the program has ended, by itself or not. */
  readonly ended: Promise<void>;
  isRunning(): boolean;
  /** Asks it to end, and makes it after the grace. */
  stop(options?: { readonly signal?: NodeJS.Signals; readonly graceMs?: number }): Promise<void>;
  /** The last lines that it wrote. */
  tail(): string;
};

/**
 * Runs the program beside a guard that reads our end of a pipe: when we are gone, however that came about, the pipe closes
 * and the guard kills the program and removes its folder. A signal to the shell goes on to the program.
 */
const guarded = `
orphaned=
exec 3<&0
"$@" </dev/null 3<&- &
program=$!
trap 'kill -TERM $program 2>/dev/null' TERM
trap 'kill -KILL $program 2>/dev/null' USR1
trap 'orphaned=1' USR2
( cat <&3 >/dev/null; kill -USR2 $$; kill -KILL $program 2>/dev/null ) &
guard=$!
exec 3<&-
while kill -0 $program 2>/dev/null; do wait $program; done
kill -KILL $guard 2>/dev/null
if [ -n "$orphaned" ]; then sleep 1; rm -rf -- "$GATEBOOK_FOLDER"; fi
exit 0
`;

/** Starts a program whose output goes to a file of the folder. It never outlives this process. */
export function startProcess(
  binary: string,
  args: readonly string[],
  { folder, logName }: { readonly folder: string; readonly logName: string },
): ClusterProcess {
  const logPath = path.join(folder, logName);
  const log = openSync(logPath, "a");
  const child = spawn("/bin/sh", ["-c", guarded, "sh", binary, ...args], {
    stdio: ["pipe", log, log],
    env: { ...process.env, GATEBOOK_FOLDER: folder },
  });
  closeSync(log);
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => {
      resolve();
    });
    child.once("error", () => {
      resolve();
    });
  });
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  return {
    ended,
    isRunning,
    async stop({ signal = "SIGTERM", graceMs = 10_000 } = {}) {
      if (!isRunning()) return;
      child.kill(signal === "SIGKILL" ? "SIGUSR1" : "SIGTERM");
      const timer = setTimeout(() => child.kill("SIGUSR1"), graceMs);
      await ended;
      clearTimeout(timer);
    },
    tail() {
      const lines = readFileSync(logPath, "utf8").trimEnd().split("\n");
      return lines.slice(-15).join("\n");
    },
  };
}

/** Ports that were free a moment ago; whoever takes one must be ready to find it taken. */
export async function findFreePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(0, "127.0.0.1", resolve);
      });
      return server;
    }),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("A TCP server has no port.");
    return address.port;
  });
  await Promise.all(servers.map(async (server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
