import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { waitUntil } from "./wait-until.ts";

const script = `
  import { startCluster } from ${JSON.stringify(fileURLToPath(new URL("./cluster.ts", import.meta.url)))};
  const cluster = await startCluster();
  process.stdout.write(new URL(cluster.url).port + " " + cluster.kubeconfigPath);
  setInterval(() => {}, 1000);
`;

/** Whether anything answers on the port. */
async function isOpen(url: string): Promise<boolean> {
  try {
    await fetch(url, { signal: AbortSignal.timeout(2_000) });
    return true;
  } catch (err) {
    // A certificate that is not trusted was still shown by somebody.
    return err instanceof Error && !JSON.stringify(err.cause).includes("ECONNREFUSED");
  }
}

describe("startCluster", () => {
  test("leaves nothing running when the process that started it is killed", async () => {
    const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const said: readonly unknown[] = await once(child.stdout, "data");
    const [port = "", kubeconfigPath = ""] = String(said[0]).split(" ");
    const url = `https://127.0.0.1:${port}/livez`;
    expect(existsSync(kubeconfigPath)).toBe(true);
    expect(await isOpen(url)).toBe(true);
    child.kill("SIGKILL");
    await waitUntil("the API server to be gone", async () => !(await isOpen(url)));
    await waitUntil("its folder to be gone", () => !existsSync(path.dirname(kubeconfigPath)));
  });
});
