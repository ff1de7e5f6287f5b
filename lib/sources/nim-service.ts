import type { KindRef } from "../kube/index.ts";
import { gpusOf } from "./containers.ts";
import type { ResourceObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, findCondition, numberOf, portNumberOf, sayCondition, textOf } from "./read-fields.ts";
import type { Fields } from "./read-fields.ts";
import {
  ended,
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
  group: "apps.nvidia.com",
  kind: "NIMService",
  plural: "nimservices",
  versions: ["v1alpha1"],
  namespaced: true,
};

const states: ReadonlyMap<string, ResourceObservation["state"]> = new Map([
  ["Ready", "ready"],
  ["NotReady", "unready"],
  ["Pending", "unready"],
  ["Failed", "broken"],
]);

function stateOf(spec: Fields, status: Fields): Pick<ResourceObservation, "state" | "stateReason"> {
  const scales = fieldsOf(spec["scale"])["enabled"] === true;
  if (numberOf(spec["replicas"]) === 0 && !scales)
    return { state: "scaled-to-zero", stateReason: "It is scaled to zero replicas." };
  const said = textOf(status["state"]);
  if (said === null) return unsaidState("Its operator");
  if (said === "Ready") return { state: "ready", stateReason: null };
  const conditions = conditionsOf(status["conditions"], undefined);
  const failed = findCondition(conditions, "Failed");
  const ready = findCondition(conditions, "Ready");
  const cause = failed?.status === "True" ? failed : ready?.status === "False" ? ready : null;
  return {
    state: states.get(said) ?? "unready",
    stateReason: cause === null ? `Its operator says that it is ${said.slice(0, 100)}.` : ended(sayCondition(cause)),
  };
}

/**
 * @source nim-service
 * @kind apps.nvidia.com/v1alpha1 NIMService
 */
export const nimServiceSource: Source<ResourceObservation> = {
  kind,
  reads:
    "image, replicas, scale, resources, expose.service, inferencePlatform; status.state, conditions, model name and endpoints",
  limits: "its endpoints have no scheme: http, unless an Ingress with TLS says otherwise",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const status = fieldsOf(object["status"]);
    const model = fieldsOf(status["model"]);
    const image = fieldsOf(spec["image"]);
    const expose = fieldsOf(fieldsOf(spec["expose"])["service"]);
    const hpa = fieldsOf(fieldsOf(spec["scale"])["hpa"]);
    const { name, namespace = "", generation } = object.metadata;
    const service = textOf(expose["name"]) ?? name;
    const imageName = [textOf(image["repository"]), textOf(image["tag"])].filter((part) => part !== null).join(":");
    const said = stateOf(spec, status);
    const scales = fieldsOf(spec["scale"])["enabled"] === true;
    return {
      ...observedOf(kind, object),
      ...plainResource,
      server: "nim",
      protocol: "openai",
      modelName: textOf(model["name"]),
      ...said,
      publicUrls: ownUrl(withScheme(textOf(model["externalEndpoint"]))),
      internalUrl: `http://${service}.${namespace}.svc.cluster.local:${String(portNumberOf(expose["port"]) ?? 8000)}`,
      parts: [{ ...onlyPart(name, [service], readyOf(said.state)), images: imageName === "" ? [] : [imageName] }],
      says: `serves ${textOf(model["name"]) ?? "a model"} with NVIDIA NIM`,
      facts: factsOf({
        Image: imageName,
        GPUs: gpusOf(spec["resources"]),
        Platform: textOf(spec["inferencePlatform"]),
        Replicas: numberOf(spec["replicas"]),
        Autoscaling: scales ? scalingRange(numberOf(hpa["minReplicas"]), numberOf(hpa["maxReplicas"])) : null,
      }),
      generation: generation ?? null,
    };
  },
};
