import type { KindRef } from "../kube/index.ts";
import type { ResourceObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, textOf } from "./read-fields.ts";
import { factsOf, onlyPart, plainResource, stateOfCondition } from "./resource-parts.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "kaito.sh",
  kind: "Workspace",
  plural: "workspaces",
  versions: ["v1beta1", "v1alpha1"],
  namespaced: true,
};

/**
 * @source kaito-workspace
 * @kind kaito.sh/v1beta1, v1alpha1 Workspace
 */
export const kaitoWorkspaceSource: Source<ResourceObservation> = {
  kind,
  reads: "inference.preset, resource (both at the top level); InferenceReady, WorkspaceSucceeded",
  limits: "a Workspace that only tunes is no API",
  observe(object) {
    if (object["inference"] === undefined || object["inference"] === null) return null;
    const preset = fieldsOf(fieldsOf(object["inference"])["preset"]);
    const status = fieldsOf(object["status"]);
    const { name, namespace = "" } = object.metadata;
    const model = textOf(preset["name"]);
    return {
      ...observedOf(kind, object),
      ...plainResource,
      server: "vllm",
      protocol: "openai",
      modelName: model,
      ...stateOfCondition(
        conditionsOf(status["conditions"], object.metadata.generation),
        "InferenceReady",
        "WorkspaceSucceeded",
      ),
      internalUrl: `http://${name}.${namespace}.svc.cluster.local`,
      parts: [onlyPart(name, [name], null)],
      childLabels: [{ "kaito.sh/workspace": name }],
      children: [`${name}-headless`],
      says: `serves the preset ${model ?? "of its own template"} with KAITO`,
      facts: factsOf({
        "Model name": model,
        "Instance type": textOf(fieldsOf(object["resource"])["instanceType"]),
      }),
      generation: object.metadata.generation ?? null,
    };
  },
};
