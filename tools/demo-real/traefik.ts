import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";

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
