import type { KindRef } from "../kube/index.ts";
import { containersOf } from "./containers.ts";
import type { ResourceObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, findCondition, numberOf, sayCondition, textOf } from "./read-fields.ts";
import { ended, factsOf, onlyPart, plainResource, unsaidState } from "./resource-parts.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "batch",
  kind: "Job",
  plural: "jobs",
  versions: ["v1"],
  namespaced: true,
};

/**
 * @source job
 * @kind batch/v1 Job
 */
export const jobSource: Source<ResourceObservation> = {
  kind,
  reads: "the template's containers; status: Complete, Failed, active, startTime, completionTime",
  limits:
    "listed only with an annotation of gatebook.dev or an ApiDescription, else a fact of the API that its containers call; there is nothing to call. A CronJob's folds into it.",
  observe(object) {
    const status = fieldsOf(object["status"]);
    const spec = fieldsOf(object["spec"]);
    const conditions = conditionsOf(status["conditions"], undefined);
    const failed = findCondition(conditions, "Failed");
    const complete = findCondition(conditions, "Complete")?.status === "True";
    const containers = containersOf(fieldsOf(spec["template"])["spec"]);
    const suspended = spec["suspend"] === true;
    const broken = failed?.status === "True";
    return {
      ...observedOf(kind, object),
      ...plainResource,
      protocol: "batch",
      state: suspended ? "stopped" : broken ? "broken" : object["status"] === undefined ? "unknown" : "ready",
      stateReason: suspended
        ? "It is suspended."
        : broken
          ? ended(sayCondition(failed))
          : complete
            ? "It has run to its end."
            : object["status"] === undefined
              ? unsaidState("Kubernetes").stateReason
              : null,
      parts: [
        { ...onlyPart(object.metadata.name, [], !broken), images: containers.map((container) => container.image) },
      ],
      says: complete ? "has run to its end" : "is batch work",
      facts: factsOf({
        Started: textOf(status["startTime"]),
        Ended: textOf(status["completionTime"]),
        Running: numberOf(status["active"]),
        Image: containers[0]?.image,
      }),
      containers,
      generation: object.metadata.generation ?? null,
    };
  },
};
