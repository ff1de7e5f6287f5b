import type { KindRef } from "../kube/index.ts";
import { containersOf } from "./containers.ts";
import type { ResourceObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, listOf, textOf } from "./read-fields.ts";
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
  reads: "inference (preset, template, adapters), resource (both at the top level); InferenceReady, WorkspaceSucceeded",
  limits: "16 adapters. A Workspace that only tunes is no API.",
  observe(object) {
    const inference = fieldsOf(object["inference"]);
    if (Object.keys(inference).length === 0) return null;
    const status = fieldsOf(object["status"]);
    const { name, namespace = "", generation } = object.metadata;
    const preset = textOf(fieldsOf(inference["preset"])["name"]);
    // What its owner brings is any server: its pods tell which.
    const isPreset = preset !== null;
    const adapters = listOf(inference["adapters"], 16).flatMap(
      (raw) => textOf(fieldsOf(fieldsOf(raw)["source"])["name"]) ?? [],
    );
    return {
      ...observedOf(kind, object),
      ...plainResource,
      server: isPreset ? "vllm" : null,
      protocol: isPreset ? "openai" : null,
      modelName: preset,
      ...stateOfCondition(conditionsOf(status["conditions"], generation), "InferenceReady", "WorkspaceSucceeded"),
      internalUrl: `http://${name}.${namespace}.svc.cluster.local`,
      parts: [onlyPart(name, [name])],
      childLabels: [{ "kaito.sh/workspace": name }],
      children: [`${name}-headless`],
      says: `serves ${isPreset ? `the preset ${preset}` : "its owner's own template"} with KAITO`,
      facts: factsOf({
        "Instance type": textOf(fieldsOf(object["resource"])["instanceType"]),
        Adapters: adapters.join(", "),
      }),
      containers: containersOf(fieldsOf(fieldsOf(inference["template"])["spec"])),
      generation: generation ?? null,
    };
  },
};
