import type { KindRef } from "../kube/index.ts";
import { gpusOf } from "./containers.ts";
import type { ResourceObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, numberOf, textOf } from "./read-fields.ts";
import { factsOf, onlyPart, plainResource, scalingRange, stateOfCondition } from "./resource-parts.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "serving.yatai.ai",
  kind: "BentoDeployment",
  plural: "bentodeployments",
  versions: ["v2alpha1", "v1alpha3", "v1alpha2", "v1alpha1"],
  namespaced: true,
};

/**
 * @source bento-deployment
 * @kind serving.yatai.ai/v2alpha1, v1alpha3, v1alpha2, v1alpha1 BentoDeployment
 */
export const bentoDeploymentSource: Source<ResourceObservation> = {
  kind,
  reads: "spec.bento (bento_tag), autoscaling, resources; the condition Available",
  limits: "its address follows from its Service and the Ingress that it owns; runners fold into it",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const status = fieldsOf(object["status"]);
    const { name, namespace = "", generation } = object.metadata;
    const scaling = fieldsOf(spec["autoscaling"]);
    const bento = textOf(spec["bento"]) ?? textOf(spec["bento_tag"]);
    return {
      ...observedOf(kind, object),
      ...plainResource,
      server: "bentoml",
      protocol: "rest",
      ...stateOfCondition(conditionsOf(status["conditions"], generation), "Available"),
      internalUrl: `http://${name}.${namespace}.svc.cluster.local:3000`,
      parts: [onlyPart(name, [name])],
      childLabels: [{ "yatai.ai/bento-deployment": name }],
      says: `serves the Bento ${bento ?? "?"}`,
      facts: factsOf({
        Bento: bento,
        GPUs: gpusOf(spec["resources"]),
        Autoscaling: scalingRange(
          numberOf(scaling["minReplicas"]) ?? numberOf(scaling["min_replicas"]),
          numberOf(scaling["maxReplicas"]) ?? numberOf(scaling["max_replicas"]),
        ),
      }),
      generation: generation ?? null,
    };
  },
};
