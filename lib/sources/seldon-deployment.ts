import type { KindRef } from "../kube/index.ts";
import type { Protocol, ServerKind } from "../model/index.ts";
import type { ResourceObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, listOf, numberOf, textOf } from "./read-fields.ts";
import type { Fields } from "./read-fields.ts";
import { factsOf, originOfUrl, plainResource } from "./resource-parts.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "machinelearning.seldon.io",
  kind: "SeldonDeployment",
  plural: "seldondeployments",
  versions: ["v1", "v1alpha3", "v1alpha2"],
  namespaced: true,
};

const states: Readonly<Record<string, ResourceObservation["state"]>> = {
  Available: "ready",
  Creating: "unready",
  Failed: "broken",
};

function speaks(protocol: string | null): { readonly protocol: Protocol; readonly server: ServerKind } {
  switch (protocol) {
    case "v2":
    case "kfserving":
      return { protocol: "open-inference", server: "mlserver" };
    case "tensorflow":
      return { protocol: "tensorflow-serving", server: "tensorflow-serving" };
    default:
      return { protocol: "seldon-v1", server: "seldon-executor" };
  }
}

/** Traffic as Seldon reads it: a single predictor has all of it, whatever is written. */
function shareOf(predictor: Fields, count: number): number {
  if (predictor["shadow"] === true) return 0;
  return numberOf(predictor["traffic"]) ?? (count === 1 ? 100 : 0);
}

/**
 * @source seldon-deployment
 * @kind machinelearning.seldon.io/v1, v1alpha3, v1alpha2 SeldonDeployment
 */
export const seldonDeploymentSource: Source<ResourceObservation> = {
  kind,
  reads: "protocol, predictors with traffic, shadow, graph; status.state, description, address, serviceStatus",
  limits: "16 predictors. The path in its address runs the model; only scheme, host and port of it are used.",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const status = fieldsOf(object["status"]);
    const { name, namespace = "" } = object.metadata;
    const predictors = listOf(spec["predictors"], 16).map(fieldsOf);
    const live = predictors.filter((predictor) => predictor["shadow"] !== true).length;
    const state = textOf(status["state"]);
    const speech = speaks(textOf(spec["protocol"]));
    const graph = fieldsOf(predictors[0]?.["graph"]);
    const replicas = predictors.map((predictor) => numberOf(predictor["replicas"]) ?? numberOf(spec["replicas"]));
    const stopped = predictors.length > 0 && replicas.every((count) => count === 0);
    const [first] = predictors;
    return {
      ...observedOf(kind, object),
      ...plainResource,
      ...speech,
      modelName: textOf(graph["name"]),
      state: stopped ? "scaled-to-zero" : (states[state ?? ""] ?? "unknown"),
      stateReason: stopped
        ? "Its predictors are scaled to zero replicas."
        : state === "Available"
          ? null
          : (textOf(status["description"]) ?? (state === null ? "Seldon has not said anything about it yet." : null)),
      internalUrl:
        originOfUrl(textOf(fieldsOf(status["address"])["url"])) ??
        (first === undefined
          ? null
          : `http://${name}-${textOf(first["name"]) ?? ""}.${namespace}.svc.cluster.local:8000`),
      parts: predictors.map((predictor) => ({
        name: textOf(predictor["name"]) ?? "",
        percent: shareOf(predictor, live),
        ready: state === "Available" ? true : state === null ? null : false,
        services: [`${name}-${textOf(predictor["name"]) ?? ""}`],
        podLabels: null,
        images: [],
      })),
      childLabels: [{ "seldon-deployment-id": name }],
      children: predictors.flatMap((predictor) => {
        const container = textOf(fieldsOf(predictor["graph"])["name"]) ?? "";
        const own = textOf(predictor["name"]) ?? "";
        return [`${name}-${own}-${container}`, `${own}-${container}`, `${name}-${own}-explainer`];
      }),
      says: `serves ${String(predictors.length)} predictor${predictors.length === 1 ? "" : "s"} with Seldon Core`,
      facts: factsOf({
        "Model URI": textOf(graph["modelUri"]),
        Runtime: textOf(graph["implementation"]),
        "Shadow traffic": predictors
          .filter((predictor) => predictor["shadow"] === true)
          .map((predictor) => textOf(predictor["name"]) ?? "?")
          .join(", "),
      }),
      generation: object.metadata.generation ?? null,
    };
  },
};
