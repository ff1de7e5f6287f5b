import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

export type FirstRun = {
  readonly url: string;
  /** From the start of the process to the first page that answers. */
  readonly tookMs: number;
  stop(): Promise<void>;
};

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** `npm start`'s own command on other ports, with data of its own; the same `home` twice is a second start. */
export async function startFirstRun(options: { readonly home?: string } = {}): Promise<FirstRun> {
  const home = options.home ?? mkdtempSync(path.join(tmpdir(), "gatebook-first-run-"));
  const startedMs = performance.now();
  const child = spawn(process.execPath, [path.join(root, "bin", "gatebook.mjs"), "start"], {
    cwd: root,
    env: {
      ...process.env,
      GATEBOOK_DATA: home,
      PORT: "3900",
      EXAMPLES_OIDC_PORT: "3901",
      EXAMPLES_GATEWAY_PORT: "3988",
      EXAMPLES_PORT_BASE: "28100",
      METRICS_PORT: "0",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once("exit", () => void resolve()));
  const url = "http://localhost:3900";
  while (!(await answers(`${url}/`))) {
    if (child.exitCode !== null) throw new Error(`The portal ended at its start:\n${said}`);
    if (performance.now() - startedMs > 300_000) throw new Error(`The portal does not answer:\n${said}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url,
    tookMs: performance.now() - startedMs,
    async stop() {
      child.kill("SIGINT");
      await ended;
      if (options.home === undefined) rmSync(home, { recursive: true, force: true });
    },
  };
}
