import type { KindRef, KubeObject } from "../kube/index.ts";
import type { InferencePoolObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import {
  conditionsOf,
  fieldsOf,
  findCondition,
  listOf,
  portNumberOf,
  sayCondition,
  textMapOf,
  textOf,
} from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "inference.networking.k8s.io",
  kind: "InferencePool",
  plural: "inferencepools",
  versions: ["v1"],
  namespaced: true,
};

/** What all of its parents refuse: one that takes it is enough. */
function problemOf(object: KubeObject): string | null {
  const status = fieldsOf(object["status"]);
  const parents = listOf(status["parents"] ?? status["parent"], 32).map((raw) =>
    conditionsOf(fieldsOf(raw)["conditions"], object.metadata.generation),
  );
  const refusals = parents.map((conditions) =>
    ["Accepted", "ResolvedRefs"].flatMap((type) => {
      const condition = findCondition(conditions, type);
      return condition?.fresh === true && condition.status === "False" ? [sayCondition(condition)] : [];
    }),
  );
  const [first] = refusals;
  return first === undefined || refusals.some((refusal) => refusal.length === 0) ? null : (first[0] ?? null);
}

/** A pool in either group: the older one writes its selector and its port without a list. */
export function observePool(ref: KindRef, object: KubeObject): InferencePoolObservation {
  const spec = fieldsOf(object["spec"]);
  const selector = fieldsOf(spec["selector"]);
  const ports = listOf(spec["targetPorts"], 8).flatMap((raw) => portNumberOf(fieldsOf(raw)["number"]) ?? []);
  const single = portNumberOf(spec["targetPortNumber"]);
  return {
    ...observedOf(ref, object),
    selector: textMapOf(selector["matchLabels"] ?? selector),
    ports: ports.length > 0 ? ports : single === null ? [] : [single],
    picker: textOf(fieldsOf(spec["endpointPickerRef"] ?? spec["extensionRef"])["name"]),
    problem: problemOf(object),
  };
}

/**
 * @source inference-pool
 * @kind inference.networking.k8s.io/v1 InferencePool
 */
export const inferencePoolSource: Source<InferencePoolObservation> = {
  kind,
  reads: "selector, targetPorts, endpointPickerRef; status.parents with Accepted and ResolvedRefs",
  limits: "8 ports. Its pods are asked directly, never through the endpoint picker.",
  observe: (object) => observePool(kind, object),
};
