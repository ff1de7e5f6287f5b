import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";

export type ControllerProcess = {
  readonly pid: number;
  /** Resolves when it says that it is ready. */
  readonly ready: Promise<void>;
  /** Ends it as a crash of its machine would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
};

const program = fileURLToPath(new URL("../../bin/gatebook.ts", import.meta.url));

/** Runs `gatebook controller` as a process of its own with these settings. */
export function startControllerProcess(settings: Readonly<Record<string, string>>): ControllerProcess {
  const child: ChildProcess = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", program, "controller"],
    {
      env: { ...process.env, LOG_LEVEL: "silent", METRICS_PORT: "0", ...settings },
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    },
  );
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => {
      resolve();
    });
  });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  return {
    pid: child.pid ?? 0,
    ready: new Promise((resolve) => {
      child.once("message", () => {
        resolve();
      });
    }),
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
  };
}
