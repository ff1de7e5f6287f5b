import type { KindRef } from "../kube/index.ts";
import type { PooledModelObservation } from "./observation.ts";
import { observeModelRewrite } from "./pooled-model.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "inference.networking.x-k8s.io",
  kind: "InferenceModelRewrite",
  plural: "inferencemodelrewrites",
  versions: ["v1alpha2"],
  namespaced: true,
};

/**
 * @source inference-model-rewrite
 * @kind inference.networking.x-k8s.io/v1alpha2 InferenceModelRewrite
 */
export const inferenceModelRewriteSource: Source<PooledModelObservation> = {
  kind,
  reads: "spec.poolRef, rules with the models that they match and their targets with weights; Accepted",
  limits: "a fact about an InferencePool, never an API by itself",
  observe: (object) => observeModelRewrite(kind, object),
};
