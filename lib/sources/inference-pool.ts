import type { KindRef, KubeObject } from "../kube/index.ts";
import type { InferencePoolObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, listOf, numberOf, textMapOf, textOf } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "inference.networking.k8s.io",
  kind: "InferencePool",
  plural: "inferencepools",
  versions: ["v1"],
  namespaced: true,
};

/** A pool in either group: the older one writes its selector and its port without a list. */
export function observePool(ref: KindRef, object: KubeObject): InferencePoolObservation {
  const spec = fieldsOf(object["spec"]);
  const selector = fieldsOf(spec["selector"]);
  const ports = listOf(spec["targetPorts"], 8).flatMap((raw) => numberOf(fieldsOf(raw)["number"]) ?? []);
  const single = numberOf(spec["targetPortNumber"]);
  return {
    ...observedOf(ref, object),
    selector: textMapOf(selector["matchLabels"] ?? selector),
    ports: ports.length > 0 ? ports : single === null ? [] : [single],
    picker: textOf(fieldsOf(spec["endpointPickerRef"] ?? spec["extensionRef"])["name"]),
  };
}

/**
 * @source inference-pool
 * @kind inference.networking.k8s.io/v1 InferencePool
 */
export const inferencePoolSource: Source<InferencePoolObservation> = {
  kind,
  reads: "selector, targetPorts, endpointPickerRef",
  limits: "8 ports. Its pods are asked directly, never through the endpoint picker.",
  observe: (object) => observePool(kind, object),
};
