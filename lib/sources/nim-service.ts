import type { KindRef } from "../kube/index.ts";
import type { ResourceObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, numberOf, textOf } from "./read-fields.ts";
import { factsOf, onlyPart, plainResource, withScheme } from "./resource-parts.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "apps.nvidia.com",
  kind: "NIMService",
  plural: "nimservices",
  versions: ["v1alpha1"],
  namespaced: true,
};

const states: Readonly<Record<string, ResourceObservation["state"]>> = {
  Ready: "ready",
  NotReady: "unready",
  Pending: "unready",
  Failed: "broken",
};

/**
 * @source nim-service
 * @kind apps.nvidia.com/v1alpha1 NIMService
 */
export const nimServiceSource: Source<ResourceObservation> = {
  kind,
  reads: "image, replicas, expose.service.port; status.state, model name and endpoints",
  limits: "its endpoints have no scheme: http, unless an Ingress with TLS says otherwise",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const status = fieldsOf(object["status"]);
    const model = fieldsOf(status["model"]);
    const image = fieldsOf(spec["image"]);
    const expose = fieldsOf(fieldsOf(spec["expose"])["service"]);
    const { name, namespace = "" } = object.metadata;
    const state = textOf(status["state"]);
    const external = withScheme(textOf(model["externalEndpoint"]));
    const service = textOf(expose["name"]) ?? name;
    const imageName = [textOf(image["repository"]), textOf(image["tag"])].filter((part) => part !== null).join(":");
    const zero = numberOf(spec["replicas"]) === 0;
    return {
      ...observedOf(kind, object),
      ...plainResource,
      server: "nim",
      protocol: "openai",
      modelName: textOf(model["name"]),
      state: zero ? "scaled-to-zero" : (states[state ?? ""] ?? "unknown"),
      stateReason: zero
        ? "It is scaled to zero replicas."
        : state === "Ready"
          ? null
          : state === null
            ? "Its operator has not said anything about it yet."
            : `Its operator says that it is ${state.slice(0, 100)}.`,
      publicUrls: external === null ? [] : [external],
      internalUrl: `http://${service}.${namespace}.svc.cluster.local:${String(numberOf(expose["port"]) ?? 8000)}`,
      parts: [
        {
          ...onlyPart(name, [service], state === "Ready" ? true : state === null ? null : false),
          images: imageName === "" ? [] : [imageName],
        },
      ],
      says: `serves ${textOf(model["name"]) ?? "a model"} with NVIDIA NIM`,
      facts: factsOf({
        "Model name": textOf(model["name"]),
        Image: imageName,
        GPUs:
          textOf(fieldsOf(fieldsOf(spec["resources"])["limits"])["nvidia.com/gpu"]) ??
          numberOf(fieldsOf(fieldsOf(spec["resources"])["limits"])["nvidia.com/gpu"]),
        Replicas: numberOf(spec["replicas"]),
      }),
      generation: object.metadata.generation ?? null,
    };
  },
};
