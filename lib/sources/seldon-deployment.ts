import type { KindRef } from "../kube/index.ts";
import type { Protocol, ServerKind } from "../model/index.ts";
import type { ResourceObservation, ResourcePart } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, listOf, numberOf, percentOf, textMapOf, textOf } from "./read-fields.ts";
import type { Fields } from "./read-fields.ts";
import { factsOf, originOfUrl, plainPart, plainResource, readyOf, unsaidState } from "./resource-parts.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "machinelearning.seldon.io",
  kind: "SeldonDeployment",
  plural: "seldondeployments",
  versions: ["v1", "v1alpha3", "v1alpha2"],
  namespaced: true,
};

const states: ReadonlyMap<string, ResourceObservation["state"]> = new Map([
  ["Available", "ready"],
  ["Creating", "unready"],
  ["Failed", "broken"],
]);

/** What a predictor speaks: the protocol of the whole, and what serves it at the port that its Service has. */
function speaks(spec: Fields, predictor: Fields): { readonly protocol: Protocol; readonly server: ServerKind } {
  const implementation = textOf(fieldsOf(predictor["graph"])["implementation"]);
  switch (textOf(spec["protocol"])) {
    case "v2":
    case "kfserving":
      return { protocol: "open-inference", server: implementation === "TRITON_SERVER" ? "triton" : "mlserver" };
    case "tensorflow":
      return { protocol: "tensorflow-serving", server: "tensorflow-serving" };
    default: {
      // Without its engine a predictor is its model's own process.
      const words = { ...textMapOf(spec["annotations"]), ...textMapOf(predictor["annotations"]) };
      const bare = words["seldon.io/no-engine"]?.toLowerCase() === "true";
      return { protocol: "seldon-v1", server: bare ? "seldon-microservice" : "seldon-executor" };
    }
  }
}

/** Traffic as Seldon reads it: a single predictor has all of it, whatever is written. */
function shareOf(predictor: Fields, count: number): number {
  if (predictor["shadow"] === true) return 0;
  return count === 1 ? 100 : (percentOf(predictor["traffic"]) ?? 0);
}

/** The Service of a predictor: as its annotation names it, as the status does, or by its own name. */
function servicesOf(name: string, predictor: Fields, status: Fields): readonly string[] {
  const own = textOf(predictor["name"]) ?? "";
  const said = textMapOf(predictor["annotations"])["seldon.io/svc-name"];
  const told = fieldsOf(fieldsOf(status["serviceStatus"])[`${name}-${own}`])["svcName"];
  return [said, textOf(told), `${name}-${own}`].filter((service): service is string => typeof service === "string");
}

function partsOf(name: string, spec: Fields, status: Fields, ready: boolean | null): readonly ResourcePart[] {
  const predictors = listOf(spec["predictors"], 16).map(fieldsOf);
  const live = predictors.filter((predictor) => predictor["shadow"] !== true).length;
  return predictors.map((predictor) => {
    const atZero = (numberOf(predictor["replicas"]) ?? numberOf(spec["replicas"])) === 0;
    return {
      ...plainPart,
      name: textOf(predictor["name"]) ?? "",
      percent: shareOf(predictor, live),
      ready: atZero ? false : ready,
      services: servicesOf(name, predictor, status),
      modelName: textOf(fieldsOf(predictor["graph"])["name"]),
      shadow: predictor["shadow"] === true,
    };
  });
}

/** Services of a predictor's inside: its models one by one, and its explainer. */
function childrenOf(name: string, predictors: readonly Fields[]): readonly string[] {
  return predictors.flatMap((predictor) => {
    const container = textOf(fieldsOf(predictor["graph"])["name"]) ?? "";
    const own = textOf(predictor["name"]) ?? "";
    return [`${name}-${own}-${container}`, `${own}-${container}`, `${name}-${own}-explainer`];
  });
}

function factsOfPredictors(main: Fields, predictors: readonly Fields[]): ResourceObservation["facts"] {
  const names = (own: readonly Fields[]): string => own.map((predictor) => textOf(predictor["name"]) ?? "?").join(", ");
  const graph = fieldsOf(main["graph"]);
  return factsOf({
    "Model URI": textOf(graph["modelUri"]),
    Runtime: textOf(graph["implementation"]),
    "Shadow traffic": names(predictors.filter((predictor) => predictor["shadow"] === true)),
    Explainer: predictors.flatMap((predictor) => textOf(fieldsOf(predictor["explainer"])["type"]) ?? []).join(", "),
  });
}

/**
 * @source seldon-deployment
 * @kind machinelearning.seldon.io/v1, v1alpha3, v1alpha2 SeldonDeployment
 */
export const seldonDeploymentSource: Source<ResourceObservation> = {
  kind,
  reads:
    "protocol, predictors with traffic, shadow, replicas, graph, explainer and annotations (svc-name, no-engine); status.state, description, address, serviceStatus",
  limits: "16 predictors. The path in its address runs the model; only scheme, host and port of it are used.",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const status = fieldsOf(object["status"]);
    const { name, namespace = "" } = object.metadata;
    const predictors = listOf(spec["predictors"], 16).map(fieldsOf);
    const main = predictors.find((predictor) => predictor["shadow"] !== true) ?? predictors[0] ?? {};
    const replicas = predictors.map((predictor) => numberOf(predictor["replicas"]) ?? numberOf(spec["replicas"]));
    const atZero = predictors.length > 0 && replicas.every((count) => count === 0);
    const said = textOf(status["state"]);
    const state = said === null ? "unknown" : (states.get(said) ?? "unready");
    const parts = partsOf(name, spec, status, readyOf(state));
    const [largest] = [...parts].sort((left, right) => right.percent - left.percent);
    return {
      ...observedOf(kind, object),
      ...plainResource,
      ...speaks(spec, main),
      modelName: textOf(fieldsOf(main["graph"])["name"]),
      ...(atZero
        ? { state: "scaled-to-zero", stateReason: "Its predictors are scaled to zero replicas." }
        : said === null
          ? unsaidState("Seldon")
          : {
              state,
              stateReason:
                state === "ready" ? null : (textOf(status["description"]) ?? `Seldon says that it is ${said}.`),
            }),
      internalUrl:
        largest === undefined
          ? originOfUrl(textOf(fieldsOf(status["address"])["url"]))
          : `http://${largest.services[0] ?? ""}.${namespace}.svc.cluster.local:8000`,
      parts,
      childLabels: [{ "seldon-deployment-id": name }],
      children: childrenOf(name, predictors),
      says: `serves ${String(predictors.length)} predictor${predictors.length === 1 ? "" : "s"} with Seldon Core`,
      facts: factsOfPredictors(main, predictors),
      generation: object.metadata.generation ?? null,
    };
  },
};
