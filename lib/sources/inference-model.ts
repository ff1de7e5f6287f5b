import type { KindRef, KubeObject } from "../kube/index.ts";
import type { PooledModelObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, numberOf, textOf } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "inference.networking.x-k8s.io",
  kind: "InferenceModel",
  plural: "inferencemodels",
  versions: ["v1alpha2"],
  namespaced: true,
};

/** A model or an objective of a pool. */
export function observePooled(ref: KindRef, object: KubeObject): PooledModelObservation {
  const spec = fieldsOf(object["spec"]);
  return {
    ...observedOf(ref, object),
    pool: textOf(fieldsOf(spec["poolRef"])["name"]) ?? "",
    modelName: textOf(spec["modelName"]),
    priority: numberOf(spec["priority"]),
  };
}

/**
 * @source inference-model
 * @kind inference.networking.x-k8s.io/v1alpha2 InferenceModel
 */
export const inferenceModelSource: Source<PooledModelObservation> = {
  kind,
  reads: "spec.poolRef, modelName",
  limits: "a fact about an InferencePool, never an API by itself",
  observe: (object) => observePooled(kind, object),
};
