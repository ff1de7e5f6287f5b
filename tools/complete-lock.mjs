// Enters optional packages of other systems into package-lock.json where `npm install` left them out: it does so when its
// registry does not have them, and `npm ci` then refuses the lock file everywhere. `--check` only says whether any is missing.
// An entry made here has no integrity; `npm install` at a registry that has the package adds it.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const file = fileURLToPath(new URL("../package-lock.json", import.meta.url));
const systems = ["android", "darwin", "freebsd", "linux", "openharmony", "win32"];
const processors = ["arm64", "arm", "ia32", "ppc64", "riscv64", "s390x", "x64", "wasm32"];

const lock = JSON.parse(readFileSync(file, "utf8"));
const packages = lock.packages;

/** Where Node would find `name` from the package at `from`, as a key of the lock file; undefined where it is not. */
function find(from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf("node_modules/") - 1))) {
    const key = `${at === "" ? "" : `${at}/`}node_modules/${name}`;
    if (packages[key] !== undefined) return key;
    if (at === "") return undefined;
  }
}

const missing = Object.entries(packages).flatMap(([key, entry]) =>
  Object.entries(entry.optionalDependencies ?? {})
    .filter(([name]) => find(key, name) === undefined)
    .map(([name, version]) => ({ name, version, dev: entry.dev === true })),
);

if (process.argv.includes("--check")) {
  if (missing.length > 0) {
    console.error(
      `package-lock.json lacks ${missing.map(({ name }) => name).join(", ")}: run node tools/complete-lock.mjs.`,
    );
    process.exitCode = 1;
  }
} else if (missing.length > 0) {
  for (const { name, version, dev } of missing) {
    if (!/^\d+\.\d+\.\d+/.test(version)) throw new Error(`${name} is wanted as ${version}, which is no exact version.`);
    const parts = name.slice(name.lastIndexOf("/") + 1).split("-");
    const os = systems.filter((system) => parts.includes(system));
    const cpu = processors.filter((processor) => parts.includes(processor));
    packages[`node_modules/${name}`] = {
      version,
      ...(cpu.length > 0 ? { cpu } : {}),
      ...(dev ? { dev: true } : {}),
      ...(os.length > 0 ? { os } : {}),
      optional: true,
    };
  }
  const { "": project, ...rest } = packages;
  const sorted = Object.entries(rest).sort(([left], [right]) => left.localeCompare(right, "en"));
  lock.packages = { "": project, ...Object.fromEntries(sorted) };
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${missing.length} packages were entered into package-lock.json.`);
}
