import type { PathMapping } from "../model/index.ts";
import type { Observed, OwnUrl, ResourceObservation, ServiceObservation } from "../sources/index.ts";
import { fictionProblem, isFiction } from "../sources/index.ts";
import type { FoundEndpoint } from "./assemble-api.ts";
import { urlAddress } from "./knative-revisions.ts";
import type { Exposure } from "./routes/exposure.ts";
import { keyOf } from "./routes/exposure.ts";
import { sharedProblem } from "./service-api.ts";
import { loadBalancerEndpoints } from "./service-endpoints.ts";
import type { WorldIndex } from "./world-index.ts";
import { nameOf, serviceName } from "./names.ts";

function pathOf(url: string): string {
  const path = new URL(url).pathname.replace(/\/+$/, "");
  return path === "" ? "/" : path;
}

function mappingOf(publicPath: string, backendPath: string): PathMapping {
  return { match: "prefix", publicPath, backendPath, methods: null, headers: [], except: [] };
}

/** Addresses that a resource's own status gives. */
function ownEndpoints(world: WorldIndex, resource: ResourceObservation): readonly FoundEndpoint[] {
  return resource.publicUrls.map(({ url, backendPath, problem }: OwnUrl) => ({
    url,
    reach: "public" as const,
    paths: [mappingOf(pathOf(url), backendPath ?? pathOf(url))],
    requiredHeaders: resource.requiredHeaders,
    address: urlAddress(url),
    via: keyOf(world, resource),
    isPattern: false,
    problem,
  }));
}

type Parts = { readonly scheme: string; readonly host: string; readonly path: string };

function partsOf({ url }: FoundEndpoint): Parts {
  const { protocol, hostname, pathname } = new URL(url);
  return { scheme: protocol, host: hostname, path: pathname.replace(/\/+$/, "") };
}

/** An Ingress that ends TLS for a host makes https of an address whose operator writes no scheme. */
function secured(world: WorldIndex, resource: ResourceObservation, endpoint: FoundEndpoint): FoundEndpoint {
  if (resource.kind !== "NIMService") return endpoint;
  const { scheme, host } = partsOf(endpoint);
  const ends = scheme === "http:" && world.tlsHosts.has(host);
  return ends ? { ...endpoint, url: endpoint.url.replace(/^http:/, "https:") } : endpoint;
}

/**
 * The status's own address and the routes that make it are one: the routes know ports, paths and the address to reach them, the
 * status the scheme outside and the whole path.
 */
function joinEndpoints(own: readonly FoundEndpoint[], routed: readonly FoundEndpoint[]): readonly FoundEndpoint[] {
  const left = [...routed];
  const joined = own.map((endpoint) => {
    const mine = partsOf(endpoint);
    const covered = left.filter((route) => {
      const other = partsOf(route);
      return other.host === mine.host && (other.path === mine.path || other.path.startsWith(`${mine.path}/`));
    });
    const same = covered.filter((route) => partsOf(route).path === mine.path);
    for (const route of covered) left.splice(left.indexOf(route), 1);
    if (covered.length === 0) return [endpoint];
    // Routes that say the very same, with their own port and mapping, stand for the status's word.
    if (same.length === covered.length && same.every((route) => partsOf(route).scheme === mine.scheme))
      return same.map((route) => ({ ...route, problem: route.problem ?? endpoint.problem }));
    return [
      {
        ...endpoint,
        paths: covered.flatMap((route) => route.paths),
        address: endpoint.address ?? covered[0]?.address ?? null,
        problem: endpoint.problem ?? same[0]?.problem ?? null,
      },
    ];
  });
  return [...joined.flat(), ...left];
}

/** KServe makes a route for each component, beside the one for the whole, which alone its status names. */
function isMadeFor(route: Observed, resource: ResourceObservation): boolean {
  if (resource.kind !== "InferenceService" || route.namespace !== resource.namespace) return false;
  return (
    route.owners.some(({ kind, name }) => kind === resource.kind && name === resource.name) ||
    route.labels["serving.kserve.io/inferenceservice"] === resource.name
  );
}

/** Hosts of the addresses that its own status names, outside and inside. */
function hostsOf({ publicUrls, internalUrl }: ResourceObservation): readonly string[] {
  return [...publicUrls.map(({ url }) => url), internalUrl].flatMap((url) =>
    url !== null && URL.canParse(url) ? [new URL(url).hostname] : [],
  );
}

/** Routes to parts of a resource that do not answer for the whole are none of its own. */
function ownRoutes(
  resource: ResourceObservation,
  services: readonly ServiceObservation[],
  exposures: readonly Exposure[],
): readonly FoundEndpoint[] {
  const isHidden = (endpoint: FoundEndpoint, route: Observed): boolean => {
    const host = URL.canParse(endpoint.url) ? new URL(endpoint.url).hostname : null;
    if (host === null) return false;
    const own = hostsOf(resource);
    return resource.hiddenHosts.includes(host) || (isMadeFor(route, resource) && own.length > 0 && !own.includes(host));
  };
  const own = new Set([
    ...services.map(serviceName),
    ...resource.parts.flatMap((part) => part.services).map((name) => nameOf(resource.namespace, name)),
  ]);
  return exposures
    .flatMap((exposure) => {
      const shared = sharedProblem(exposure, own);
      return exposure.endpoints
        .filter((endpoint) => !isHidden(endpoint, exposure.route))
        .map((endpoint) => ({ ...endpoint, problem: endpoint.problem ?? shared }));
    })
    .map((endpoint) => ({
      ...endpoint,
      requiredHeaders: [...endpoint.requiredHeaders, ...resource.requiredHeaders],
      paths: endpoint.paths.map((path) => ({ ...path, headers: [...path.headers, ...resource.requiredHeaders] })),
    }));
}

/** A status goes on naming an address whose own route no gateway serves. */
function refused(
  resource: ResourceObservation,
  exposures: readonly Exposure[],
  endpoint: FoundEndpoint,
): FoundEndpoint {
  if (endpoint.problem !== null || !URL.canParse(endpoint.url)) return endpoint;
  const { hostname } = new URL(endpoint.url);
  const isFor = ({ route }: Exposure): boolean =>
    route.namespace === resource.namespace && "hostnames" in route && route.hostnames.includes(hostname);
  const naming = exposures.filter(isFor);
  const isServed = exposures.some(({ endpoints }) => endpoints.some(({ url }) => hasHost(url, hostname)));
  const problem = isServed ? null : (naming.find((exposure) => exposure.problem !== null)?.problem ?? null);
  return problem === null ? endpoint : { ...endpoint, problem };
}

function hasHost(url: string, hostname: string): boolean {
  return URL.canParse(url) && new URL(url).hostname === hostname;
}

function clusterEndpoint(world: WorldIndex, resource: ResourceObservation): readonly FoundEndpoint[] {
  const url = resource.internalUrl;
  if (url === null || !URL.canParse(url)) return [];
  return [
    {
      url: url.replace(/\/+$/, ""),
      reach: "cluster",
      paths: [mappingOf(pathOf(url), resource.group === "serving.kserve.io" ? "/" : pathOf(url))],
      requiredHeaders: resource.requiredHeaders,
      address: null,
      via: keyOf(world, resource),
      isPattern: false,
      problem: null,
    },
  ];
}

/** KServe's domain that nobody configured is fiction wherever it is written. */
function marked(resource: ResourceObservation, endpoint: FoundEndpoint): FoundEndpoint {
  const isOf = resource.group === "serving.kserve.io" || resource.group === "serving.knative.dev";
  return isOf && endpoint.problem === null && URL.canParse(endpoint.url) && isFiction(new URL(endpoint.url).hostname)
    ? { ...endpoint, problem: resource.group === "serving.kserve.io" ? fictionProblem : null }
    : endpoint;
}

/** Every address of a model resource: of its status, of routes and load balancers that lead to it, and the one inside. */
export function resourceEndpoints(
  world: WorldIndex,
  resource: ResourceObservation,
  services: readonly ServiceObservation[],
  exposures: readonly Exposure[],
  extra: readonly FoundEndpoint[],
): { readonly outside: readonly FoundEndpoint[]; readonly inside: readonly FoundEndpoint[] } {
  const balanced = services.flatMap((service) =>
    loadBalancerEndpoints(world, service).map((endpoint) => ({
      ...endpoint,
      requiredHeaders: resource.requiredHeaders,
    })),
  );
  const own = ownEndpoints(world, resource)
    .map((endpoint) => secured(world, resource, endpoint))
    .map((endpoint) => refused(resource, exposures, endpoint));
  const outside = [...joinEndpoints(own, ownRoutes(resource, services, exposures)), ...balanced, ...extra];
  return { outside: outside.map((endpoint) => marked(resource, endpoint)), inside: clusterEndpoint(world, resource) };
}
