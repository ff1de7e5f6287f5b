import type { KindRef } from "../kube/index.ts";
import type { PooledModelObservation } from "./observation.ts";
import { observePooledModel } from "./pooled-model.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "inference.networking.x-k8s.io",
  kind: "InferenceModel",
  plural: "inferencemodels",
  versions: ["v1alpha2"],
  namespaced: true,
};

/**
 * @source inference-model
 * @kind inference.networking.x-k8s.io/v1alpha2 InferenceModel
 */
export const inferenceModelSource: Source<PooledModelObservation> = {
  kind,
  reads: "spec.poolRef, modelName, targetModels; Accepted",
  limits: "a fact about an InferencePool, never an API by itself",
  observe: (object) => observePooledModel(kind, object),
};
