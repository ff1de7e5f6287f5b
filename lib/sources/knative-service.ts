import type { KindRef } from "../kube/index.ts";
import { containersOf } from "./containers.ts";
import type { ResourceObservation, ResourcePart } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, listOf, numberOf, textOf } from "./read-fields.ts";
import { factsOf, isClusterUrl, plainResource, stateOfCondition } from "./resource-parts.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "serving.knative.dev",
  kind: "Service",
  plural: "services",
  versions: ["v1"],
  namespaced: true,
};

/** A revision of Knative's: found by its pods, since a request to any of its Services would wake it (SERVING §6.2). */
export function revisionPart(name: string, percent: number): ResourcePart {
  return {
    name,
    percent,
    ready: null,
    services: [],
    podLabels: { "serving.knative.dev/revision": name },
    images: [],
  };
}

/**
 * @source knative-service
 * @kind serving.knative.dev/v1 Service
 */
export const knativeServiceSource: Source<ResourceObservation> = {
  kind,
  reads: "the template's containers; status.url, address, traffic, latestReadyRevisionName, Ready",
  limits: "16 traffic targets. Listed as KnativeService; folds into what owns it.",
  observe(object) {
    const status = fieldsOf(object["status"]);
    const template = fieldsOf(fieldsOf(object["spec"])["template"]);
    const url = textOf(status["url"]);
    const shares = new Map<string, number>();
    for (const raw of listOf(status["traffic"], 16)) {
      const target = fieldsOf(raw);
      const revision = textOf(target["revisionName"]) ?? textOf(status["latestReadyRevisionName"]);
      if (revision !== null) shares.set(revision, (shares.get(revision) ?? 0) + (numberOf(target["percent"]) ?? 0));
    }
    const latest = textOf(status["latestReadyRevisionName"]);
    if (shares.size === 0 && latest !== null) shares.set(latest, 100);
    const state = stateOfCondition(conditionsOf(status["conditions"], object.metadata.generation), "Ready");
    const containers = containersOf(template["spec"]);
    return {
      ...observedOf(kind, object),
      kind: "KnativeService",
      ...plainResource,
      ...state,
      publicUrls: url === null || isClusterUrl(url) ? [] : [url],
      internalUrl: textOf(fieldsOf(status["address"])["url"]),
      parts: [...shares].map(([name, percent]) => revisionPart(name, percent)),
      says: "runs as a Knative Service",
      facts: factsOf({ Image: containers[0]?.image }),
      containers,
      generation: object.metadata.generation ?? null,
    };
  },
};
