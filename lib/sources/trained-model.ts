import type { KindRef } from "../kube/index.ts";
import { kserveUrl } from "./kserve-url.ts";
import type { ResourceObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, textOf } from "./read-fields.ts";
import { factsOf, onlyPart, plainResource, stateOfCondition, withoutModelPath } from "./resource-parts.ts";
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
  limits: "one model beside others in the server of its InferenceService, whose state and addresses are its own too",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const status = fieldsOf(object["status"]);
    const model = fieldsOf(spec["model"]);
    const host = textOf(spec["inferenceService"]);
    const url = textOf(status["url"]);
    const address = textOf(fieldsOf(status["address"])["url"]);
    const { name, namespace = "" } = object.metadata;
    return {
      ...observedOf(kind, object),
      // KServe makes the InferenceService its owner; what it serves is another model all the same.
      owners: [],
      ...plainResource,
      modelName: name,
      ...stateOfCondition(conditionsOf(status["conditions"], undefined), "Ready"),
      publicUrls: kserveUrl(url === null ? null : withoutModelPath(url)),
      internalUrl: address === null ? null : withoutModelPath(address),
      host: host === null ? null : `InferenceService ${namespace}/${host}`,
      parts: [onlyPart(name, [])],
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
