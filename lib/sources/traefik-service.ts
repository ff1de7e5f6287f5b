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
  reads: "weighted.services; mirroring's main service",
  limits: "16 services; never an API by itself",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const namespace = object.metadata.namespace ?? "";
    const weighted = listOf(fieldsOf(spec["weighted"])["services"], 16).map((raw) => traefikBackendOf(raw, namespace));
    const mirroring = fieldsOf(spec["mirroring"]);
    return {
      ...observedOf(kind, object),
      backends:
        weighted.length > 0
          ? weighted
          : mirroring["name"] === undefined
            ? []
            : [traefikBackendOf(mirroring, namespace)],
    };
  },
};
