import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { unavailable } from "../failure.ts";

/** Runs one of the scripts in `tools/`; its lines are passed on. Throws where it fails; `signal` ends it. */
export async function runTool(options: {
  readonly script: string;
  readonly cwd: string;
  readonly what: string;
  readonly signal: AbortSignal;
  readonly onLine: (line: string) => void;
}): Promise<void> {
  const lines: string[] = [];
  const child = spawn(process.execPath, [options.script], {
    cwd: options.cwd,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const end = (): void => {
    try {
      // The whole group: a build has workers of its own.
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    } catch (err) {
      if (!(err instanceof Error && "code" in err && err.code === "ESRCH")) throw err;
    }
  };
  options.signal.addEventListener("abort", end, { once: true });
  const take = (line: string): void => {
    lines.push(line);
    options.onLine(line);
  };
  createInterface({ input: child.stdout }).on("line", take);
  createInterface({ input: child.stderr }).on("line", (line) => lines.push(line));
  const code = await new Promise<number | null>((resolve) => {
    child.once("error", () => {
      resolve(1);
    });
    child.once("close", resolve);
  });
  options.signal.removeEventListener("abort", end);
  if (code === 0) return;
  if (options.signal.aborted) throw unavailable(`${options.what} was stopped.`);
  throw unavailable(`${options.what} failed:\n${lines.slice(-40).join("\n")}`);
}
