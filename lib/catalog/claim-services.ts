import type { Observed, ResourceObservation, ServiceObservation } from "../sources/index.ts";
import { dataPlanes } from "./routes/istio-places.ts";
import type { WorldIndex } from "./world-index.ts";
import { nameOf, resourceName, serviceName } from "./names.ts";

/** What belongs to which model resource. */
export type Claims = {
  /** Services of each resource, by `resourceName` of the highest owner. */
  readonly servicesOf: ReadonlyMap<string, readonly ServiceObservation[]>;
  /** Resources that another one made, by `resourceName`, with that one. */
  readonly folded: ReadonlyMap<string, ResourceObservation>;
  /** Services that are no API by themselves, with the reason. */
  readonly shared: ReadonlyMap<string, string>;
};

const depthMax = 16;

/** An object by what an ownerReference says of it: group, kind and name within the namespace. */
function ownerKey(group: string, kind: string, namespace: string, name: string): string {
  return `${group}/${kind}/${nameOf(namespace, name)}`;
}

function indexOwners(world: WorldIndex): ReadonlyMap<string, Observed> {
  const owners = new Map<string, Observed>();
  const add = (observed: Observed, kind = observed.kind): void => {
    owners.set(ownerKey(observed.group, kind, observed.namespace, observed.name), observed);
  };
  for (const workload of world.workloads.values()) add(workload);
  for (const revision of world.revisions.values()) add(revision);
  for (const pool of world.pools.values()) add(pool);
  for (const route of world.httpRoutes) add(route);
  for (const ingress of world.ingresses) add(ingress);
  for (const resource of world.resources.values())
    add(resource, resource.kind === "KnativeService" ? "Service" : resource.kind);
  return owners;
}

/** The highest model resource that owns it, itself where nothing does; null where no model resource has to do with it. */
function rootOf(world: WorldIndex, owners: ReadonlyMap<string, Observed>, start: Observed): ResourceObservation | null {
  const asModel = (observed: Observed): ResourceObservation | null => {
    const found = world.resources.get(resourceName(observed));
    return found !== undefined && found.group === observed.group ? found : null;
  };
  const own = asModel(start);
  let found = own;
  let nearest = own;
  let current = start;
  const seen = new Set<Observed>([start]);
  for (let depth = 0; depth < depthMax; depth += 1) {
    const next = current.owners
      .map(({ apiVersion, kind, name }) => {
        const slash = apiVersion.indexOf("/");
        return owners.get(ownerKey(slash === -1 ? "" : apiVersion.slice(0, slash), kind, start.namespace, name));
      })
      .find((owner): owner is Observed => owner !== undefined);
    if (next === undefined) break;
    // A circle of owners has no highest one: each stands by itself.
    if (seen.has(next)) return nearest;
    seen.add(next);
    found = asModel(next) ?? found;
    nearest ??= found;
    current = next;
  }
  return found;
}

function claimByLabels(
  world: WorldIndex,
  resource: ResourceObservation,
  claim: (service: ServiceObservation) => void,
): void {
  for (const labels of resource.childLabels)
    for (const service of world.servicesByLabel.select(resource.namespace, labels)) claim(service);
}

/** Files every Service under the model resource that it belongs to: by ownership, by its operator's labels, by name. */
export function claimServices(world: WorldIndex): Claims {
  const owners = indexOwners(world);
  const servicesOf = new Map<string, Set<ServiceObservation>>();
  const taken = new Map<string, string>();
  const shared = new Map<string, string>();
  const folded = new Map<string, ResourceObservation>();
  const roots = new Map<ResourceObservation, ResourceObservation>();
  const claim = (root: ResourceObservation, service: ServiceObservation | undefined): void => {
    const name = resourceName(root);
    if (service === undefined || (taken.get(serviceName(service)) ?? name) !== name) return;
    taken.set(serviceName(service), name);
    const own = servicesOf.get(name) ?? new Set();
    servicesOf.set(name, own.add(service));
  };
  for (const resource of world.resources.values()) {
    const root = rootOf(world, owners, resource) ?? resource;
    roots.set(resource, root);
    if (root !== resource) folded.set(resourceName(resource), root);
  }
  // What says whose it is comes before what only has a fitting label or name.
  for (const service of world.services.values()) {
    if (service.owners.length === 0) continue;
    const root = rootOf(world, owners, service);
    if (root !== null) claim(root, service);
  }
  for (const resource of world.resources.values()) {
    const root = roots.get(resource) ?? resource;
    claimByLabels(world, resource, (service) => {
      claim(root, service);
    });
  }
  for (const resource of world.resources.values()) {
    const root = roots.get(resource) ?? resource;
    for (const name of [...resource.parts.flatMap((part) => part.services), ...resource.children])
      claim(root, world.services.get(nameOf(resource.namespace, name)));
    for (const name of resource.sharedServices)
      shared.set(name, "Models share it; each of them is listed with the header that reaches it.");
  }
  for (const pool of world.pools.values())
    if (pool.picker !== null)
      shared.set(nameOf(pool.namespace, pool.picker), `It picks endpoints for InferencePool ${pool.name}.`);
  for (const name of dataPlanes(world)) shared.set(name, "It is the data plane of a Gateway, not what is behind it.");
  const { traefik } = world;
  if (traefik !== null) shared.set(serviceName(traefik), "It is the data plane of Traefik, not what is behind it.");
  return {
    servicesOf: new Map([...servicesOf].map(([name, services]) => [name, [...services]])),
    folded,
    shared,
  };
}
