import type { ServiceObservation } from "../sources/index.ts";
import { annotation } from "./annotations.ts";

/** Namespaces of Kubernetes and of operators: what runs there is nobody's model. */
const systemNamespaces = new RegExp(
  `^(${[
    "kube-.*|openshift-.*|cattle-.*|fleet-.*|rancher-.*",
    "istio-system|istio-ingress|istio-operator|linkerd(-viz|-jaeger)?|kong(-system)?|traefik(-system|-v2)?|ingress-nginx|nginx-gateway|gateway-system|envoy-gateway-system|envoy-ai-gateway-system|contour|projectcontour|emissary",
    "knative-(serving|eventing|operator)|kserve(-system)?|kubeflow|seldon-system|yatai-(system|deployment|builders)|kuberay-(operator|system)|ray-system|nim-operator|kaito-(system|workspace|ragengine)|bentoml-system",
    "gpu-operator|nvidia-(gpu-operator|network-operator|operator)|gmp-system|node-feature-discovery",
    "cert-manager|external-secrets|external-dns|vault|keda(-system)?|karpenter|argocd|argo|flux-system|velero|crossplane-system",
    "monitoring|prometheus|grafana|loki|observability|opentelemetry-operator-system",
    "calico-system|calico-apiserver|tigera-operator|cilium|metallb-system|local-path-storage|longhorn-system|rook-ceph",
    "gatebook|gatebook-system",
  ].join("|")})$`,
);

/** Labels of what operators make for what is listed already; whose list cannot be read is not listed by its parts. */
const foreignLabels: readonly (readonly [label: string, reason: string])[] = [
  ["networking.internal.knative.dev/serviceType", "Knative made it for one of its revisions"],
  ["serving.knative.dev/revision", "Knative made it for one of its revisions"],
  ["serving.kserve.io/inferenceservice", "KServe made it for an InferenceService"],
  ["serving.kserve.io/inferencegraph", "KServe made it for an InferenceGraph"],
  ["seldon-deployment-id", "Seldon made it for a SeldonDeployment"],
  ["nuclio.io/function-name", "Nuclio made it for a function"],
  ["ray.io/cluster", "KubeRay made it for a cluster"],
  ["ray.io/headless-worker-svc", "KubeRay made it for a cluster"],
  ["endpointslice.kubernetes.io/managed-by", "it is a part of another Service"],
];

/** Kinds whose Services are no models by themselves: their pods are what Seldon's Models run in. */
const foreignOwners: ReadonlyMap<string, string> = new Map([
  ["Server", "it belongs to a Server, whose Models are listed"],
  ["SeldonRuntime", "it belongs to Seldon Core 2 itself"],
]);

/** True for namespaces of the cluster and of operators. */
export function isSystemNamespace(namespace: string): boolean {
  return systemNamespaces.test(namespace);
}

/** Why a Service is no API whatever reaches it; null where it may be one. `isNamed` says that its owner wants it to be. */
export function refusalOf(service: ServiceObservation, isNamed: boolean): string | null {
  if (annotation(service.annotations, "ignore") === "true") return "Its annotation gatebook.dev/ignore asks for it.";
  if (isSystemNamespace(service.namespace))
    return `The namespace ${service.namespace} belongs to the cluster or to an operator.`;
  if (service.type === "ExternalName") return "It is an alias (ExternalName), not a workload.";
  if (isNamed) return null;
  for (const [label, reason] of foreignLabels)
    if (service.labels[label] !== undefined) return `It is not a thing of its own: ${reason}.`;
  for (const { kind } of service.owners) {
    const reason = foreignOwners.get(kind);
    if (reason !== undefined) return `It is not a thing of its own: ${reason}.`;
  }
  return null;
}

/** The Service of an admission webhook, by how tools make them: only the API server calls it. */
export function isWebhook({ name, ports }: ServiceObservation): boolean {
  const [port, ...more] = ports;
  if (port === undefined || more.length > 0 || port.port !== 443) return false;
  const target = String(port.targetPort);
  return target === "9443" || target.includes("webhook") || /(^|-)webhook(-|$)/.test(name);
}

export const notRecognisedReason =
  "No route reaches it, no model server is recognised in its pods, and it has no gatebook.dev annotation.";
