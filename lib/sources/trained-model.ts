import type { KindRef } from "../kube/index.ts";
import type { ResourceObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, textOf } from "./read-fields.ts";
import { factsOf, isClusterUrl, onlyPart, plainResource, stateOfCondition } from "./resource-parts.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "serving.kserve.io",
  kind: "TrainedModel",
  plural: "trainedmodels",
  versions: ["v1alpha1"],
  namespaced: true,
};

/**
 * @source trained-model
 * @kind serving.kserve.io/v1alpha1 TrainedModel
 */
export const trainedModelSource: Source<ResourceObservation> = {
  kind,
  reads: "spec.inferenceService, model; status.url, address, Ready",
  limits: "one model beside others in the server of its InferenceService",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const status = fieldsOf(object["status"]);
    const model = fieldsOf(spec["model"]);
    const host = textOf(spec["inferenceService"]);
    const url = textOf(status["url"]);
    return {
      ...observedOf(kind, object),
      // KServe makes the InferenceService its owner; what it serves is another model all the same.
      owners: [],
      ...plainResource,
      modelName: object.metadata.name,
      ...stateOfCondition(conditionsOf(status["conditions"], undefined), "Ready"),
      publicUrls: url === null || isClusterUrl(url) ? [] : [url.replace(/\/v[12]\/models\/.*$/, "")],
      internalUrl: textOf(fieldsOf(status["address"])["url"])?.replace(/\/v[12]\/models\/.*$/, "") ?? null,
      parts: [onlyPart(object.metadata.name, [], null)],
      says: `is served by InferenceService ${host ?? "?"} beside other models`,
      facts: factsOf({
        InferenceService: host,
        "Model URI": textOf(model["storageUri"]),
        Framework: textOf(model["framework"]),
        Memory: textOf(model["memory"]),
      }),
      generation: object.metadata.generation ?? null,
    };
  },
};
