import type { KindRef } from "../kube/index.ts";
import type { ResourceObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, listOf, textOf, textsOf } from "./read-fields.ts";
import type { Fields } from "./read-fields.ts";
import { factsOf, isStale, onlyPart, plainResource, readyOf, staleState, stateOfCondition } from "./resource-parts.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "mlops.seldon.io",
  kind: "Pipeline",
  plural: "pipelines",
  versions: ["v1alpha1"],
  namespaced: true,
};

/** The step that takes what comes in: the first one that waits for no other. */
function entryOf(steps: readonly Fields[]): string | null {
  const first = steps.find((step) => listOf(step["inputs"], 1).length === 0) ?? steps[0];
  return textOf(first?.["name"]);
}

/** The step whose answer is the pipeline's; of several joined ones there is no single answer. */
function exitOf(spec: Fields, steps: readonly Fields[]): string | null {
  const named = textsOf(fieldsOf(spec["output"])["steps"], 16).map((step) => step.split(".")[0] ?? step);
  const outputs = [...new Set(named)];
  if (outputs.length > 1) return null;
  return outputs[0] ?? textOf(steps.at(-1)?.["name"]);
}

/**
 * @source seldon-pipeline
 * @kind mlops.seldon.io/v1alpha1 Pipeline
 */
export const seldonPipelineSource: Source<ResourceObservation> = {
  kind,
  reads: "steps with their inputs, output; PipelineReady, Ready, observedGeneration",
  limits:
    '64 steps. Called through the namespace\'s seldon-mesh Service with the header Seldon-Model, its name with ".pipeline".',
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const status = fieldsOf(object["status"]);
    const { name, namespace = "", generation } = object.metadata;
    const steps = listOf(spec["steps"], 64).map(fieldsOf);
    const said = isStale(status["observedGeneration"], generation)
      ? staleState
      : stateOfCondition(conditionsOf(status["conditions"], undefined), "PipelineReady", "Ready");
    const modelAt = (step: string | null): string | null => (step === null ? null : `Model ${namespace}/${step}`);
    return {
      ...observedOf(kind, object),
      ...plainResource,
      server: "seldon-mesh",
      protocol: "open-inference",
      modelName: name,
      ...said,
      internalUrl: `http://seldon-mesh.${namespace}.svc.cluster.local`,
      requiredHeaders: [{ name: "Seldon-Model", value: `${name}.pipeline` }],
      parts: [onlyPart(name, [], readyOf(said.state))],
      sharedServices: [`${namespace}/seldon-mesh`],
      composed: { entry: modelAt(entryOf(steps)), exit: modelAt(exitOf(spec, steps)) },
      says: "is served by Seldon Core 2",
      facts: factsOf({ Steps: steps.flatMap((step) => textOf(step["name"]) ?? []).join(" → ") }),
      generation: generation ?? null,
    };
  },
};
