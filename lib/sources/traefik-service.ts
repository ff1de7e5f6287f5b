import type { KindRef } from "../kube/index.ts";
import { traefikBackendOf } from "./ingress-route.ts";
import type { TraefikServiceObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, listOf } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "traefik.io",
  kind: "TraefikService",
  plural: "traefikservices",
  versions: ["v1alpha1"],
  namespaced: true,
};

/**
 * @source traefik-service
 * @kind traefik.io/v1alpha1 TraefikService
 */
export const traefikServiceSource: Source<TraefikServiceObservation> = {
  kind,
  reads: "weighted and highestRandomWeight services; mirroring's main service and its mirrors; failover's two services",
  limits: "16 services; of a failover the main one has the traffic. Never an API by itself.",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const namespace = object.metadata.namespace ?? "";
    const read = (raw: unknown) => traefikBackendOf(raw, namespace);
    const weighed = fieldsOf(spec["weighted"] ?? spec["highestRandomWeight"]);
    const mirroring = fieldsOf(spec["mirroring"]);
    const failover = fieldsOf(spec["failover"]);
    const backends = [
      ...listOf(weighed["services"], 16).map(read),
      ...(mirroring["name"] === undefined ? [] : [read(mirroring)]),
      ...(failover["service"] === undefined ? [] : [read(failover["service"])]),
      ...(failover["fallback"] === undefined ? [] : [{ ...read(failover["fallback"]), weight: 0 }]),
    ];
    return {
      ...observedOf(kind, object),
      backends,
      mirrors: listOf(mirroring["mirrors"], 8).map((mirror) => ({ ...read(mirror), weight: 0 })),
    };
  },
};
