import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { unavailable } from "../failure.ts";

const run = promisify(execFile);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (err) {
    return err instanceof Error && "code" in err && err.code === "EPERM";
  }
}

/** Whose child a process is, and what was started; null where it cannot be said. */
async function describeProcess(pid: number): Promise<{ readonly parent: number; readonly command: string } | null> {
  try {
    if (process.platform === "linux") {
      const [status, command] = await Promise.all([
        readFile(`/proc/${String(pid)}/status`, "utf8"),
        readFile(`/proc/${String(pid)}/cmdline`, "utf8"),
      ]);
      return { parent: Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0), command: command.replaceAll("\0", " ") };
    }
    const { stdout } = await run("ps", ["-o", "ppid=,command=", "-p", String(pid)]);
    const match = /^\s*(\d+)\s+(.*)$/s.exec(stdout);
    return match === null ? null : { parent: Number(match[1]), command: match[2] ?? "" };
  } catch {
    // It ended while we looked, or this system has neither; then Postgres' own lock decides.
    return null;
  }
}

async function readNumber(file: string): Promise<number | null> {
  if (!existsSync(file)) return null;
  const value = Number((await readFile(file, "utf8")).split("\n", 1)[0]);
  return Number.isInteger(value) && value > 1 ? value : null;
}

const ownerFile = (folder: string): string => join(folder, "owner");

/** Remembers that the server on this folder belongs to this process. */
export async function recordOwner(folder: string): Promise<void> {
  await writeFile(ownerFile(folder), `${String(process.pid)}\n`);
}

/**
 * Ends a server that a killed run left on the same data, and removes a lock whose process is gone or is no Postgres (its
 * number was given to another). Throws where a living process owns the server.
 */
export async function clearEarlierRun(folder: string, dataFolder: string): Promise<void> {
  const lock = join(dataFolder, "postmaster.pid");
  const pid = await readNumber(lock);
  if (pid === null) return;
  const found = isAlive(pid) ? await describeProcess(pid) : null;
  if (found === null || !found.command.includes(dataFolder)) {
    if (!isAlive(pid) || found !== null) await rm(lock, { force: true });
    return;
  }
  if (found.parent === (await readNumber(ownerFile(folder))) && found.parent !== process.pid) {
    throw unavailable(
      `Another Gatebook (process ${String(found.parent)}) already runs on the data in ${folder}: stop it first, or use another folder.`,
    );
  }
  process.kill(pid, "SIGINT");
  for (let waited = 0; isAlive(pid); waited += 50) {
    if (waited === 10_000) process.kill(pid, "SIGQUIT");
    if (waited > 20_000) {
      throw unavailable(`A Postgres of an earlier run (process ${String(pid)}) does not end: end it by hand.`);
    }
    await pause(50);
  }
}
