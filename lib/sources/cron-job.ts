import type { KindRef } from "../kube/index.ts";
import { containersOf } from "./containers.ts";
import type { ResourceObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, listOf, textMapOf, textOf } from "./read-fields.ts";
import { factsOf, onlyPart, plainResource, unsaidState } from "./resource-parts.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "batch",
  kind: "CronJob",
  plural: "cronjobs",
  versions: ["v1"],
  namespaced: true,
};

/**
 * @source cron-job
 * @kind batch/v1 CronJob
 */
export const cronJobSource: Source<ResourceObservation> = {
  kind,
  reads: "schedule, timeZone, suspend, the template's containers; status.lastScheduleTime, lastSuccessfulTime, active",
  limits:
    "listed only with an annotation of gatebook.dev (its own or its Jobs') or an ApiDescription, else a fact of the API that its containers call; there is nothing to call",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const status = fieldsOf(object["status"]);
    const jobTemplate = fieldsOf(spec["jobTemplate"]);
    const template = fieldsOf(fieldsOf(jobTemplate["spec"])["template"]);
    const containers = containersOf(template["spec"]);
    const suspended = spec["suspend"] === true;
    const observed = observedOf(kind, object);
    return {
      ...observed,
      // What its Jobs would say of themselves is said of it.
      annotations: { ...textMapOf(fieldsOf(jobTemplate["metadata"])["annotations"]), ...observed.annotations },
      ...plainResource,
      protocol: "batch",
      ...(suspended
        ? { state: "stopped", stateReason: "It is suspended." }
        : object["status"] === undefined
          ? unsaidState("Kubernetes")
          : { state: "ready", stateReason: null }),
      parts: [
        { ...onlyPart(object.metadata.name, [], !suspended), images: containers.map((container) => container.image) },
      ],
      says: `runs by the schedule ${textOf(spec["schedule"]) ?? "?"}`,
      facts: factsOf({
        Schedule: textOf(spec["schedule"]),
        "Time zone": textOf(spec["timeZone"]),
        "Last run": textOf(status["lastScheduleTime"]),
        "Last success": textOf(status["lastSuccessfulTime"]),
        Running: listOf(status["active"], 100).length,
        Image: containers[0]?.image,
      }),
      containers,
      generation: object.metadata.generation ?? null,
    };
  },
};
