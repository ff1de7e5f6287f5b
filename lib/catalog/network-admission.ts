import type { Admission } from "../model/index.ts";
import type { IngressAdmission, NetworkPolicyObservation, PodObservation } from "../sources/index.ts";
import { meets } from "./select-by-labels.ts";
import type { WorldIndex } from "./world-index.ts";
import { nameOf } from "./names.ts";

/** Where the portal itself runs; null where it does not run in the cluster, or does not know where. */
export type PortalPlace = { readonly namespace: string; readonly pod: string };

const everywhere = new Set(["0.0.0.0/0", "::/0"]);
/** What the portal's own manifests set on its pods. */
const portalLabels = { "app.kubernetes.io/name": "gatebook" };

function takesPort({ ports }: IngressAdmission, port: number, pod: PodObservation): boolean {
  if (ports.length === 0) return true;
  const names = pod.containers.flatMap((container) => container.ports).filter((own) => own.port === port);
  return ports.some(
    (own) =>
      own.port === null ||
      own.port === port ||
      (typeof own.port === "number" && own.endPort !== null && own.port <= port && port <= own.endPort) ||
      names.some(({ name }) => name !== "" && name === own.port),
  );
}

function takesPortal({ from }: IngressAdmission, world: WorldIndex, portal: PortalPlace | null, home: string): boolean {
  if (from.length === 0) return true;
  const pod = portal === null ? undefined : world.pods.get(nameOf(portal.namespace, portal.pod));
  const labels = pod?.labels ?? (portal === null ? {} : portalLabels);
  return from.some(({ namespaces, pods, cidr }) => {
    if (cidr !== null) return everywhere.has(cidr);
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

/** A policy that lets the portal in and nobody else; what lets others in stays as it is, since policies add up. */
function manifestOf(
  pod: PodObservation,
  selector: Readonly<Record<string, string>>,
  port: number,
  portal: PortalPlace | null,
): string {
  const labels = Object.entries(Object.keys(selector).length > 0 ? selector : pod.labels)
    .filter(([name]) => !/(^|\/)(pod-template-hash|controller-revision-hash)$/.test(name))
    .slice(0, 8);
  const quote = (text: string): string => JSON.stringify(text);
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: admit-gatebook
  namespace: ${quote(pod.namespace)}
spec:
  podSelector:
    matchLabels:
${labels.map(([name, value]) => `      ${quote(name)}: ${quote(value)}\n`).join("")}  policyTypes: [Ingress]
  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: ${quote(portal?.namespace ?? "gatebook")}
          podSelector:
            matchLabels:
              app.kubernetes.io/name: gatebook
      ports:
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
  return { policies: own.map(({ name }) => name).slice(0, 8), manifest: manifestOf(pod, selector, port, portal) };
}
