import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { ClusterProcess } from "../cluster-process.ts";
import { startProcess } from "../cluster-process.ts";

/** The entry points by the port that Traefik listens on. */
export type EntryPorts = { readonly web: number; readonly websecure: number };

export type TraefikProcess = Pick<ClusterProcess, "tail"> & { stop(): Promise<void> };

const kubeconfigSchema = z.object({
  clusters: z.tuple([
    z.object({ cluster: z.object({ server: z.string(), "certificate-authority-data": z.string() }) }),
  ]),
  users: z.tuple([z.object({ user: z.object({ token: z.string() }) })]),
});

/**
 * Starts Traefik out of the cluster, with its three providers on one API server and entry points as its chart sets them: TLS ends
 * at `websecure`. What it lists first is all that there is when this is called.
 */
export function startTraefik(options: {
  readonly binary: string;
  readonly address: string;
  readonly ports: EntryPorts;
  readonly kubeconfigPath: string;
  /** Traefik's own Service, "namespace/name", whose address it writes to Ingresses. */
  readonly publishedService: string;
}): TraefikProcess {
  const { binary, address, ports, kubeconfigPath, publishedService } = options;
  const { clusters, users } = kubeconfigSchema.parse(parse(readFileSync(kubeconfigPath, "utf8")));
  const [{ cluster }] = clusters;
  const [{ user }] = users;
  const folder = mkdtempSync(path.join(tmpdir(), "gatebook-traefik-"));
  const authority = path.join(folder, "ca.crt");
  writeFileSync(authority, Buffer.from(cluster["certificate-authority-data"], "base64"));
  const providers = ["kubernetesGateway", "kubernetesCRD", "kubernetesIngress"].flatMap((name) => [
    `--providers.${name}=true`,
    `--providers.${name}.endpoint=${cluster.server}`,
    `--providers.${name}.token=${user.token}`,
    `--providers.${name}.certAuthFilePath=${authority}`,
  ]);
  const started = startProcess(
    binary,
    [
      `--entryPoints.web.address=${address}:${String(ports.web)}`,
      `--entryPoints.websecure.address=${address}:${String(ports.websecure)}`,
      "--entryPoints.websecure.http.tls=true",
      ...providers,
      `--providers.kubernetesGateway.statusAddress.ip=${address}`,
      `--providers.kubernetesIngress.ingressEndpoint.publishedService=${publishedService}`,
      "--providers.providersThrottleDuration=100ms",
      "--global.checkNewVersion=false",
      "--global.sendAnonymousUsage=false",
      "--log.level=WARN",
    ],
    { folder, logName: "traefik.log" },
  );
  return {
    tail: () => started.tail(),
    async stop() {
      await started.stop({ signal: "SIGKILL" });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
