import type { KindRef } from "../kube/index.ts";
import type { KnativeRevisionObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, findCondition, numberOf } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "serving.knative.dev",
  kind: "Revision",
  plural: "revisions",
  versions: ["v1"],
  namespaced: true,
};

/**
 * @source knative-revision
 * @kind serving.knative.dev/v1 Revision
 */
export const knativeRevisionSource: Source<KnativeRevisionObservation> = {
  kind,
  reads: "status.actualReplicas and the condition Active",
  limits: "a fact about scale, so that a model at zero is never woken; never an API by itself",
  observe(object) {
    const status = fieldsOf(object["status"]);
    const active = findCondition(conditionsOf(status["conditions"], object.metadata.generation), "Active");
    return {
      ...observedOf(kind, object),
      active: active === null ? null : active.status === "True",
      actualReplicas: numberOf(status["actualReplicas"]),
    };
  },
};
