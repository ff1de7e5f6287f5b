import type { KindRef } from "../kube/index.ts";
import type { BackendAliasObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, portNumberOf, textOf } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "aigateway.envoyproxy.io",
  kind: "AIServiceBackend",
  plural: "aiservicebackends",
  versions: ["v1beta1", "v1alpha1"],
  namespaced: true,
};

/**
 * @source ai-service-backend
 * @kind aigateway.envoyproxy.io/v1beta1, v1alpha1 AIServiceBackend
 */
export const aiServiceBackendSource: Source<BackendAliasObservation> = {
  kind,
  reads: "spec.backendRef",
  limits: "a link from an AIGatewayRoute to what serves it, never an API by itself",
  observe(object) {
    const target = fieldsOf(fieldsOf(object["spec"])["backendRef"]);
    const name = textOf(target["name"]);
    return {
      ...observedOf(kind, object),
      target:
        name === null
          ? null
          : {
              group: textOf(target["group"]) ?? "",
              kind: textOf(target["kind"]) ?? "Service",
              namespace: textOf(target["namespace"]) ?? object.metadata.namespace ?? "",
              name,
              port: portNumberOf(target["port"]),
              weight: 1,
              subset: null,
            },
    };
  },
};
