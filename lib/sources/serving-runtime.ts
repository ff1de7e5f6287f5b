import type { KindRef, KubeObject } from "../kube/index.ts";
import { containersOf } from "./containers.ts";
import type { ServingRuntimeObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, listOf, numberOf, textOf, textsOf } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "serving.kserve.io",
  kind: "ServingRuntime",
  plural: "servingruntimes",
  versions: ["v1alpha1"],
  namespaced: true,
};

/** A runtime, of one namespace or of the cluster. */
export function observeRuntime(ref: KindRef, object: KubeObject): ServingRuntimeObservation {
  const spec = fieldsOf(object["spec"]);
  return {
    ...observedOf(ref, object),
    containers: containersOf(spec),
    protocolVersions: textsOf(spec["protocolVersions"], 8),
    disabled: spec["disabled"] === true,
    formats: listOf(spec["supportedModelFormats"], 64).flatMap((raw) => {
      const format = fieldsOf(raw);
      const name = textOf(format["name"]);
      return name === null
        ? []
        : [
            {
              name,
              version: textOf(format["version"]),
              autoSelect: format["autoSelect"] === true,
              priority: numberOf(format["priority"]) ?? 0,
            },
          ];
    }),
  };
}

/**
 * @source serving-runtime
 * @kind serving.kserve.io/v1alpha1 ServingRuntime
 */
export const servingRuntimeSource: Source<ServingRuntimeObservation> = {
  kind,
  reads: "containers, protocolVersions, supportedModelFormats with autoSelect and priority, disabled",
  limits: "tells which server an InferenceService runs; never an API by itself",
  observe: (object) => observeRuntime(kind, object),
};
