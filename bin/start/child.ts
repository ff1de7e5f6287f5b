import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

export type Ended = { readonly name: string; readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** A process that this one started and answers for. */
export type Child = {
  readonly name: string;
  /** The first message that it sends, which says that it is ready; rejects where it ends before. */
  readonly ready: Promise<unknown>;
  readonly ended: Promise<Ended>;
  /** Asks it to stop and waits; ends it by force when it takes longer than fifteen seconds. */
  stop(): Promise<void>;
  kill(): void;
};

const stopMs = 15_000;

function forEachLine(stream: Readable | null, onLine: (line: string) => void): void {
  if (stream === null) return;
  createInterface({ input: stream }).on("line", (line) => {
    if (line.trim() !== "") onLine(line);
  });
}

function endOf(name: string, child: ChildProcess): Promise<Ended> {
  return new Promise((resolve) => {
    child.once("error", () => {
      resolve({ name, code: 1, signal: null });
    });
    child.once("close", (code, signal) => {
      resolve({ name, code, signal });
    });
  });
}

/**
 * Starts a module as a process of its own group, so that Ctrl-C in the terminal reaches this process alone and it stops the
 * others in order. A child that loses its channel to this process stops by itself.
 */
export function startChild(options: {
  readonly name: string;
  readonly module: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly onLine: (line: string, stream: "output" | "errors") => void;
}): Child {
  const child = fork(options.module, [...options.args], {
    cwd: options.cwd,
    env: options.env,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    detached: true,
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
  forEachLine(child.stdout, (line) => {
    options.onLine(line, "output");
  });
  forEachLine(child.stderr, (line) => {
    options.onLine(line, "errors");
  });
  const ended = endOf(options.name, child);
  const ready = new Promise<unknown>((resolve, reject) => {
    child.once("message", resolve);
    void ended.then(({ code, signal }) => {
      reject(new Error(`${options.name} ended before it was ready (${signal ?? `exit code ${String(code)}`}).`));
    });
  });
  // Whoever waits sees the rejection; nobody has to.
  ready.catch(() => undefined);
  return {
    name: options.name,
    ready,
    ended,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      const force = setTimeout(() => child.kill("SIGKILL"), stopMs);
      await ended;
      clearTimeout(force);
    },
    kill: () => {
      child.kill("SIGKILL");
    },
  };
}
