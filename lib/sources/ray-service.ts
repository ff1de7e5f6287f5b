import { parseDocument } from "yaml";
import type { KindRef } from "../kube/index.ts";
import { containersOf } from "./containers.ts";
import type { ContainerFact, ResourceObservation, ResourcePart } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, findCondition, listOf, percentOf, textOf } from "./read-fields.ts";
import type { Fields } from "./read-fields.ts";
import {
  factsOf,
  isStale,
  onlyPart,
  plainPart,
  plainResource,
  readyOf,
  staleState,
  stateOfCondition,
  unsaidState,
} from "./resource-parts.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "ray.io",
  kind: "RayService",
  plural: "rayservices",
  versions: ["v1", "v1alpha1"],
  namespaced: true,
};

const configMax = 65_536;
const servePort = 8000;

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

/** The cluster that serves, and the one that takes over from it step by step. */
function partsOf(service: string, name: string, status: Fields, ready: boolean | null): readonly ResourcePart[] {
  const [active, pending] = ["activeServiceStatus", "pendingServiceStatus"].map((field) => {
    const own = fieldsOf(status[field]);
    return { cluster: textOf(own["rayClusterName"]), percent: percentOf(own["trafficRoutedPercent"]) };
  });
  if (active?.cluster === null || active === undefined) return [onlyPart(name, [service], ready)];
  if (pending?.cluster === null || pending === undefined || pending.percent === null)
    return [onlyPart(active.cluster, [service], ready)];
  const part = (cluster: string, percent: number): ResourcePart => ({
    ...plainPart,
    name: cluster,
    percent,
    ready: percent > 0 ? ready : null,
    services: [`${cluster}-serve-svc`, ...(percent === 100 ? [service] : [])],
  });
  return [part(active.cluster, active.percent ?? 100 - pending.percent), part(pending.cluster, pending.percent)];
}

function stateOf(status: Fields, generation: number | undefined): Pick<ResourceObservation, "state" | "stateReason"> {
  if (isStale(status["observedGeneration"], generation)) return staleState;
  const conditions = conditionsOf(status["conditions"], generation);
  if (findCondition(conditions, "Ready") !== null) return stateOfCondition(conditions, "Ready");
  const serviceStatus = textOf(status["serviceStatus"]);
  if (serviceStatus === "Running") return { state: "ready", stateReason: null };
  return serviceStatus === null
    ? unsaidState("Ray")
    : { state: "unready", stateReason: `Ray says that it is ${serviceStatus.slice(0, 100)}.` };
}

/** Applications that Ray itself says are not well, which the whole may be all the same. */
function unwell(status: Fields): string | null {
  const applications = Object.entries(fieldsOf(fieldsOf(status["activeServiceStatus"])["applicationStatuses"]));
  const bad = applications
    .slice(0, 64)
    .map(([name, raw]) => ({ name, state: textOf(fieldsOf(raw)["status"]) }))
    .filter(({ state }) => state !== null && state !== "RUNNING");
  return bad.length === 0 ? null : bad.map(({ name, state }) => `${name} is ${String(state)}`).join(", ");
}

function portOf(containers: readonly ContainerFact[]): number {
  return containers.flatMap(({ ports }) => ports).find(({ name }) => name === "serve")?.port ?? servePort;
}

/**
 * @source ray-service
 * @kind ray.io/v1, v1alpha1 RayService
 */
export const rayServiceSource: Source<ResourceObservation> = {
  kind,
  reads:
    "serveConfigV2, serveService, the head's containers; status: Ready, serviceStatus, active and pending clusters with their applications and shares",
  limits: "64 applications of one configuration of 64 KiB",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const status = fieldsOf(object["status"]);
    const { name, namespace = "", generation } = object.metadata;
    const applications = applicationsOf(spec["serveConfigV2"]);
    const said = stateOf(status, generation);
    const head = fieldsOf(fieldsOf(fieldsOf(spec["rayClusterConfig"])["headGroupSpec"])["template"]);
    const containers = containersOf(head["spec"]);
    const active = textOf(fieldsOf(status["activeServiceStatus"])["rayClusterName"]);
    const pending = textOf(fieldsOf(status["pendingServiceStatus"])["rayClusterName"]);
    const service = textOf(fieldsOf(fieldsOf(spec["serveService"])["metadata"])["name"]) ?? `${name}-serve-svc`;
    const clusters = [active, pending].filter((cluster): cluster is string => cluster !== null);
    return {
      ...observedOf(kind, object),
      ...plainResource,
      server: "ray-serve",
      protocol: "rest",
      ...said,
      internalUrl: `http://${service}.${namespace}.svc.cluster.local:${String(portOf(containers))}`,
      parts: partsOf(service, name, status, readyOf(said.state)),
      childLabels: [
        { "ray.io/originated-from-cr-name": name, "ray.io/originated-from-crd": "RayService" },
        ...clusters.map((cluster) => ({ "ray.io/cluster": cluster })),
      ],
      children: [`${name}-head-svc`, ...clusters.map((cluster) => `${cluster}-head-svc`)],
      prefixes: applications.map(({ prefix }) => prefix),
      says: `serves ${String(applications.length)} Ray Serve application${applications.length === 1 ? "" : "s"}`,
      facts: factsOf({
        Applications: applications.map((application) => `${application.name} at ${application.prefix}`).join(", "),
        "Not running": unwell(status),
        Cluster: active,
        Image: containers[0]?.image,
      }),
      containers,
      generation: generation ?? null,
    };
  },
};
