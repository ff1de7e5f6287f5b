import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const cacheFolder = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "gatebook", "demo-python");

/** What each environment installs, pinned, so that a run can be repeated. */
const environments = {
  fastapi: ["fastapi==0.165.0", "uvicorn==0.54.0"],
  kserve: ["kserve==0.21.0"],
  mlserver: ["mlserver==1.7.1"],
} as const;

export type PythonEnvironment = keyof typeof environments;

/** The folder of commands of an environment, installed by pip on first use and kept in the cache. */
export function ensurePython(name: PythonEnvironment, log: (line: string) => void): string {
  const packages = environments[name];
  const folder = join(cacheFolder, name);
  const mark = join(folder, `installed-${packages.join("+").replaceAll(/[^a-z0-9.+=]/g, "_")}`);
  const bin = join(folder, "bin");
  if (existsSync(mark)) return bin;
  log(`installing ${packages.join(", ")} with pip (once; kept in the cache)`);
  mkdirSync(cacheFolder, { recursive: true });
  execFileSync("python3", ["-m", "venv", "--clear", folder], { stdio: "inherit" });
  execFileSync(join(bin, "pip"), ["install", "--quiet", "--disable-pip-version-check", ...packages], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  writeFileSync(mark, "");
  return bin;
}
