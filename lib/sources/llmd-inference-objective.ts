import type { KindRef } from "../kube/index.ts";
import type { PooledModelObservation } from "./observation.ts";
import { observeObjective } from "./pooled-model.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "llm-d.ai",
  kind: "InferenceObjective",
  plural: "inferenceobjectives",
  versions: ["v1alpha2"],
  namespaced: true,
};

/**
 * @source llmd-inference-objective
 * @kind llm-d.ai/v1alpha2 InferenceObjective
 */
export const llmdInferenceObjectiveSource: Source<PooledModelObservation> = {
  kind,
  reads: "spec.poolRef, priority; Accepted",
  limits: "a fact about an InferencePool, never an API by itself",
  observe: (object) => observeObjective(kind, object),
};
