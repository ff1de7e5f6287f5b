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

/** What an ownerReference names; it lies in the namespace of what it owns. */
type OwnerName = { readonly group: string; readonly kind: string; readonly namespace: string; readonly name: string };
type FindOwner = (owner: OwnerName) => Observed | undefined;

/** Finds what is named as an owner: what runs, what routes, and model resources, which come first. */
function ownersIn(world: WorldIndex): FindOwner {
  let routes: ReadonlyMap<string, Observed> | null = null;
  // Hardly anything is owned by a route.
  const routeNamed = (name: string): Observed | undefined => {
    routes ??= new Map([...world.httpRoutes, ...world.ingresses].map((route) => [resourceName(route), route]));
    return routes.get(name);
  };
  return ({ group, kind, namespace, name }) => {
    const own = resourceName({ kind, namespace, name });
    const isKnative = kind === "Service" && group === "serving.knative.dev";
    const resource = world.resources.get(isKnative ? resourceName({ kind: "KnativeService", namespace, name }) : own);
    if (resource?.group === group) return resource;
    const found =
      kind === "Revision"
        ? world.revisions.get(nameOf(namespace, name))
        : kind === "InferencePool"
          ? world.pools.get(nameOf(namespace, name))
          : (world.workloads.get(own) ?? (/Route$|^Ingress$/.test(kind) ? routeNamed(own) : undefined));
    return found?.group === group ? found : undefined;
  };
}

/** The highest model resource that owns it, itself where nothing does; null where no model resource has to do with it. */
function rootOf(world: WorldIndex, find: FindOwner, start: Observed): ResourceObservation | null {
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
        const group = slash === -1 ? "" : apiVersion.slice(0, slash);
        return find({ group, kind, namespace: start.namespace, name });
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
  const find = ownersIn(world);
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
    const root = rootOf(world, find, resource) ?? resource;
    roots.set(resource, root);
    if (root !== resource) folded.set(resourceName(resource), root);
  }
  // What says whose it is comes before what only has a fitting label or name.
  for (const service of world.services.values()) {
    if (service.owners.length === 0) continue;
    const root = rootOf(world, find, service);
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
