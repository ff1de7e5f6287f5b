import type { KindRef } from "../kube/index.ts";
import type { Confirmation, DomainMappingObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, confirmationOf, fieldsOf, textOf } from "./read-fields.ts";
import { isStale } from "./resource-parts.ts";
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
  limits: "another address of a Knative Service or a Service, never an API by itself",
  observe(object) {
    const status = fieldsOf(object["status"]);
    const { generation } = object.metadata;
    const ready: Confirmation = isStale(status["observedGeneration"], generation)
      ? { kind: "unsaid" }
      : confirmationOf(conditionsOf(status["conditions"], generation), "Ready");
    const ref = fieldsOf(fieldsOf(object["spec"])["ref"]);
    const name = textOf(ref["name"]);
    const version = textOf(ref["apiVersion"]) ?? "";
    const slash = version.indexOf("/");
    return {
      ...observedOf(kind, object),
      url: textOf(status["url"]) ?? `http://${object.metadata.name}`,
      target:
        name === null
          ? null
          : { group: slash === -1 ? "" : version.slice(0, slash), kind: textOf(ref["kind"]) ?? "Service", name },
      problem:
        ready.kind === "yes"
          ? null
          : ready.kind === "no"
            ? `DomainMapping ${object.metadata.name} is not ready: ${ready.reason}.`
            : `DomainMapping ${object.metadata.name} is not ready yet.`,
    };
  },
};
