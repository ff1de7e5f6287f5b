import type { AcquisitionFailure, AcquisitionOutcome } from "../model/index.ts";

type Failed = Extract<AcquisitionOutcome, { kind: "failed" }>;

/** What the owner can do about each failure. */
const standard: Readonly<Record<AcquisitionFailure, string>> = {
  unreachable: "Check that the pods listen on this port, and that a NetworkPolicy admits the portal's namespace.",
  "timed-out": "The server accepted the connection and was too slow: look at its log and at its load.",
  "mutual-tls":
    "A service mesh stands in its pods: let its policy take plain HTTP from the portal at this port (Istio: a PeerAuthentication with portLevelMtls PERMISSIVE), or give the portal's pods the mesh too.",
  "refused-address":
    "Let the description be where the workload is, or ask an admin to list the host in GATEBOOK_ALLOW_HOSTS.",
  unauthorized:
    "The description is behind a login: serve it without one inside the cluster, or name a ConfigMap that holds it (gatebook.dev/openapi-configmap).",
  forbidden:
    "The server refuses the portal: allow its requests, or name a ConfigMap that holds the description (gatebook.dev/openapi-configmap).",
  "not-found":
    "Say where it is with the annotation gatebook.dev/openapi-path, or put it into a ConfigMap (gatebook.dev/openapi-configmap).",
  redirected: "The portal follows no redirects: name the final path with gatebook.dev/openapi-path.",
  "server-error": "The server failed while answering; look at its log. It is asked again later.",
  html: "There is a page instead of a document: name the address of the JSON or YAML with gatebook.dev/openapi-path.",
  "wrong-type": "What is served there is no OpenAPI document: name the right path with gatebook.dev/openapi-path.",
  "too-large": "Make the document smaller, or ask an admin to raise DESCRIPTION_BYTES_MAX.",
  invalid: "Mend the document where it is made.",
  "config-map-missing": "Make the ConfigMap with this key in the same namespace, and let the portal read it.",
};

/** Where the cause is known better than the failure says. */
export const specialAdvice = {
  // Packets that vanish are a policy in nearly every cluster (SERVING §6.8).
  silent:
    "Nothing answers at all, not even a refusal, which in a cluster usually means a NetworkPolicy: let its ingress rules admit the portal's namespace (a namespaceSelector on the label kubernetes.io/metadata.name).",
  tls: "Give it a certificate that the portal trusts (NODE_EXTRA_CA_CERTS adds an authority), or serve the description over plain HTTP inside the cluster.",
  broken:
    "A server that expects TLS, a service mesh that refuses plain HTTP (strict mTLS) and a server that crashes all do this: look at its log and at the mesh's policy.",
  unsendable: "Mend the path or the URL that the annotation gives.",
} as const;

/** A failure with its advice. */
export function failed(failure: AcquisitionFailure, place: string, message: string, advice?: string): Failed {
  return { kind: "failed", failure, place, message, advice: advice ?? standard[failure], admission: null };
}
