import { sha256Hex } from "../base/index.ts";
import type { ApiState, DeclaredPlace, PinnedAddress, ServerKind } from "../model/index.ts";
import type { PodObservation } from "../sources/index.ts";
import type { AgedRevision, FoundProbe } from "./assemble-api.ts";
import type { WorldIndex } from "./world-index.ts";
import { nameOf, selectFrom } from "./world-index.ts";

export type KnativeWork = {
  readonly namespace: string;
  readonly uid: string;
  readonly targets: readonly { readonly name: string; readonly percent: number }[];
  readonly state: ApiState;
  readonly server: ServerKind;
  readonly modelName: string | null;
  readonly declared: DeclaredPlace | null;
  /** Addresses of the whole, for a single revision whose pods are not known. */
  readonly fallback: readonly PinnedAddress[];
};

/** An address out of a URL with a literal one; a name needs the cluster's or the company's DNS, and an admin's word. */
export function urlAddress(url: string | null): PinnedAddress | null {
  if (url === null || !URL.canParse(url)) return null;
  const { protocol, hostname, port, host } = new URL(url);
  if (!/^(\d+\.){3}\d+$|^\[/.test(hostname)) return null;
  const scheme = protocol === "https:" ? "https" : "http";
  return {
    scheme,
    host: hostname.replace(/^\[|\]$/g, ""),
    port: port === "" ? (scheme === "https" ? 443 : 80) : Number(port),
    hostHeader: host,
  };
}

/** True for a revision that has no pods; false where it has some or nothing is known. */
export function isIdle(world: WorldIndex, namespace: string, revision: string): boolean {
  const fact = world.revisions.get(nameOf(namespace, revision));
  return fact !== undefined && (fact.active === false || fact.actualReplicas === 0);
}

/** The port that the workload itself listens on, beside Knative's proxy. */
function userPort(pods: readonly PodObservation[]): number {
  const containers = pods.flatMap((pod) => pod.containers).filter((container) => container.name !== "queue-proxy");
  const ports = containers.flatMap((container) => container.ports);
  return (ports.find((port) => port.name === "user-port") ?? ports[0])?.port ?? 8080;
}

/** Pods of each Knative revision, asked past activator and proxy so that nothing is woken or kept awake (SERVING §6.2). */
export function knativeRevisions(
  world: WorldIndex,
  work: KnativeWork,
): { readonly revisions: readonly AgedRevision[]; readonly probes: readonly FoundProbe[] } {
  const { namespace, state, server, modelName, declared } = work;
  const shares = new Map<string, number>();
  for (const { name, percent } of work.targets) shares.set(name, (shares.get(name) ?? 0) + percent);
  const revisions: AgedRevision[] = [];
  const probes: FoundProbe[] = [];
  for (const [name, percent] of shares) {
    const labels = { "serving.knative.dev/revision": name };
    const pods = selectFrom(world.podsByLabel, namespace, labels, (pod) => pod.labels).filter(
      (pod) => !pod.terminating,
    );
    const images = [...new Set(pods.flatMap((pod) => pod.imageIds))].sort();
    const fact = world.revisions.get(nameOf(namespace, name));
    const idle = isIdle(world, namespace, name);
    const port = userPort(pods);
    const listed = (world.slices.get(nameOf(namespace, `${name}-private`)) ?? []).flatMap((slice) =>
      slice.endpoints.filter((endpoint) => endpoint.ready).map((endpoint) => endpoint.address),
    );
    const own = pods.flatMap((pod) => (pod.ready && pod.ip !== null ? [pod.ip] : []));
    const addresses = [...new Set([...own, ...listed])]
      .sort()
      .slice(0, 3)
      .map((host): PinnedAddress => ({ scheme: "http", host, port, hostHeader: null }));
    const ready = !idle && (pods.some((pod) => pod.ready) || state === "ready");
    revisions.push({ revision: { name, trafficPercent: percent, ready, images }, since: fact?.createdAt ?? name });
    probes.push({
      revision: name,
      probeKey: sha256Hex(JSON.stringify([work.uid, name, images, declared, server, modelName])).slice(0, 32),
      server,
      modelName,
      declared,
      addresses: [...addresses, ...(shares.size === 1 ? work.fallback : [])],
      basePath: "",
      hold:
        idle || state === "scaled-to-zero"
          ? "scaled-to-zero"
          : state === "stopped"
            ? "stopped"
            : ready
              ? null
              : "not-ready",
    });
  }
  return { revisions, probes };
}
