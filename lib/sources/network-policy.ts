import type { KindRef } from "../kube/index.ts";
import type { NetworkPolicyObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, listOf, textMapOf, textsOf } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "networking.k8s.io",
  kind: "NetworkPolicy",
  plural: "networkpolicies",
  versions: ["v1"],
  namespaced: true,
};

/**
 * @source network-policy
 * @kind networking.k8s.io/v1 NetworkPolicy
 */
export const networkPolicySource: Source<NetworkPolicyObservation> = {
  kind,
  reads: "podSelector, policyTypes, and whether a rule of ingress admits everybody",
  limits: "only matchLabels; who exactly is admitted is not worked out. Tells why a description may not be reachable.",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const pods = fieldsOf(spec["podSelector"]);
    const types = textsOf(spec["policyTypes"], 2);
    return {
      ...observedOf(kind, object),
      selector: listOf(pods["matchExpressions"]).length > 0 ? null : textMapOf(pods["matchLabels"]),
      restrictsIngress: types.length === 0 || types.includes("Ingress"),
      admitsAll: listOf(spec["ingress"], 100)
        .map(fieldsOf)
        .some((rule) => listOf(rule["from"]).length === 0),
    };
  },
};
