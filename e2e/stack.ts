import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readStackAddress } from "./stack-address.ts";

const readyMsMax = 300_000;
const root = process.cwd();

/**
 * Starts the portal as a person does, `gatebook start` with nothing configured, on ports and a folder of its own, and waits
 * until it says that it is ready; returns how to stop it. What it writes is in test-results/stack.log.
 */
export default async function startStack(): Promise<() => Promise<void>> {
  const { environment, portalUrl } = await readStackAddress();
  const data = await mkdtemp(join(tmpdir(), "gatebook-e2e-"));
  process.env["E2E_DATA"] = data;
  await mkdir("test-results", { recursive: true });
  const log = createWriteStream("test-results/stack.log");
  const child = spawn(process.execPath, [join(root, "bin/gatebook.mjs"), "start"], {
    cwd: root,
    env: { NODE_ENV: "production", ...withoutOwnSettings(), ...environment, GATEBOOK_DATA: data, LOG_LEVEL: "info" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = async () => {
    await end(child);
    log.end();
    await rm(data, { recursive: true, force: true });
  };
  try {
    await untilReady(child, log);
  } catch (err) {
    await stop();
    throw err;
  }
  process.stdout.write(`The portal under test is at ${portalUrl}.\n`);
  return stop;
}

/** A database or an identity provider of the machine must not be what is tested. */
function withoutOwnSettings(): { [name: string]: string | undefined } {
  const configured =
    /^(DATABASE_URL|KUBECONFIG|GATEBOOK_|OIDC_|PUBLIC_URL|SESSION_SECRET|SMTP_|CLUSTER_NAME|HOST$|E2E_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !configured.test(name)));
}

function untilReady(child: ChildProcess, log: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = "";
    const timer = setTimeout(
      () => reject(new Error(`The portal was not ready after ${readyMsMax / 1000} s:\n${output.slice(-4000)}`)),
      readyMsMax,
    );
    const hear = (chunk: Buffer) => {
      log.write(chunk);
      output = (output + chunk.toString()).slice(-20_000);
      if (!/^Gatebook is at /m.test(output)) return;
      clearTimeout(timer);
      resolve();
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`The portal ended with ${String(code)} before it was ready:\n${output.slice(-4000)}`));
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  const force = setTimeout(() => child.kill("SIGKILL"), 40_000);
  await ended;
  clearTimeout(force);
}
