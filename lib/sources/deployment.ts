import type { KindRef } from "../kube/index.ts";
import { containersOf } from "./containers.ts";
import type { DeploymentObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, numberOf, textMapOf } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = { group: "apps", kind: "Deployment", plural: "deployments", versions: ["v1"], namespaced: true };

/**
 * @source deployment
 * @kind apps/v1 Deployment
 */
export const deploymentSource: Source<DeploymentObservation> = {
  kind,
  reads: "spec.replicas, the pod template's labels and containers; status.readyReplicas",
  limits: "a fact about a Service, never an API by itself",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const template = fieldsOf(spec["template"]);
    return {
      ...observedOf(kind, object),
      replicas: numberOf(spec["replicas"]) ?? 1,
      readyReplicas: numberOf(fieldsOf(object["status"])["readyReplicas"]) ?? 0,
      podLabels: textMapOf(fieldsOf(template["metadata"])["labels"]),
      containers: containersOf(template["spec"]),
    };
  },
};
