import type { KindRef } from "../kube/index.ts";
import { kserveUrl } from "./kserve-url.ts";
import type { Composition, ResourceObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, findCondition, listOf, numberOf, textOf } from "./read-fields.ts";
import type { Fields } from "./read-fields.ts";
import {
  factsOf,
  isClusterUrl,
  isStale,
  onlyPart,
  plainResource,
  staleState,
  stateOfCondition,
} from "./resource-parts.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "serving.kserve.io",
  kind: "InferenceGraph",
  plural: "inferencegraphs",
  versions: ["v1alpha1"],
  namespaced: true,
};

const depthMax = 8;

type Nodes = ReadonlyMap<string, Fields>;

function stepsOf(node: Fields | undefined): readonly Fields[] {
  return listOf(node?.["steps"], 32).map(fieldsOf);
}

/** The model that takes what comes in (or gives what goes out) at a node; null where several do, or nobody who is known. */
function modelAt(nodes: Nodes, name: string, end: "entry" | "exit", namespace: string, depth = 0): string | null {
  const node = nodes.get(name);
  const steps = stepsOf(node);
  const isSequence = (node?.["routerType"] ?? "Sequence") === "Sequence";
  // An ensemble puts all answers together; of those that share the work one stands for all.
  if (node === undefined || depth > depthMax || (node["routerType"] === "Ensemble" && end === "exit")) return null;
  const step = isSequence && end === "exit" ? steps.at(-1) : steps[0];
  const service = textOf(step?.["serviceName"]);
  if (service !== null) return `InferenceService ${namespace}/${service}`;
  const next = textOf(step?.["nodeName"]);
  return next === null ? null : modelAt(nodes, next, end, namespace, depth + 1);
}

function compositionOf(nodes: Nodes, namespace: string): Composition {
  return {
    entry: modelAt(nodes, "root", "entry", namespace),
    exit: modelAt(nodes, "root", "exit", namespace),
  };
}

function tellNode([name, fields]: readonly [string, Fields]): string {
  const steps = stepsOf(fields).map((step) => {
    const target = textOf(step["serviceName"]) ?? textOf(step["nodeName"]) ?? textOf(step["serviceUrl"]) ?? "?";
    const weight = numberOf(step["weight"]);
    return weight === null ? target : `${target} (${String(weight)} %)`;
  });
  return `${name}: ${textOf(fields["routerType"]) ?? "Sequence"} of ${steps.join(", ")}`;
}

/**
 * @source inference-graph
 * @kind serving.kserve.io/v1alpha1 InferenceGraph
 */
export const inferenceGraphSource: Source<ResourceObservation> = {
  kind,
  reads: "spec.nodes with routerType and steps; status.url, Ready, Stopped, observedGeneration; stop",
  limits: "32 nodes of 32 steps. The models of its steps stay APIs of their own.",
  observe(object) {
    const status = fieldsOf(object["status"]);
    const { name, namespace = "", annotations, generation } = object.metadata;
    const url = textOf(status["url"]);
    const nodes = new Map(
      Object.entries(fieldsOf(fieldsOf(object["spec"])["nodes"]))
        .slice(0, 32)
        .map(([node, raw]) => [node, fieldsOf(raw)] as const),
    );
    const conditions = conditionsOf(status["conditions"], undefined);
    const isStopped =
      annotations["serving.kserve.io/stop"]?.toLowerCase() === "true" ||
      findCondition(conditions, "Stopped")?.status === "True";
    return {
      ...observedOf(kind, object),
      ...plainResource,
      server: "inference-graph",
      protocol: "kserve-v1",
      ...(isStopped
        ? { state: "stopped", stateReason: "Its annotation serving.kserve.io/stop says so." }
        : isStale(status["observedGeneration"], generation)
          ? staleState
          : stateOfCondition(conditions, "Ready")),
      publicUrls: kserveUrl(url),
      internalUrl: url !== null && isClusterUrl(url) ? url : `http://${name}.${namespace}.svc.cluster.local`,
      parts: [onlyPart(name, [name])],
      childLabels: [{ "serving.kserve.io/inferencegraph": name }],
      composed: compositionOf(nodes, namespace),
      says: "routes a request through a graph of models",
      facts: factsOf({ Graph: [...nodes].map(tellNode).join("; ") }),
      generation: generation ?? null,
    };
  },
};
