import type { KindRef } from "../kube/index.ts";
import type { DomainMappingObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, findCondition, textOf } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "serving.knative.dev",
  kind: "DomainMapping",
  plural: "domainmappings",
  versions: ["v1beta1"],
  namespaced: true,
};

/**
 * @source domain-mapping
 * @kind serving.knative.dev/v1beta1 DomainMapping
 */
export const domainMappingSource: Source<DomainMappingObservation> = {
  kind,
  reads: "spec.ref; status.url where it is Ready",
  limits: "another address of a Knative Service, never an API by itself",
  observe(object) {
    const status = fieldsOf(object["status"]);
    const ready = findCondition(conditionsOf(status["conditions"], object.metadata.generation), "Ready");
    const target = fieldsOf(fieldsOf(object["spec"])["ref"]);
    return {
      ...observedOf(kind, object),
      url: ready?.status === "False" ? null : textOf(status["url"]),
      target: target["kind"] === "Service" ? textOf(target["name"]) : null,
    };
  },
};
