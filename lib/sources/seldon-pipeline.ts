import type { KindRef } from "../kube/index.ts";
import type { ResourceObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, listOf, textOf } from "./read-fields.ts";
import { factsOf, onlyPart, plainResource, stateOfCondition } from "./resource-parts.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "mlops.seldon.io",
  kind: "Pipeline",
  plural: "pipelines",
  versions: ["v1alpha1"],
  namespaced: true,
};

/**
 * @source seldon-pipeline
 * @kind mlops.seldon.io/v1alpha1 Pipeline
 */
export const seldonPipelineSource: Source<ResourceObservation> = {
  kind,
  reads: "steps; PipelineReady, Ready",
  limits: 'called through the namespace\'s seldon-mesh Service with the header Seldon-Model, its name with ".pipeline"',
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const status = fieldsOf(object["status"]);
    const { name, namespace = "" } = object.metadata;
    const said = stateOfCondition(
      conditionsOf(status["conditions"], object.metadata.generation),
      "PipelineReady",
      "Ready",
    );
    return {
      ...observedOf(kind, object),
      ...plainResource,
      server: "seldon-mesh",
      protocol: "open-inference",
      modelName: name,
      ...said,
      internalUrl: `http://seldon-mesh.${namespace}.svc.cluster.local`,
      requiredHeaders: [{ name: "Seldon-Model", value: `${name}.pipeline` }],
      parts: [onlyPart(name, [], said.state === "ready" ? true : said.state === "unready" ? false : null)],
      sharedServices: ["seldon-mesh"],
      says: "is served by Seldon Core 2",
      facts: factsOf({
        Steps: listOf(spec["steps"], 64)
          .flatMap((raw) => textOf(fieldsOf(raw)["name"]) ?? [])
          .join(" → "),
      }),
      generation: object.metadata.generation ?? null,
    };
  },
};
