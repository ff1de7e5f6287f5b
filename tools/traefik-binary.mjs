// Finds or builds the Traefik that stands as a real gateway in tests and in the run on real things.
//
// Order: TRAEFIK_BIN; the project's cache; a build from the Go modules that tools/traefik pins, which takes some minutes once.
// Run by itself it prints the path.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const version = "3.6.1";
const modules = fileURLToPath(new URL("traefik", import.meta.url));

function cached() {
  const arch = process.arch === "x64" ? "amd64" : process.arch;
  const root = process.env.XDG_CACHE_HOME || path.join(homedir(), ".cache");
  return path.join(root, "gatebook", `traefik-${version}-${process.platform}-${arch}`, "traefik");
}

/**
 * The path of a Traefik that is at hand; null where none is.
 * @returns {string | null}
 */
export function findTraefik() {
  const given = process.env.TRAEFIK_BIN;
  if (given !== undefined && given !== "") return given;
  return existsSync(cached()) ? cached() : null;
}

/**
 * Gives the path of Traefik, having built it where it was not there.
 * @param {(line: string) => void} log
 * @returns {Promise<string>}
 */
export async function ensureTraefik(log) {
  const found = findTraefik();
  if (found !== null) return found;
  const binary = cached();
  log(`Building Traefik ${version} from its Go modules (about eight minutes on two cores, once; kept in the cache).`);
  await mkdir(path.dirname(binary), { recursive: true });
  // Two runs that build at once do not write into one file; the later one to finish replaces the other's, which is as good.
  const unfinished = `${binary}.${process.pid}.part`;
  await new Promise((resolve, reject) => {
    const child = spawn(
      "go",
      ["build", "-trimpath", "-ldflags", "-s -w", "-o", unfinished, "github.com/traefik/traefik/v3/cmd/traefik"],
      {
        cwd: modules,
        env: { ...process.env, CGO_ENABLED: "0", GOWORK: "off", GOFLAGS: "-mod=readonly" },
        stdio: ["ignore", "inherit", "inherit"],
      },
    );
    child.on("error", (cause) => {
      reject(new Error("Traefik is not at hand, and Go, which would build it, is not installed.", { cause }));
    });
    child.on("close", (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`The build of Traefik ended with ${code === null ? signal : `status ${code}`}.`));
    });
  });
  await rename(unfinished, binary);
  return binary;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(await ensureTraefik((line) => console.error(line)));
}
