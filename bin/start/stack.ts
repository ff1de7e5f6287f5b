import { fileURLToPath } from "node:url";
import { unavailable } from "../failure.ts";
import { projectRoot } from "../project-root.ts";
import { startChild } from "./child.ts";
import type { Child, Ended } from "./child.ts";
import { readableLine } from "./log-line.ts";
import type { Progress } from "./progress.ts";

/** The parts in the order in which they stop: first who serves, last what they rely on. */
const stopOrder = ["web", "controller", "models", "sign-in", "Postgres"] as const;
type PartName = (typeof stopOrder)[number];

/** What runs, so that all of it can be stopped, in order, from wherever the start has got to. */
export type Stack = {
  /** Starts a module below `bin/` or `examples/` as a process of the stack. Throws once the stack is stopping. */
  launch(name: PartName, module: string, args: readonly string[], env: Readonly<Record<string, string>>): Child;
  add(name: PartName, part: { stop(): Promise<void> }): void;
  /** The first process that ended before the stack was stopped. */
  readonly firstEnd: Promise<Ended>;
  readonly signal: AbortSignal;
  stop(): Promise<void>;
  kill(): void;
};

/** An empty stack; a `talkative` one also passes on what its processes say that is no log entry. */
export function createStack(progress: Progress, talkative: boolean): Stack {
  const parts = new Map<PartName, { stop(): Promise<void>; kill?: () => void }>();
  const firstEnd = Promise.withResolvers<Ended>();
  const abort = new AbortController();
  return {
    launch: (name, module, args, env) => {
      if (abort.signal.aborted) throw unavailable("The start was stopped.");
      const child = startChild({
        name,
        module: fileURLToPath(new URL(`../../${module}`, import.meta.url)),
        args,
        cwd: projectRoot,
        env: { ...process.env, ...env },
        onLine: (line, stream) => {
          // What a part says while it is being stopped is that its neighbours are gone; greetings are for those who ask.
          const greeting = stream === "output" && !line.startsWith("{") && !talkative;
          if (!abort.signal.aborted && !greeting) progress.complain(readableLine(name, line));
        },
      });
      parts.set(name, child);
      void child.ended.then((ended) => {
        if (!abort.signal.aborted) firstEnd.resolve(ended);
      });
      return child;
    },
    add: (name, part) => {
      parts.set(name, part);
    },
    firstEnd: firstEnd.promise,
    signal: abort.signal,
    stop: async () => {
      abort.abort();
      for (const name of stopOrder) await parts.get(name)?.stop();
    },
    kill: () => {
      abort.abort();
      for (const [name, part] of parts) {
        // Postgres is never cut off: its process notices that this one is gone, and ends it cleanly.
        if (name !== "Postgres") part.kill?.();
      }
    },
  };
}
