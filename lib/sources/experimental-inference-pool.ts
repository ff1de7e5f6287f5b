import type { KindRef } from "../kube/index.ts";
import { observePool } from "./inference-pool.ts";
import type { InferencePoolObservation } from "./observation.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "inference.networking.x-k8s.io",
  kind: "InferencePool",
  plural: "inferencepools",
  versions: ["v1alpha2"],
  namespaced: true,
};

/**
 * @source experimental-inference-pool
 * @kind inference.networking.x-k8s.io/v1alpha2 InferencePool
 */
export const experimentalInferencePoolSource: Source<InferencePoolObservation> = {
  kind,
  reads: "selector, targetPortNumber, extensionRef; status.parent with Accepted and ResolvedRefs",
  limits: "as InferencePool in its final group",
  observe: (object) => observePool(kind, object),
};
