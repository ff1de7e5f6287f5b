import { sha256Hex } from "../base/index.ts";
import type { PinnedAddress } from "../model/index.ts";
import type { ContainerFact, KnativeRevisionObservation, PodObservation, ResourcePart } from "../sources/index.ts";
import type { AgedRevision, FoundProbe, SaidState } from "./assemble-api.ts";
import { chooseHttpPort } from "./choose-port.ts";
import { admissionOf } from "./network-admission.ts";
import type { PortalPlace } from "./network-admission.ts";
import { holdOf, isMeshed, serviceAddress } from "./service-facts.ts";
import type { RevisionOptions } from "./service-facts.ts";
import type { WorldIndex } from "./world-index.ts";
import { nameOf } from "./names.ts";

/** True for a revision that has no pods and is not getting any; false where it has some or nothing is known. */
function isIdle(world: WorldIndex, namespace: string, revision: string): boolean {
  const fact = world.revisions.get(nameOf(namespace, revision));
  if (fact === undefined || fact.isStarting) return false;
  return fact.active === false || (fact.active === null && fact.actualReplicas === 0);
}

const proxies = new Set(["queue-proxy", "istio-proxy", "linkerd-proxy"]);

/** The port that the workload itself listens on, beside Knative's proxy; Knative's own where nothing is said. */
function userPort(containers: readonly ContainerFact[]): number {
  const ports = containers.filter(({ name }) => !proxies.has(name)).flatMap((container) => container.ports);
  const own = ports.find(({ name }) => name === "user-port" || name === "http1" || name === "h2c") ?? ports[0];
  return own?.port ?? 8080;
}

/** Digests of the images of a pod, without those of proxies beside the workload. */
function podImages(pods: readonly PodObservation[]): readonly string[] {
  const known = pods.flatMap((pod) => pod.imageIds).filter((id) => !/(^|\/)(queue|proxyv2)(@|:|-)/.test(id));
  return [...new Set(known)].sort();
}

/** What is seen of a revision: its own object, its pods, the addresses that are listed for it. */
export type RevisionLook = {
  readonly namespace: string;
  readonly revision: string;
  readonly fact: KnativeRevisionObservation | undefined;
  readonly pods: readonly PodObservation[];
  readonly listed: readonly string[];
  readonly isIdle: boolean;
};

export function lookAtRevision(world: WorldIndex, namespace: string, revision: string): RevisionLook {
  const labels = { "serving.knative.dev/revision": revision };
  const slices = world.slices.get(nameOf(namespace, `${revision}-private`)) ?? [];
  return {
    namespace,
    revision,
    fact: world.revisions.get(nameOf(namespace, revision)),
    pods: world.podsByLabel.select(namespace, labels).filter((pod) => !pod.terminating),
    listed: slices.flatMap(({ endpoints }) => endpoints.filter((own) => own.ready).map((own) => own.address)),
    isIdle: isIdle(world, namespace, revision),
  };
}

/** Its state by itself; where neither pods nor the revision can be read, what its owner says is all there is. */
export function stateOfRevision(look: RevisionLook, owner: SaidState["state"]): SaidState {
  const { revision, fact, pods, listed } = look;
  if (look.isIdle) return { state: "scaled-to-zero", reason: "Its revisions have no pods: Knative scaled it to zero." };
  const hasFailed = (fact?.failure ?? null) !== null;
  const isSeen = pods.some((pod) => pod.ready) || listed.length > 0 || (fact?.active === true && !hasFailed);
  if (isSeen || (fact === undefined && pods.length === 0 && owner === "ready")) return { state: "ready", reason: null };
  if (fact !== undefined && fact.failure !== null)
    return { state: "broken", reason: `Revision ${revision}: ${fact.failure}` };
  return fact?.isStarting === true || pods.length > 0
    ? { state: "unready", reason: `Revision ${revision} is starting.` }
    : { state: "unknown", reason: null };
}

/** The revision's own Service, behind which the activator stands while it has no pods: a call there wakes it. */
function wakingAddress(world: WorldIndex, { namespace, revision }: RevisionLook): readonly PinnedAddress[] {
  const service = world.services.get(nameOf(namespace, revision));
  const port = service === undefined ? null : chooseHttpPort(service);
  return service === undefined || port === null ? [] : [serviceAddress({ service, port })].flatMap((own) => own ?? []);
}

/** A revision of Knative's: its pods are asked past activator and proxy, so that nothing is woken or kept awake (SERVING §6.2). */
export function knativeRevision(
  world: WorldIndex,
  portal: PortalPlace | null,
  owner: { readonly uid: string; readonly state: SaidState["state"] },
  look: RevisionLook,
  part: ResourcePart,
  options: RevisionOptions,
): { readonly revision: AgedRevision; readonly probe: FoundProbe } {
  const { fact, pods, listed, revision } = look;
  const port = userPort([...pods.flatMap((pod) => pod.containers), ...(fact?.containers ?? []), ...part.containers]);
  const own = pods.flatMap((pod) => (pod.ready && pod.ip !== null ? [pod.ip] : []));
  const addresses = [...new Set([...own, ...listed])]
    .sort()
    .slice(0, 3)
    .map((host): PinnedAddress => ({ scheme: "http", host, port, hostHeader: null }));
  const isUp = stateOfRevision(look, part.ready === false ? "unknown" : owner.state).state === "ready";
  const images = fact !== undefined && fact.images.length > 0 ? fact.images : podImages(pods);
  const isFixed = options.declared !== null && options.declared.kind !== "path";
  const stopped = owner.state === "stopped" ? "stopped" : null;
  return {
    revision: {
      revision: { name: part.name, trafficPercent: options.share, ready: isUp, images },
      since: fact?.createdAt ?? part.name,
      weight: options.share,
      answers: isUp || look.isIdle,
    },
    probe: {
      revision: part.name,
      probeKey: sha256Hex(
        JSON.stringify([owner.uid, revision, images, options.declared, options.server, options.modelName]),
      ).slice(0, 32),
      server: options.server,
      modelName: options.modelName,
      declared: options.declared,
      mayWake: options.mayWake,
      isMeshed: isMeshed(pods),
      admission: admissionOf(world, portal, pods, { "serving.knative.dev/revision": revision }, port),
      // The address of the whole leads past the activator: only where nothing at all is known of the revision.
      addresses: [
        ...addresses,
        ...(options.mayWake && look.isIdle ? wakingAddress(world, look) : []),
        ...(options.isPart === true || fact !== undefined || pods.length > 0 ? [] : options.fallback),
      ],
      basePath: "",
      hold: isFixed ? null : (stopped ?? (look.isIdle ? "scaled-to-zero" : holdOf(owner.state, isUp))),
    },
  };
}

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
