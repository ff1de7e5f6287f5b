import { execFileSync, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, renameSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const version = "3.6.1";
const modules = fileURLToPath(new URL("../traefik", import.meta.url));

/** A Traefik binary: TRAEFIK_BIN, the cache, or built from the pinned Go modules (about eight minutes, once). */
export function ensureTraefik(log: (line: string) => void): string {
  const given = process.env["TRAEFIK_BIN"];
  if (given !== undefined) return given;
  const goArch = process.arch === "x64" ? "amd64" : process.arch;
  const cache = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "gatebook");
  const binary = join(cache, `traefik-${version}-linux-${goArch}`, "traefik");
  if (existsSync(binary)) return binary;
  log(`building Traefik ${version} from Go modules (about eight minutes, once; kept in the cache)`);
  mkdirSync(dirname(binary), { recursive: true });
  execFileSync(
    "go",
    ["build", "-trimpath", "-ldflags", "-s -w", "-o", `${binary}.part`, "github.com/traefik/traefik/v3/cmd/traefik"],
    { cwd: modules, env: { ...process.env, CGO_ENABLED: "0", GOFLAGS: "-mod=readonly" }, stdio: "inherit" },
  );
  renameSync(`${binary}.part`, binary);
  return binary;
}

/** Starts Traefik as the cluster's Gateway API implementation, out of the cluster, listening on `address`:`port`. */
export function startTraefik(options: {
  readonly binary: string;
  readonly address: string;
  readonly port: number;
  readonly apiServer: string;
  readonly token: string;
  readonly certificateAuthorityFile: string;
}): ChildProcess {
  return spawn(
    options.binary,
    [
      `--entryPoints.web.address=${options.address}:${String(options.port)}`,
      "--providers.kubernetesGateway=true",
      `--providers.kubernetesGateway.endpoint=${options.apiServer}`,
      `--providers.kubernetesGateway.token=${options.token}`,
      `--providers.kubernetesGateway.certAuthFilePath=${options.certificateAuthorityFile}`,
      `--providers.kubernetesGateway.statusAddress.ip=${options.address}`,
      "--global.checkNewVersion=false",
      "--global.sendAnonymousUsage=false",
      "--log.level=INFO",
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
}
