import type { KindRef } from "../kube/index.ts";
import type { ServingRuntimeObservation } from "./observation.ts";
import { observeRuntime } from "./serving-runtime.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "serving.kserve.io",
  kind: "ClusterServingRuntime",
  plural: "clusterservingruntimes",
  versions: ["v1alpha1"],
  namespaced: false,
};

/**
 * @source cluster-serving-runtime
 * @kind serving.kserve.io/v1alpha1 ClusterServingRuntime
 */
export const clusterServingRuntimeSource: Source<ServingRuntimeObservation> = {
  kind,
  reads: "containers, protocolVersions, supportedModelFormats with autoSelect and priority, disabled",
  limits: "tells which server an InferenceService runs; never an API by itself",
  observe: (object) => observeRuntime(kind, object),
};
