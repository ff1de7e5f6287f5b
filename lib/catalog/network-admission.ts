import { BlockList, isIP } from "node:net";
import { sha256Hex } from "../base/index.ts";
import type { Admission } from "../model/index.ts";
import type { IngressAdmission, IngressPeer, NetworkPolicyObservation, PodObservation } from "../sources/index.ts";
import { meets } from "./select-by-labels.ts";
import type { WorldIndex } from "./world-index.ts";
import { nameOf } from "./names.ts";

/** Where the portal itself runs; null where it does not run in the cluster, or does not know where. */
export type PortalPlace = { readonly namespace: string; readonly pod: string };

/** Nobody tells pods by more; a policy of thousands of labels is nobody's to read. */
const labelsMax = 64;
/** What the portal's own manifests set on its pods. */
const portalLabels = { "app.kubernetes.io/name": "gatebook" };

function takesPort({ ports }: IngressAdmission, port: number, pod: PodObservation): boolean {
  if (ports.length === 0) return true;
  const names = pod.containers.flatMap((container) => container.ports).filter((own) => own.port === port);
  return ports.some(
    (own) =>
      own.protocol === "TCP" &&
      (own.port === null ||
        own.port === port ||
        (typeof own.port === "number" && own.endPort !== null && own.port <= port && port <= own.endPort) ||
        names.some(({ name }) => name !== "" && name === own.port)),
  );
}

/** Whether a range takes in an address; null where that is of the other family, in which its pod may have another one. */
function includes(cidr: string, address: string): boolean | null {
  const [network = "", length = ""] = cidr.split("/");
  const family = isIP(network);
  if (family === 0 || !/^\d{1,3}$/.test(length)) return false;
  if (family !== isIP(address)) return null;
  if (Number(length) > (family === 4 ? 32 : 128)) return false;
  const type = family === 4 ? "ipv4" : "ipv6";
  const range = new BlockList();
  range.addSubnet(network, Number(length), type);
  return range.check(address, type);
}

/** Where nobody knows the portal's address, a range may be for it: what is not known keeps nobody out. */
function takesAddress({ cidr, except }: NonNullable<IngressPeer["addresses"]>, address: string | null): boolean {
  if (address === null) return true;
  return includes(cidr, address) !== false && !except.some((range) => includes(range, address) === true);
}

function podOf(world: WorldIndex, portal: PortalPlace | null): PodObservation | undefined {
  return portal === null ? undefined : world.pods.get(nameOf(portal.namespace, portal.pod));
}

function takesPortal({ from }: IngressAdmission, world: WorldIndex, portal: PortalPlace | null, home: string): boolean {
  if (from.length === 0) return true;
  const pod = podOf(world, portal);
  const labels = pod?.labels ?? (portal === null ? {} : portalLabels);
  return from.some(({ namespaces, pods, addresses }) => {
    if (addresses !== null) return takesAddress(addresses, pod?.ip ?? null);
    if (portal === null) return false;
    const own = world.namespaces.get(portal.namespace)?.labels ?? {};
    const isThere =
      namespaces === null
        ? portal.namespace === home
        : meets({ "kubernetes.io/metadata.name": portal.namespace, ...own }, namespaces);
    return isThere && (pods === null || meets(labels, pods));
  });
}

function isLetIn(
  policy: NetworkPolicyObservation,
  world: WorldIndex,
  portal: PortalPlace | null,
  pod: PodObservation,
  port: number,
): boolean {
  return policy.admissions.some(
    (admission) => takesPort(admission, port, pod) && takesPortal(admission, world, portal, pod.namespace),
  );
}

/** Labels that stay when pods are made anew. */
function lasting(labels: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(labels).filter(
    ([name]) => !/(^|\/)(pod-template-hash|controller-revision-hash|pod-template-generation)$/.test(name),
  );
}

/** By what the portal's pods are told: their name where they have one, else all of their labels. */
function portalSelector(pod: PodObservation | undefined): readonly (readonly [string, string])[] {
  if (pod === undefined) return Object.entries(portalLabels);
  const all = lasting(pod.labels);
  const named = all.filter(([name]) => name === "app.kubernetes.io/name");
  return named.length > 0 ? named : all;
}

/** The policy of one workload has a name of its own: another one's must not take its place. */
function policyName(labels: readonly (readonly [string, string])[], port: number): string {
  const slug = (labels[0]?.[1] ?? "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 30);
  const digest = sha256Hex(JSON.stringify([...labels, port])).slice(0, 6);
  return ["admit-gatebook-to", ...(slug === "" ? [] : [slug]), digest].join("-");
}

/**
 * A policy that lets the portal in and nobody else; what lets others in stays as it is, since policies add up. Null where nothing
 * tells these pods from the others of their namespace: a policy for all of them would shut out whoever is let in now.
 */
function manifestOf(
  world: WorldIndex,
  pod: PodObservation,
  selector: Readonly<Record<string, string>>,
  port: number,
  portal: PortalPlace | null,
): string | null {
  const labels = lasting(Object.keys(selector).length > 0 ? selector : pod.labels);
  const from = portalSelector(podOf(world, portal));
  if (labels.length === 0 || labels.length > labelsMax || from.length === 0) return null;
  const quote = (text: string): string => JSON.stringify(text);
  const list = (pairs: readonly (readonly [string, string])[], indent: string): string =>
    pairs.map(([name, value]) => `${indent}${quote(name)}: ${quote(value)}\n`).join("");
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${quote(policyName(labels, port))}
  namespace: ${quote(pod.namespace)}
spec:
  podSelector:
    matchLabels:
${list(labels, "      ")}  policyTypes: [Ingress]
  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: ${quote(portal?.namespace ?? "gatebook")}
          podSelector:
            matchLabels:
${list(from, "              ")}      ports:
        - port: ${String(port)}
`;
}

/**
 * Which NetworkPolicies keep the portal from a port of these pods, and one that would let it in; null where it is let in
 * (networking.k8s.io/v1: policies that select a pod add up, and without any everybody is). `selector` is what the pods are
 * picked by. Whether policies are enforced at all is up to the cluster's network, which nobody can see from here.
 */
export function admissionOf(
  world: WorldIndex,
  portal: PortalPlace | null,
  pods: readonly PodObservation[],
  selector: Readonly<Record<string, string>>,
  port: number,
): Admission | null {
  const [pod] = pods;
  if (pod === undefined) return null;
  const own = (world.networkPolicies.get(pod.namespace) ?? []).filter(
    (policy) => policy.restrictsIngress && meets(pod.labels, policy.selector),
  );
  if (own.length === 0 || own.some((policy) => isLetIn(policy, world, portal, pod, port))) return null;
  return {
    policies: own.map(({ name }) => name).slice(0, 8),
    manifest: manifestOf(world, pod, selector, port, portal),
  };
}
