import type { KindRef } from "../kube/index.ts";
import type { ModelServerObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, findCondition, numberOf, textOf } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "mlops.seldon.io",
  kind: "Server",
  plural: "servers",
  versions: ["v1alpha1"],
  namespaced: true,
};

/**
 * @source seldon-server
 * @kind mlops.seldon.io/v1alpha1 Server
 */
export const seldonServerSource: Source<ModelServerObservation> = {
  kind,
  reads: "serverConfig; status.replicas, loadedModels, Ready",
  limits: "a fact about the Models that name it, never an API by itself",
  observe(object) {
    const status = fieldsOf(object["status"]);
    const ready = findCondition(conditionsOf(status["conditions"], undefined), "Ready");
    return {
      ...observedOf(kind, object),
      config: textOf(fieldsOf(object["spec"])["serverConfig"]),
      replicas: numberOf(status["replicas"]),
      loadedModels: numberOf(status["loadedModels"]),
      ready: ready === null ? null : ready.status === "True",
    };
  },
};
