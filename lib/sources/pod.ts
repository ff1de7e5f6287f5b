import type { KindRef } from "../kube/index.ts";
import { containersOf } from "./containers.ts";
import type { PodObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, findCondition, listOf, textOf } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = { group: "", kind: "Pod", plural: "pods", versions: ["v1"], namespaced: true };

/**
 * @source pod
 * @kind v1 Pod
 */
export const podSource: Source<PodObservation> = {
  kind,
  reads: "containers' images, words and variables; image ids; readiness; the pod template's hash",
  limits: "20 containers. Pods that are over (Succeeded, Failed) are passed over.",
  observe(object) {
    const status = fieldsOf(object["status"]);
    if (status["phase"] === "Succeeded" || status["phase"] === "Failed") return null;
    return {
      ...observedOf(kind, object),
      containers: containersOf(object["spec"]),
      imageIds: listOf(status["containerStatuses"], 20)
        .map((raw) => textOf(fieldsOf(raw)["imageID"]) ?? "")
        .filter((id) => id !== "")
        .sort(),
      ip: textOf(status["podIP"]),
      ready: findCondition(conditionsOf(status["conditions"], undefined), "Ready")?.status === "True",
      terminating: object.metadata.deletionTimestamp !== undefined,
    };
  },
};
