import type { KindRef } from "../kube/index.ts";
import type { ResourceObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, listOf, numberOf, textOf, textsOf } from "./read-fields.ts";
import type { Fields } from "./read-fields.ts";
import {
  factsOf,
  onlyPart,
  ownUrl,
  plainResource,
  readyOf,
  scalingRange,
  unsaidState,
  withScheme,
} from "./resource-parts.ts";
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
      return unsaidState("Nuclio");
    default:
      return { state: "unready", stateReason: message ?? `Nuclio says that it is ${state.slice(0, 100)}.` };
  }
}

const graphMax = 262_144;

/** What an MLRun serving function is told to serve: null where it is no serving function, or one that cannot be read. */
function graphOf(spec: Fields): Fields | null {
  const variable = listOf(spec["env"], 200)
    .map(fieldsOf)
    .find((entry) => entry["name"] === "SERVING_SPEC_ENV");
  const text = variable?.["value"];
  if (typeof text !== "string" || text.length > graphMax) return null;
  try {
    return fieldsOf(fieldsOf(JSON.parse(text))["graph"]);
  } catch (err) {
    if (err instanceof SyntaxError) return null;
    throw err;
  }
}

/** TLS is said host by host. */
function secureHosts(trigger: Fields): ReadonlySet<string> {
  const ingresses = Object.values(fieldsOf(fieldsOf(trigger["attributes"])["ingresses"]))
    .slice(0, 64)
    .map(fieldsOf);
  return new Set(
    ingresses
      .filter((ingress) => textOf(fieldsOf(ingress["tls"])["secretName"]) !== null)
      .flatMap((ingress) => textOf(ingress["host"])?.toLowerCase() ?? []),
  );
}

/**
 * @source nuclio-function
 * @kind nuclio.io/v1beta1 NuclioFunction
 */
export const nuclioFunctionSource: Source<ResourceObservation> = {
  kind,
  reads:
    "triggers, image, runtime, replicas, resources, SERVING_SPEC_ENV; status.state, message, invocation URLs, containerImage",
  limits:
    "only functions with a trigger of kind http are APIs; any path runs the function, so it is never asked unless its owner names one",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const status = fieldsOf(object["status"]);
    const { name, namespace = "", labels, generation } = object.metadata;
    const triggers = Object.values(fieldsOf(spec["triggers"])).slice(0, 64).map(fieldsOf);
    const http = triggers.find((trigger) => trigger["kind"] === "http");
    if (http === undefined) return null;
    const graph = graphOf(spec);
    // A router has models behind the protocol's paths; any other graph is a function of its owner's own.
    const isRouter = graph === null ? labels["mlrun/class"] === "serving" : (graph["kind"] ?? "router") === "router";
    const models = Object.keys(fieldsOf(graph?.["routes"])).slice(0, 100);
    const secure = secureHosts(http);
    const said = stateOf(textOf(status["state"]), textOf(status["message"]));
    const disabled = spec["disable"] === true;
    const [internal = null] = textsOf(status["internalInvocationUrls"], 16);
    const image = textOf(status["containerImage"]) ?? textOf(spec["image"]);
    const resources = fieldsOf(fieldsOf(spec["resources"])["limits"]);
    return {
      ...observedOf(kind, object),
      ...plainResource,
      server: isRouter ? "mlrun-serving" : "nuclio",
      protocol: isRouter ? "open-inference" : "function",
      modelName: models.length === 1 && isRouter ? (models[0] ?? null) : null,
      ...(disabled ? { state: "stopped", stateReason: "It is disabled." } : said),
      publicUrls: textsOf(status["externalInvocationUrls"], 16).flatMap((address) => {
        const host = address.toLowerCase().split(/[:/]/)[0] ?? "";
        return ownUrl(withScheme(address, secure.has(host) ? "https" : "http"));
      }),
      internalUrl: withScheme(internal) ?? `http://nuclio-${name}.${namespace}.svc.cluster.local:8080`,
      parts: [
        {
          ...onlyPart(name, [`nuclio-${name}`], disabled ? false : readyOf(said.state)),
          images: image === null ? [] : [image],
        },
      ],
      childLabels: [{ "nuclio.io/function-name": name }],
      says: isRouter
        ? "is an MLRun serving function"
        : graph === null
          ? "is a Nuclio function"
          : "is an MLRun serving flow",
      facts: factsOf({
        Project: labels["nuclio.io/project-name"],
        "Language runtime": textOf(spec["runtime"]),
        Handler: textOf(spec["handler"]),
        Models: models.join(", "),
        Image: image,
        GPUs: textOf(resources["nvidia.com/gpu"]) ?? numberOf(resources["nvidia.com/gpu"]),
        Autoscaling: scalingRange(numberOf(spec["minReplicas"]) ?? 0, numberOf(spec["maxReplicas"])),
      }),
      generation: generation ?? null,
    };
  },
};
