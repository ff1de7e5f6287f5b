import { isIP } from "node:net";
import type { KindRef } from "../kube/index.ts";
import { containersOf } from "./containers.ts";
import type { PodObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, findCondition, listOf, sayCondition, textOf } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = { group: "", kind: "Pod", plural: "pods", versions: ["v1"], namespaced: true };

/** Waiting that ends by itself: nothing is wrong yet. */
const patience = new Set(["ContainerCreating", "PodInitializing"]);

function failureOf(statuses: unknown): string | null {
  for (const raw of listOf(statuses, 20)) {
    const waiting = fieldsOf(fieldsOf(fieldsOf(raw)["state"])["waiting"]);
    const reason = textOf(waiting["reason"]);
    if (reason !== null && !patience.has(reason))
      return sayCondition({ type: reason, reason, message: textOf(waiting["message"]) ?? "" });
  }
  return null;
}

/**
 * @source pod
 * @kind v1 Pod
 */
export const podSource: Source<PodObservation> = {
  kind,
  reads:
    "containers' images, words and variables; image ids; readiness; why a container waits; the pod template's hash",
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
      failure: failureOf(status["containerStatuses"]),
      ip: isIP(textOf(status["podIP"]) ?? "") === 0 ? null : textOf(status["podIP"]),
      ready: findCondition(conditionsOf(status["conditions"], undefined), "Ready")?.status === "True",
      terminating: object.metadata.deletionTimestamp !== undefined,
    };
  },
};
