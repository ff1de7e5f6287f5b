import type { KindRef } from "../kube/index.ts";
import type { ResourceObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, numberOf, textOf, textsOf } from "./read-fields.ts";
import { factsOf, onlyPart, plainResource, stateOfCondition } from "./resource-parts.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "mlops.seldon.io",
  kind: "Model",
  plural: "models",
  versions: ["v1alpha1"],
  namespaced: true,
};

/**
 * @source seldon-model
 * @kind mlops.seldon.io/v1alpha1 Model
 */
export const seldonModelSource: Source<ResourceObservation> = {
  kind,
  reads: "storageUri, artifactVersion, requirements; status.replicas, Ready, ModelReady",
  limits: "called through the namespace's seldon-mesh Service with the header Seldon-Model",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const status = fieldsOf(object["status"]);
    const { name, namespace = "" } = object.metadata;
    const said = stateOfCondition(
      conditionsOf(status["conditions"], object.metadata.generation),
      "ModelReady",
      "Ready",
    );
    return {
      ...observedOf(kind, object),
      ...plainResource,
      server: "seldon-mesh",
      protocol: "open-inference",
      modelName: name,
      ...(numberOf(spec["replicas"]) === 0
        ? { state: "scaled-to-zero", stateReason: "It is scaled to zero replicas." }
        : said),
      internalUrl: `http://seldon-mesh.${namespace}.svc.cluster.local`,
      requiredHeaders: [{ name: "Seldon-Model", value: name }],
      parts: [onlyPart(name, [], said.state === "ready" ? true : said.state === "unready" ? false : null)],
      sharedServices: ["seldon-mesh"],
      says: "is served by Seldon Core 2",
      facts: factsOf({
        "Model URI": textOf(spec["storageUri"]),
        Requirements: textsOf(spec["requirements"], 16).join(", "),
        Version: numberOf(spec["artifactVersion"]),
        Replicas: numberOf(status["replicas"]),
      }),
      generation: object.metadata.generation ?? null,
    };
  },
};
