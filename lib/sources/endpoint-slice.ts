import { isIP } from "node:net";
import type { KindRef } from "../kube/index.ts";
import type { EndpointSliceObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, listOf, portNumberOf, textOf, textsOf } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "discovery.k8s.io",
  kind: "EndpointSlice",
  plural: "endpointslices",
  versions: ["v1"],
  namespaced: true,
};

/**
 * @source endpoint-slice
 * @kind discovery.k8s.io/v1 EndpointSlice
 */
export const endpointSliceSource: Source<EndpointSliceObservation> = {
  kind,
  reads: "the label kubernetes.io/service-name; ports; endpoints' addresses, conditions and pods",
  limits: "1,000 endpoints a slice, as the API has it. IPv4 and IPv6; FQDN slices are passed over.",
  observe(object) {
    const service = object.metadata.labels["kubernetes.io/service-name"];
    if (service === undefined || object["addressType"] === "FQDN") return null;
    return {
      ...observedOf(kind, object),
      service,
      ports: listOf(object["ports"], 100).flatMap((raw) => {
        const port = fieldsOf(raw);
        const number = portNumberOf(port["port"]);
        return number === null ? [] : [{ name: textOf(port["name"]) ?? "", port: number }];
      }),
      endpoints: listOf(object["endpoints"]).flatMap((raw) => {
        const endpoint = fieldsOf(raw);
        const conditions = fieldsOf(endpoint["conditions"]);
        const target = fieldsOf(endpoint["targetRef"]);
        // A missing `ready` means yes (EndpointConditions, discovery.k8s.io/v1).
        const ready = conditions["ready"] !== false && conditions["terminating"] !== true;
        const pod = target["kind"] === "Pod" ? textOf(target["name"]) : null;
        return textsOf(endpoint["addresses"], 10)
          .filter((address) => isIP(address) !== 0)
          .slice(0, 1)
          .map((address) => ({ address, ready, pod }));
      }),
    };
  },
};
