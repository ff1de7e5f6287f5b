import type { KindRef } from "../kube/index.ts";
import type { PooledModelObservation } from "./observation.ts";
import { observeModelRewrite } from "./pooled-model.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "llm-d.ai",
  kind: "InferenceModelRewrite",
  plural: "inferencemodelrewrites",
  versions: ["v1alpha2"],
  namespaced: true,
};

/**
 * @source llmd-inference-model-rewrite
 * @kind llm-d.ai/v1alpha2 InferenceModelRewrite
 */
export const llmdInferenceModelRewriteSource: Source<PooledModelObservation> = {
  kind,
  reads: "spec.poolRef, rules with the models that they match and their targets with weights; Accepted",
  limits: "a fact about an InferencePool, never an API by itself",
  observe: (object) => observeModelRewrite(kind, object),
};
