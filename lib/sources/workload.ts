import type { KindRef, KubeObject } from "../kube/index.ts";
import { containersOf } from "./containers.ts";
import type { WorkloadObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, findCondition, numberOf, sayCondition, textMapOf } from "./read-fields.ts";

/** What Deployments, StatefulSets and ReplicaSets say alike. */
export function observeWorkload(ref: KindRef, object: KubeObject): WorkloadObservation {
  const spec = fieldsOf(object["spec"]);
  const template = fieldsOf(spec["template"]);
  const metadata = fieldsOf(template["metadata"]);
  const status = fieldsOf(object["status"]);
  const conditions = conditionsOf(status["conditions"], undefined);
  const progressing = findCondition(conditions, "Progressing");
  const failing = findCondition(conditions, "ReplicaFailure");
  return {
    ...observedOf(ref, object),
    replicas: numberOf(spec["replicas"]) ?? 1,
    readyReplicas: numberOf(status["readyReplicas"]) ?? 0,
    podLabels: textMapOf(metadata["labels"]),
    podAnnotations: textMapOf(metadata["annotations"]),
    containers: containersOf(template["spec"]),
    failure:
      failing?.status === "True"
        ? sayCondition(failing)
        : progressing?.status === "False"
          ? sayCondition(progressing)
          : null,
  };
}
