import type { KindRef } from "../kube/index.ts";
import type { ResourceObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, listOf, numberOf, textOf } from "./read-fields.ts";
import { factsOf, isClusterUrl, onlyPart, plainResource, stateOfCondition } from "./resource-parts.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "serving.kserve.io",
  kind: "InferenceGraph",
  plural: "inferencegraphs",
  versions: ["v1alpha1"],
  namespaced: true,
};

/**
 * @source inference-graph
 * @kind serving.kserve.io/v1alpha1 InferenceGraph
 */
export const inferenceGraphSource: Source<ResourceObservation> = {
  kind,
  reads: "spec.nodes with routerType and steps; status.url, Ready",
  limits: "32 nodes of 32 steps. The models of its steps stay APIs of their own.",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const status = fieldsOf(object["status"]);
    const { name, namespace = "" } = object.metadata;
    const url = textOf(status["url"]);
    const nodes = Object.entries(fieldsOf(spec["nodes"])).slice(0, 32);
    const steps = nodes.map(([node, raw]) => {
      const fields = fieldsOf(raw);
      const names = listOf(fields["steps"], 32).map((item) => {
        const step = fieldsOf(item);
        const target = textOf(step["serviceName"]) ?? textOf(step["nodeName"]) ?? textOf(step["serviceUrl"]) ?? "?";
        const weight = numberOf(step["weight"]);
        return weight === null ? target : `${target} (${String(weight)} %)`;
      });
      return `${node}: ${textOf(fields["routerType"]) ?? "Sequence"} of ${names.join(", ")}`;
    });
    return {
      ...observedOf(kind, object),
      ...plainResource,
      server: "inference-graph",
      protocol: "kserve-v1",
      ...stateOfCondition(conditionsOf(status["conditions"], undefined), "Ready"),
      publicUrls: url === null || isClusterUrl(url) ? [] : [url],
      internalUrl: url !== null && isClusterUrl(url) ? url : `http://${name}.${namespace}.svc.cluster.local`,
      parts: [onlyPart(name, [name], null)],
      childLabels: [{ "serving.kserve.io/inferencegraph": name }],
      says: "routes a request through a graph of models",
      facts: factsOf({ Graph: steps.join("; ") }),
      generation: object.metadata.generation ?? null,
    };
  },
};
