import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const cacheFolder = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "gatebook", "python");

/** A virtual environment by name, and what pip installs into it; pinned, so that a run can be repeated. */
export type PythonEnvironment = { readonly name: string; readonly packages: readonly string[] };

/**
 * The folder of an environment's commands, installed by pip on first use and kept in the cache. Throws where Python or pip
 * fails; an environment that was left half-made is made anew.
 */
export function ensurePython({ name, packages }: PythonEnvironment, log: (line: string) => void): string {
  const folder = join(cacheFolder, name);
  const mark = join(folder, "installed.txt");
  const wanted = packages.join("\n");
  const bin = join(folder, "bin");
  if (existsSync(mark) && readFileSync(mark, "utf8") === wanted) return bin;
  log(`installing ${packages.join(", ")} with pip (once; kept in the cache)`);
  mkdirSync(cacheFolder, { recursive: true });
  execFileSync("python3", ["-m", "venv", "--clear", folder], { stdio: ["ignore", "ignore", "inherit"] });
  execFileSync(join(bin, "pip"), ["install", "--quiet", "--disable-pip-version-check", ...packages], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  writeFileSync(mark, wanted);
  return bin;
}
