import type { KindRef } from "../kube/index.ts";
import type { ResourceObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, listOf, numberOf, textOf, textsOf } from "./read-fields.ts";
import { factsOf, onlyPart, plainResource, withScheme } from "./resource-parts.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "nuclio.io",
  kind: "NuclioFunction",
  plural: "nucliofunctions",
  versions: ["v1beta1"],
  namespaced: true,
};

function stateOf(state: string | null, message: string | null): Pick<ResourceObservation, "state" | "stateReason"> {
  switch (state) {
    case "ready":
      return { state: "ready", stateReason: null };
    case "scaledToZero":
    case "waitingForScaleResourcesToZero":
      return { state: "scaled-to-zero", stateReason: "Nuclio scaled it to zero." };
    case "imported":
      return { state: "stopped", stateReason: "It is imported and not deployed." };
    case "error":
      return { state: "broken", stateReason: message ?? "Nuclio could not build or start it." };
    case "unhealthy":
      return { state: "broken", stateReason: message ?? "Nuclio finds it unhealthy." };
    case null:
      return { state: "unknown", stateReason: "Nuclio has not said anything about it yet." };
    default:
      return { state: "unready", stateReason: message ?? `Nuclio says that it is ${state.slice(0, 100)}.` };
  }
}

/** Names of the models behind an MLRun serving graph's router. */
function modelsOf(spec: string | null): readonly string[] {
  if (spec === null) return [];
  try {
    const graph = fieldsOf(fieldsOf(JSON.parse(spec))["graph"]);
    return Object.keys(fieldsOf(graph["routes"])).slice(0, 100);
  } catch (err) {
    if (err instanceof SyntaxError) return [];
    throw err;
  }
}

/**
 * @source nuclio-function
 * @kind nuclio.io/v1beta1 NuclioFunction
 */
export const nuclioFunctionSource: Source<ResourceObservation> = {
  kind,
  reads: "triggers, image, runtime, replicas, SERVING_SPEC_ENV; status.state, invocation URLs, containerImage",
  limits:
    "only functions with a trigger of kind http are APIs; any path runs the function, so it is never asked unless its owner names one",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const status = fieldsOf(object["status"]);
    const { name, namespace = "", labels } = object.metadata;
    const triggers = Object.values(fieldsOf(spec["triggers"])).slice(0, 64).map(fieldsOf);
    const http = triggers.find((trigger) => trigger["kind"] === "http");
    if (http === undefined) return null;
    const serving = listOf(spec["env"], 200)
      .map(fieldsOf)
      .find((variable) => variable["name"] === "SERVING_SPEC_ENV");
    const graph =
      typeof serving?.["value"] === "string" && serving["value"].length <= 262_144 ? serving["value"] : null;
    const isServing = labels["mlrun/class"] === "serving" || serving !== undefined;
    const models = modelsOf(graph);
    const secured = Object.values(fieldsOf(fieldsOf(http["attributes"])["ingresses"])).some(
      (ingress) => textOf(fieldsOf(fieldsOf(ingress)["tls"])["secretName"]) !== null,
    );
    const said = stateOf(textOf(status["state"]), textOf(status["message"]));
    const disabled = spec["disable"] === true;
    const [internal = null] = textsOf(status["internalInvocationUrls"], 16);
    const image = textOf(status["containerImage"]) ?? textOf(spec["image"]);
    return {
      ...observedOf(kind, object),
      ...plainResource,
      server: isServing ? "mlrun-serving" : "nuclio",
      protocol: isServing ? "open-inference" : "function",
      modelName: models.length === 1 ? (models[0] ?? null) : null,
      ...(disabled ? { state: "stopped", stateReason: "It is disabled." } : said),
      publicUrls: textsOf(status["externalInvocationUrls"], 16).flatMap(
        (address) => withScheme(address, secured ? "https" : "http") ?? [],
      ),
      internalUrl: withScheme(internal) ?? `http://nuclio-${name}.${namespace}.svc.cluster.local:8080`,
      parts: [
        {
          ...onlyPart(
            name,
            [`nuclio-${name}`],
            said.state === "ready" ? true : said.state === "unknown" ? null : false,
          ),
          images: image === null ? [] : [image],
        },
      ],
      childLabels: [{ "nuclio.io/function-name": name }],
      says: isServing ? "is an MLRun serving function" : "is a Nuclio function",
      facts: factsOf({
        Project: labels["nuclio.io/project-name"],
        Runtime: textOf(spec["runtime"]),
        Handler: textOf(spec["handler"]),
        Models: models.join(", "),
        Image: image,
        Autoscaling:
          numberOf(spec["maxReplicas"]) === null
            ? null
            : `${String(numberOf(spec["minReplicas"]) ?? 0)} to ${String(numberOf(spec["maxReplicas"]))} replicas`,
      }),
      generation: object.metadata.generation ?? null,
    };
  },
};
