import type { AcquisitionFailure, AcquisitionOutcome } from "../model/index.ts";

type Failed = Extract<AcquisitionOutcome, { kind: "failed" }>;

/** What the owner can do about each failure. */
const advice: Readonly<Record<AcquisitionFailure, string>> = {
  unreachable: "Check that the pods listen on this port, and that a NetworkPolicy admits the portal's namespace.",
  "timed-out":
    "A time-out often means a NetworkPolicy: admit the portal's namespace. Otherwise the server is too slow to answer.",
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

/** A failure with its advice. */
export function failed(failure: AcquisitionFailure, place: string, message: string): Failed {
  return { kind: "failed", failure, place, message, advice: advice[failure] };
}
