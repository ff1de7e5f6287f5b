import type { KindRef } from "../kube/index.ts";
import type { WorkloadObservation } from "./observation.ts";
import type { Source } from "./source.ts";
import { observeWorkload } from "./workload.ts";

const kind: KindRef = {
  group: "apps",
  kind: "StatefulSet",
  plural: "statefulsets",
  versions: ["v1"],
  namespaced: true,
};

/**
 * @source stateful-set
 * @kind apps/v1 StatefulSet
 */
export const statefulSetSource: Source<WorkloadObservation> = {
  kind,
  reads: "spec.replicas, the pod template's labels and containers; status.readyReplicas; annotations of gatebook.dev",
  limits: "a fact about a Service, never an API by itself",
  observe: (object) => observeWorkload(kind, object),
};
