import type { KindRef } from "../kube/index.ts";
import type { PooledModelObservation } from "./observation.ts";
import { observeObjective } from "./pooled-model.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "inference.networking.x-k8s.io",
  kind: "InferenceObjective",
  plural: "inferenceobjectives",
  versions: ["v1alpha2"],
  namespaced: true,
};

/**
 * @source inference-objective
 * @kind inference.networking.x-k8s.io/v1alpha2 InferenceObjective
 */
export const inferenceObjectiveSource: Source<PooledModelObservation> = {
  kind,
  reads: "spec.poolRef, priority; Accepted",
  limits: "a fact about an InferencePool, never an API by itself",
  observe: (object) => observeObjective(kind, object),
};
