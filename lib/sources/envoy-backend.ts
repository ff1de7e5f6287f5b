import type { KindRef } from "../kube/index.ts";
import type { BackendAliasObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, listOf, portNumberOf, textOf } from "./read-fields.ts";
import { serviceOfHost } from "./service-host.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "gateway.envoyproxy.io",
  kind: "Backend",
  plural: "backends",
  versions: ["v1alpha1"],
  namespaced: true,
};

/**
 * @source envoy-backend
 * @kind gateway.envoyproxy.io/v1alpha1 Backend
 */
export const envoyBackendSource: Source<BackendAliasObservation> = {
  kind,
  reads: "spec.endpoints with a host name",
  limits:
    "only host names of Services of the cluster; anything else is somebody else's server. The first endpoint counts.",
  observe(object) {
    const host = fieldsOf(fieldsOf(listOf(fieldsOf(object["spec"])["endpoints"], 16)[0])["fqdn"]);
    const service = serviceOfHost(textOf(host["hostname"]), null);
    return {
      ...observedOf(kind, object),
      target:
        service === null
          ? null
          : { group: "", kind: "Service", ...service, port: portNumberOf(host["port"]), weight: 1, subset: null },
    };
  },
};
