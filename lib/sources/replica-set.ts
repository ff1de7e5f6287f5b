import type { KindRef } from "../kube/index.ts";
import type { WorkloadObservation } from "./observation.ts";
import type { Source } from "./source.ts";
import { observeWorkload } from "./workload.ts";

const kind: KindRef = {
  group: "apps",
  kind: "ReplicaSet",
  plural: "replicasets",
  versions: ["v1"],
  namespaced: true,
};

/**
 * @source replica-set
 * @kind apps/v1 ReplicaSet
 */
export const replicaSetSource: Source<WorkloadObservation> = {
  kind,
  reads: "spec.replicas, the pod template's labels and containers; status.readyReplicas",
  limits:
    "those of Deployments say nothing that their Deployment does not; others are facts about a Service, never APIs",
  observe: (object) =>
    object.metadata.ownerReferences.some((owner) => owner.kind === "Deployment") ? null : observeWorkload(kind, object),
};
