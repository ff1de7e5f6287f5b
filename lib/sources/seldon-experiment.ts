import type { KindRef } from "../kube/index.ts";
import type { ExperimentObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, findCondition, listOf, numberOf, percentOf, textOf } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "mlops.seldon.io",
  kind: "Experiment",
  plural: "experiments",
  versions: ["v1alpha1"],
  namespaced: true,
};

/**
 * @source seldon-experiment
 * @kind mlops.seldon.io/v1alpha1 Experiment
 */
export const seldonExperimentSource: Source<ExperimentObservation> = {
  kind,
  reads: "default, resourceType, candidates with weights, mirror; ExperimentReady, Ready",
  limits:
    "16 candidates: revisions of the Model or Pipeline that it names as its default. One that is not ready splits nothing.",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const mirror = fieldsOf(spec["mirror"]);
    const mirrored = textOf(mirror["name"]);
    const conditions = conditionsOf(fieldsOf(object["status"])["conditions"], undefined);
    const ready = findCondition(conditions, "ExperimentReady") ?? findCondition(conditions, "Ready");
    return {
      ...observedOf(kind, object),
      defaultName: textOf(spec["default"]),
      resource: spec["resourceType"] === "pipeline" ? "Pipeline" : "Model",
      candidates: listOf(spec["candidates"], 16).flatMap((raw) => {
        const candidate = fieldsOf(raw);
        const name = textOf(candidate["name"]);
        return name === null ? [] : [{ name, weight: Math.max(0, numberOf(candidate["weight"]) ?? 0) }];
      }),
      mirror: mirrored === null ? null : { name: mirrored, percent: percentOf(mirror["percent"]) ?? 0 },
      ready: ready === null ? null : ready.status === "True",
    };
  },
};
