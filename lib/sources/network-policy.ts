import type { KindRef } from "../kube/index.ts";
import type { IngressAdmission, NetworkPolicyObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, listOf, portNumberOf, selectorOf, textOf, textsOf } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "networking.k8s.io",
  kind: "NetworkPolicy",
  plural: "networkpolicies",
  versions: ["v1"],
  namespaced: true,
};

function admissionOf(raw: unknown): IngressAdmission {
  const rule = fieldsOf(raw);
  return {
    from: listOf(rule["from"], 100).map((entry) => {
      const peer = fieldsOf(entry);
      const block = fieldsOf(peer["ipBlock"]);
      const cidr = textOf(block["cidr"]);
      return {
        namespaces: peer["namespaceSelector"] === undefined ? null : selectorOf(peer["namespaceSelector"]),
        pods: peer["podSelector"] === undefined ? null : selectorOf(peer["podSelector"]),
        addresses: cidr === null ? null : { cidr, except: textsOf(block["except"], 50) },
      };
    }),
    ports: listOf(rule["ports"], 100).map((entry) => {
      const port = fieldsOf(entry);
      return {
        protocol: textOf(port["protocol"]) ?? "TCP",
        port: textOf(port["port"]) ?? portNumberOf(port["port"]),
        endPort: portNumberOf(port["endPort"]),
      };
    }),
  };
}

/**
 * @source network-policy
 * @kind networking.k8s.io/v1 NetworkPolicy
 */
export const networkPolicySource: Source<NetworkPolicyObservation> = {
  kind,
  reads: "podSelector, policyTypes, ingress rules with their peers and ports",
  limits:
    "100 rules of 100 peers and ports. Tells whether the portal is let in; an address range counts where the portal's own address is known, policies of other makers are not seen.",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const types = textsOf(spec["policyTypes"], 2);
    return {
      ...observedOf(kind, object),
      selector: selectorOf(spec["podSelector"]),
      restrictsIngress: types.length === 0 || types.includes("Ingress"),
      admissions: listOf(spec["ingress"], 100).map(admissionOf),
    };
  },
};
