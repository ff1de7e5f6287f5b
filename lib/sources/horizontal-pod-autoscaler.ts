import type { KindRef } from "../kube/index.ts";
import type { AutoscalerObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, numberOf, textOf } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "autoscaling",
  kind: "HorizontalPodAutoscaler",
  plural: "horizontalpodautoscalers",
  versions: ["v2"],
  namespaced: true,
};

/**
 * @source horizontal-pod-autoscaler
 * @kind autoscaling/v2 HorizontalPodAutoscaler
 */
export const horizontalPodAutoscalerSource: Source<AutoscalerObservation> = {
  kind,
  reads: "scaleTargetRef, minReplicas, maxReplicas",
  limits: "a fact about what it scales, never an API by itself",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const target = fieldsOf(spec["scaleTargetRef"]);
    const name = textOf(target["name"]);
    const targetKind = textOf(target["kind"]);
    return targetKind === null || name === null
      ? null
      : {
          ...observedOf(kind, object),
          targetKind,
          target: name,
          min: numberOf(spec["minReplicas"]) ?? 1,
          max: numberOf(spec["maxReplicas"]) ?? 1,
        };
  },
};
