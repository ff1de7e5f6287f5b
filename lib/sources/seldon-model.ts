import type { KindRef } from "../kube/index.ts";
import type { ResourceObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, numberOf, textOf, textsOf } from "./read-fields.ts";
import {
  factsOf,
  isStale,
  onlyPart,
  plainResource,
  readyOf,
  scalingRange,
  staleState,
  stateOfCondition,
} from "./resource-parts.ts";
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
  reads:
    "storageUri, artifactVersion, requirements, server, replicas, explainer; status.replicas, Ready, ModelReady, observedGeneration",
  limits: "called through the namespace's seldon-mesh Service with the header Seldon-Model",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const status = fieldsOf(object["status"]);
    const { name, namespace = "", generation } = object.metadata;
    const said = isStale(status["observedGeneration"], generation)
      ? staleState
      : stateOfCondition(conditionsOf(status["conditions"], undefined), "ModelReady", "Ready");
    const atZero = numberOf(spec["replicas"]) === 0;
    const explained = fieldsOf(spec["explainer"]);
    return {
      ...observedOf(kind, object),
      ...plainResource,
      server: "seldon-mesh",
      protocol: "open-inference",
      modelName: name,
      ...(atZero ? { state: "scaled-to-zero", stateReason: "It is scaled to zero replicas." } : said),
      internalUrl: `http://seldon-mesh.${namespace}.svc.cluster.local`,
      requiredHeaders: [{ name: "Seldon-Model", value: name }],
      parts: [onlyPart(name, [], atZero ? false : readyOf(said.state))],
      sharedServices: [`${namespace}/seldon-mesh`],
      says: "is served by Seldon Core 2",
      facts: factsOf({
        "Model URI": textOf(spec["storageUri"]),
        Requirements: textsOf(spec["requirements"], 16).join(", "),
        "Artifact version": numberOf(spec["artifactVersion"]),
        "Model server": textOf(spec["server"]),
        Replicas: numberOf(status["replicas"]),
        Autoscaling: scalingRange(numberOf(spec["minReplicas"]), numberOf(spec["maxReplicas"])),
        Explains: textOf(explained["modelRef"]) ?? textOf(explained["pipelineRef"]),
      }),
      generation: generation ?? null,
    };
  },
};
