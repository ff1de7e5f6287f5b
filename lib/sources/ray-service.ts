import { parseDocument } from "yaml";
import type { KindRef } from "../kube/index.ts";
import { containersOf } from "./containers.ts";
import type { ResourceObservation, ResourcePart } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, listOf, numberOf, textOf } from "./read-fields.ts";
import type { Fields } from "./read-fields.ts";
import { factsOf, onlyPart, plainResource, stateOfCondition } from "./resource-parts.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "ray.io",
  kind: "RayService",
  plural: "rayservices",
  versions: ["v1", "v1alpha1"],
  namespaced: true,
};

const configMax = 65_536;

/** Applications of the Serve configuration, which is a YAML text inside of the object. */
function applicationsOf(text: unknown): readonly { readonly name: string; readonly prefix: string }[] {
  if (typeof text !== "string" || text.length > configMax) return [];
  const document = parseDocument(text, { schema: "core" });
  if (document.errors.length > 0) return [];
  // Aliases are counted by the library: what grows past the limit throws and says nothing of use.
  let config: unknown;
  try {
    config = document.toJS({ maxAliasCount: 50 });
  } catch (err) {
    if (err instanceof ReferenceError) return [];
    throw err;
  }
  return listOf(fieldsOf(config)["applications"], 64).map((raw) => {
    const application = fieldsOf(raw);
    return { name: textOf(application["name"]) ?? "default", prefix: textOf(application["route_prefix"]) ?? "/" };
  });
}

function partsOf(name: string, status: Fields, ready: boolean | null): readonly ResourcePart[] {
  const clusters = [fieldsOf(status["activeServiceStatus"]), fieldsOf(status["pendingServiceStatus"])].flatMap(
    (own) => {
      const cluster = textOf(own["rayClusterName"]);
      return cluster === null ? [] : [{ cluster, percent: numberOf(own["trafficRoutedPercent"]) }];
    },
  );
  const [active, pending] = clusters;
  if (active === undefined) return [onlyPart(name, [`${name}-serve-svc`], ready)];
  if (pending?.percent === null || pending?.percent === undefined)
    return [onlyPart(active.cluster, [`${name}-serve-svc`], ready)];
  return [active, pending].map(({ cluster, percent }) => ({
    name: cluster,
    percent: percent ?? 0,
    ready,
    services: [`${cluster}-serve-svc`],
    podLabels: null,
    images: [],
  }));
}

/**
 * @source ray-service
 * @kind ray.io/v1, v1alpha1 RayService
 */
export const rayServiceSource: Source<ResourceObservation> = {
  kind,
  reads:
    "serveConfigV2, the head's containers; status: Ready, serviceStatus, numServeEndpoints, active and pending clusters",
  limits: "64 applications of one configuration of 64 KiB",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const status = fieldsOf(object["status"]);
    const { name, namespace = "" } = object.metadata;
    const applications = applicationsOf(spec["serveConfigV2"]);
    const conditions = conditionsOf(status["conditions"], object.metadata.generation);
    const serviceStatus = textOf(status["serviceStatus"]);
    const said = conditions.some(({ type }) => type === "Ready")
      ? stateOfCondition(conditions, "Ready")
      : serviceStatus === "Running"
        ? { state: "ready" as const, stateReason: null }
        : serviceStatus === null
          ? { state: "unknown" as const, stateReason: "Ray has not said anything about it yet." }
          : { state: "unready" as const, stateReason: `Ray says that it is ${serviceStatus.slice(0, 100)}.` };
    const head = fieldsOf(fieldsOf(fieldsOf(spec["rayClusterConfig"])["headGroupSpec"])["template"]);
    const containers = containersOf(head["spec"]);
    const active = textOf(fieldsOf(status["activeServiceStatus"])["rayClusterName"]);
    return {
      ...observedOf(kind, object),
      ...plainResource,
      server: "ray-serve",
      protocol: "rest",
      ...said,
      internalUrl: `http://${name}-serve-svc.${namespace}.svc.cluster.local:8000`,
      parts: partsOf(name, status, said.state === "ready" ? true : said.state === "unready" ? false : null),
      childLabels: [
        { "ray.io/originated-from-cr-name": name, "ray.io/originated-from-crd": "RayService" },
        ...(active === null ? [] : [{ "ray.io/cluster": active }]),
      ],
      children: [`${name}-head-svc`],
      says: `serves ${String(applications.length)} Ray Serve application${applications.length === 1 ? "" : "s"}`,
      facts: factsOf({
        Applications: applications.map((application) => `${application.name} at ${application.prefix}`).join(", "),
        Cluster: active,
        Image: containers[0]?.image,
      }),
      containers,
      generation: object.metadata.generation ?? null,
    };
  },
};
