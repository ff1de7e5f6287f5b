import type { KindRef } from "../kube/index.ts";
import { containersOf } from "./containers.ts";
import type { ContainerFact, OwnUrl, ResourceObservation, ResourcePart } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, listOf, percentOf, textMapOf, textOf } from "./read-fields.ts";
import type { Fields } from "./read-fields.ts";
import {
  factsOf,
  isClusterUrl,
  isStale,
  ownUrl,
  plainPart,
  plainResource,
  scalingRange,
  staleState,
  stateOfCondition,
} from "./resource-parts.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "serving.knative.dev",
  kind: "Service",
  plural: "services",
  versions: ["v1"],
  namespaced: true,
};

/** Revisions that traffic is told to go to, and one that was made and takes none yet. */
function partsOf(status: Fields, containers: readonly ContainerFact[]): readonly ResourcePart[] {
  const latestReady = textOf(status["latestReadyRevisionName"]);
  const latestCreated = textOf(status["latestCreatedRevisionName"]);
  const shares = new Map<string, number>();
  for (const raw of listOf(status["traffic"], 16)) {
    const target = fieldsOf(raw);
    const revision = textOf(target["revisionName"]) ?? latestReady;
    if (revision !== null)
      shares.set(revision, Math.min(100, (shares.get(revision) ?? 0) + (percentOf(target["percent"]) ?? 0)));
  }
  if (shares.size === 0 && latestReady !== null) shares.set(latestReady, 100);
  const isFirst = shares.size === 0;
  if (latestCreated !== null && !shares.has(latestCreated)) shares.set(latestCreated, isFirst ? 100 : 0);
  return [...shares].map(([name, percent]) => ({
    ...plainPart,
    name,
    percent,
    // What was made and never took over has not shown that it can.
    ready: name === latestCreated && name !== latestReady ? false : null,
    revision: name,
    containers,
  }));
}

/** A tag has an address of its own, which leads to its revision alone. */
function tagUrls(status: Fields): readonly OwnUrl[] {
  return listOf(status["traffic"], 16).flatMap((raw) => {
    const target = fieldsOf(raw);
    const url = textOf(target["url"]);
    const revision = textOf(target["revisionName"]);
    return url === null || isClusterUrl(url)
      ? []
      : ownUrl(url, revision === null ? null : `It leads to revision ${revision} alone.`);
  });
}

/**
 * @source knative-service
 * @kind serving.knative.dev/v1 Service
 */
export const knativeServiceSource: Source<ResourceObservation> = {
  kind,
  reads:
    "the template's containers and scale annotations; status.url, address, traffic with tags, latest revisions, Ready, observedGeneration",
  limits: "16 traffic targets. Listed as KnativeService; folds into what owns it.",
  observe(object) {
    const status = fieldsOf(object["status"]);
    const template = fieldsOf(fieldsOf(object["spec"])["template"]);
    const scale = textMapOf(fieldsOf(template["metadata"])["annotations"]);
    const url = textOf(status["url"]);
    const { generation } = object.metadata;
    const containers = containersOf(template["spec"]);
    const limit = (name: string): number | null => {
      const value =
        scale[`autoscaling.knative.dev/${name}`] ?? scale[`autoscaling.knative.dev/${name.replace("-s", "S")}`];
      return value === undefined || !/^\d+$/.test(value) ? null : Number(value);
    };
    return {
      ...observedOf(kind, object),
      kind: "KnativeService",
      ...plainResource,
      ...(isStale(status["observedGeneration"], generation)
        ? staleState
        : stateOfCondition(conditionsOf(status["conditions"], undefined), "Ready")),
      publicUrls: [...(url === null || isClusterUrl(url) ? [] : ownUrl(url)), ...tagUrls(status)],
      internalUrl: textOf(fieldsOf(status["address"])["url"]),
      parts: partsOf(status, containers),
      childLabels: [
        { "serving.knative.dev/service": object.metadata.name },
        { "serving.knative.dev/route": object.metadata.name },
      ],
      says: "runs as a Knative Service",
      facts: factsOf({
        Image: containers[0]?.image,
        Autoscaling: scalingRange(limit("min-scale") ?? 0, limit("max-scale")),
      }),
      containers,
      generation: generation ?? null,
    };
  },
};
