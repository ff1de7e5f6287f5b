import type { KindRef } from "../kube/index.ts";
import type { DestinationRuleObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, listOf, textMapOf, textOf } from "./read-fields.ts";
import { serviceOfHost } from "./service-host.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "networking.istio.io",
  kind: "DestinationRule",
  plural: "destinationrules",
  versions: ["v1", "v1beta1"],
  namespaced: true,
};

/**
 * @source destination-rule
 * @kind networking.istio.io/v1, v1beta1 DestinationRule
 */
export const destinationRuleSource: Source<DestinationRuleObservation> = {
  kind,
  reads: "host and the labels of each subset",
  limits: "32 subsets. A fact about revisions, never an API by itself.",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const service = serviceOfHost(textOf(spec["host"]), object.metadata.namespace ?? "");
    if (service === null) return null;
    return {
      ...observedOf(kind, object),
      host: `${service.namespace}/${service.name}`,
      subsets: listOf(spec["subsets"], 32).map((raw) => {
        const subset = fieldsOf(raw);
        return { name: textOf(subset["name"]) ?? "", labels: textMapOf(subset["labels"]) };
      }),
    };
  },
};
