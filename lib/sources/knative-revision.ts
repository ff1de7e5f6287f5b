import type { KindRef } from "../kube/index.ts";
import { containersOf } from "./containers.ts";
import type { KnativeRevisionObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, findCondition, listOf, numberOf, sayCondition, textOf } from "./read-fields.ts";
import type { Condition } from "./read-fields.ts";
import { ended } from "./resource-parts.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "serving.knative.dev",
  kind: "Revision",
  plural: "revisions",
  versions: ["v1"],
  namespaced: true,
};

/** What ends a revision before it ever served; that nobody calls it is no failure. */
function failureOf(conditions: readonly Condition[]): string | null {
  for (const type of ["ContainerHealthy", "ResourcesAvailable", "Ready"]) {
    const condition = findCondition(conditions, type);
    if (condition?.status === "False") return ended(sayCondition(condition));
  }
  return null;
}

/**
 * @source knative-revision
 * @kind serving.knative.dev/v1 Revision
 */
export const knativeRevisionSource: Source<KnativeRevisionObservation> = {
  kind,
  reads: "containers; status.actualReplicas, containerStatuses (image digests), Active, Ready, ContainerHealthy",
  limits: "a fact about scale, so that a model at zero is never woken; never an API by itself",
  observe(object) {
    const status = fieldsOf(object["status"]);
    const conditions = conditionsOf(status["conditions"], object.metadata.generation);
    const active = findCondition(conditions, "Active");
    return {
      ...observedOf(kind, object),
      active: active === null || active.status === "Unknown" ? null : active.status === "True",
      isStarting: active?.status === "Unknown",
      actualReplicas: numberOf(status["actualReplicas"]),
      images: listOf(status["containerStatuses"], 20)
        .flatMap((raw) => textOf(fieldsOf(raw)["imageDigest"]) ?? [])
        .sort(),
      failure: failureOf(conditions),
      containers: containersOf(object["spec"]),
    };
  },
};
