import type { ServiceObservation } from "../sources/index.ts";
import { annotation } from "./annotations.ts";
import { infrastructureImage } from "./recognise-server.ts";
import { isSelected } from "./world-index.ts";

/** Namespaces of Kubernetes and of operators: what runs there is nobody's model. */
const systemNamespaces =
  /^(kube-.*|openshift-.*|istio-system|istio-operator|knative-(serving|eventing|operator)|kserve|kubeflow|cert-manager|gateway-system|envoy-gateway-system|envoy-ai-gateway-system|traefik|kong|ingress-nginx|seldon-system|yatai-(system|deployment|builders)|monitoring|prometheus|gmp-system|calico-system|tigera-operator|metallb-system|argocd|flux-system|gpu-operator|nvidia-.*|nim-operator|kaito-.*|keda|local-path-storage|longhorn-system|rook-ceph|velero|vault|external-secrets|gatebook|gatebook-system)$/;

const foreignLabels: readonly (readonly [label: string, reason: string])[] = [
  ["networking.internal.knative.dev/serviceType", "Knative made it for one of its revisions"],
  ["serving.knative.dev/revision", "Knative made it for one of its revisions"],
  ["endpointslice.kubernetes.io/managed-by", "it is a part of another Service"],
];

function refusedNamespace(namespace: string): string | null {
  return systemNamespaces.test(namespace)
    ? `The namespace ${namespace} belongs to the cluster or to an operator.`
    : null;
}

/** Why a Service is no API whatever reaches it; null where it may be one. */
export function refusalOf(service: ServiceObservation): string | null {
  if (annotation(service.annotations, "ignore") === "true") return "Its annotation gatebook.dev/ignore asks for it.";
  const refused = refusedNamespace(service.namespace);
  if (refused !== null) return refused;
  if (service.type === "ExternalName") return "It is an alias (ExternalName), not a workload.";
  for (const [label, reason] of foreignLabels)
    if (service.labels[label] !== undefined) return `It is not a thing of its own: ${reason}.`;
  return null;
}

/** A headless Service beside another one with the same selector is its twin. */
export function twinOf(
  service: ServiceObservation,
  inNamespace: readonly ServiceObservation[],
): ServiceObservation | null {
  if (!service.headless || Object.keys(service.selector).length === 0) return null;
  return (
    inNamespace.find(
      (other) =>
        other !== service &&
        !other.headless &&
        isSelected(other.selector, service.selector) &&
        isSelected(service.selector, other.selector),
    ) ?? null
  );
}

/** Why a Service that nothing routes to and that nobody annotated is not listed, when no server is recognised behind it. */
export function notRecognisedReason(containers: Parameters<typeof infrastructureImage>[0]): string {
  const image = infrastructureImage(containers);
  if (image !== null) return `Its container ${image.slice(0, 200)} is infrastructure.`;
  return "No route reaches it, no model server is recognised in its pods, and it has no gatebook.dev annotation.";
}
