import type { DiscoveredApi, Discovery, LeftOut, ObjectKey } from "../model/index.ts";
import { formatObjectKey } from "../model/index.ts";
import type { KindList } from "../kube/index.ts";
import type {
  ApiDescriptionObservation,
  Observed,
  ResourceObservation,
  ResourcePart,
  ServiceObservation,
} from "../sources/index.ts";
import { annotation, hasAnnotation } from "./annotations.ts";
import type { FoundEndpoint } from "./assemble-api.ts";
import { chooseHttpPort } from "./choose-port.ts";
import { notRecognisedReason, refusalOf, twinOf } from "./left-out.ts";
import { buildModelApi } from "./model-api.ts";
import { recogniseServer } from "./recognise-server.ts";
import { applyDescriptions, targetKey } from "./apply-descriptions.ts";
import { claimServices } from "./claim-services.ts";
import type { Claims } from "./claim-services.ts";
import { buildResourceApi } from "./resource-api.ts";
import { exposeRoutes } from "./routes/expose-routes.ts";
import type { Exposure } from "./routes/exposure.ts";
import { keyOf } from "./routes/exposure.ts";
import { buildServiceApi, partsOf } from "./service-api.ts";
import type { ServiceApi, ServicePart } from "./service-api.ts";
import { gatherServiceFacts } from "./service-facts.ts";
import type { WorldIndex } from "./world-index.ts";
import { indexWorld, nameOf, resourceName, serviceName } from "./world-index.ts";

export type DiscoverySettings = {
  /** Namespaces whose objects may ask to be public; "*" for all. */
  readonly publicNamespaces: readonly string[];
};

/** Everything that discovery looks at. */
export type World = {
  readonly cluster: string;
  readonly lists: readonly KindList[];
  /** False where the lists come from manifests, which nothing has accepted. */
  readonly confirming: boolean;
  readonly settings: DiscoverySettings;
};

type Work = {
  readonly world: WorldIndex;
  readonly settings: DiscoverySettings;
  readonly exposuresByService: ReadonlyMap<string, readonly Exposure[]>;
  readonly claims: Claims;
  readonly descriptions: ReadonlyMap<string, ApiDescriptionObservation>;
  /** ApiDescriptions whose target is an API. */
  readonly found: Set<ApiDescriptionObservation>;
  readonly claimed: Set<string>;
  readonly apis: Map<string, DiscoveredApi>;
  readonly leftOut: LeftOut[];
  readonly warnings: { readonly object: ObjectKey; readonly message: string }[];
};

const reportMax = 2_000;

function leaveOut(work: Work, object: Observed, reason: string): void {
  if (work.leftOut.length < reportMax) work.leftOut.push({ object: keyOf(work.world, object), reason });
}

function addApi(work: Work, api: DiscoveredApi, warnings: readonly string[]): void {
  const description = work.descriptions.get(targetKey(api.key));
  const named = description === undefined ? api : describedApi(work, api, description);
  work.apis.set(formatObjectKey(named.key), named);
  for (const message of warnings) work.warnings.push({ object: named.key, message });
}

/** An API that an ApiDescription names is known by that name. */
function describedApi(work: Work, api: DiscoveredApi, description: ApiDescriptionObservation): DiscoveredApi {
  work.found.add(description);
  const key = keyOf(work.world, description);
  return { ...api, key, provenance: [{ object: key, says: "describes it" }, ...api.provenance] };
}

function exposuresOf(work: Work, services: readonly ServiceObservation[]): readonly Exposure[] {
  return exposuresNamed(work, services.map(serviceName));
}

function exposuresNamed(work: Work, names: readonly string[]): readonly Exposure[] {
  return [...new Set(names.flatMap((name) => work.exposuresByService.get(name) ?? []))];
}

/** Another address of a Knative Service, or of the InferenceService that made it. */
function mappedDomains(work: Work, owner: Observed): readonly FoundEndpoint[] {
  return work.world.domainMappings.flatMap((mapping): readonly FoundEndpoint[] => {
    const { url, target, namespace } = mapping;
    if (url === null || target === null || namespace !== owner.namespace || !URL.canParse(url)) return [];
    const name = resourceName({ kind: "KnativeService", namespace, name: target });
    const root = work.claims.folded.get(name) ?? work.world.resources.get(name);
    if (root !== owner) return [];
    return [
      {
        url: url.replace(/\/+$/, ""),
        reach: "public",
        paths: [{ match: "prefix", publicPath: "/", backendPath: "/", methods: null, headers: [] }],
        requiredHeaders: [],
        address: null,
        via: keyOf(work.world, mapping),
        problem: null,
      },
    ];
  });
}

/** InferenceServices, with what KServe made for them. */
function discoverModels(work: Work): void {
  const { world } = work;
  for (const model of world.inferenceServices.values()) {
    const services = work.claims.servicesOf.get(resourceName(model)) ?? [];
    for (const service of services) work.claimed.add(serviceName(service));
    if (annotation(model.annotations, "ignore") === "true") {
      leaveOut(work, model, "Its annotation gatebook.dev/ignore asks for it.");
      continue;
    }
    const root = work.claims.folded.get(resourceName(model));
    if (root !== undefined) {
      leaveOut(work, model, `It belongs to ${root.kind} ${root.name}.`);
      continue;
    }
    const { api, warnings } = buildModelApi(
      world,
      work.settings,
      model,
      services,
      exposuresOf(work, services),
      mappedDomains(work, model),
    );
    addApi(work, api, warnings);
  }
}

/** What experiments and API gateways say of a resource's traffic; its own parts where nobody does. */
function trafficOf(work: Work, resource: ResourceObservation): readonly ResourcePart[] {
  const { world } = work;
  const experiment = world.experiments.find(
    (own) =>
      own.namespace === resource.namespace && own.defaultName === resource.name && own.resource === resource.kind,
  );
  if (experiment !== undefined && experiment.candidates.length > 0) {
    const total = experiment.candidates.reduce((sum, candidate) => sum + candidate.weight, 0);
    return experiment.candidates.map(({ name, weight }): ResourcePart => {
      const other = world.resources.get(resourceName({ ...resource, name }));
      const [part] = other?.parts ?? [];
      return {
        name,
        percent: total === 0 ? 0 : Math.round((weight / total) * 1000) / 10,
        ready: part?.ready ?? null,
        services: [],
        podLabels: null,
        images: part?.images ?? [],
      };
    });
  }
  if (resource.kind !== "NuclioFunction") return resource.parts;
  const weighed = (work.exposuresByService.get(nameOf(resource.namespace, `nuclio-${resource.name}`)) ?? []).find(
    ({ route, backends }) =>
      route.kind === "NuclioAPIGateway" &&
      backends.length > 1 &&
      backends[0]?.service === nameOf(resource.namespace, `nuclio-${resource.name}`),
  );
  if (weighed === undefined) return resource.parts;
  return weighed.backends.flatMap(({ service, sharePercent }) => {
    const name = service.slice(service.indexOf("/") + 1).replace(/^nuclio-/, "");
    const other = world.resources.get(resourceName({ ...resource, name }));
    const gone: ResourcePart = { name, percent: 0, ready: false, services: [], podLabels: null, images: [] };
    return (other?.parts ?? [gone]).map((part) => ({ ...part, percent: sharePercent }));
  });
}

/** The function that has another one as its revision behind a Nuclio API gateway; null where it stands by itself. */
function firstOfGateway(work: Work, resource: ResourceObservation): string | null {
  if (resource.kind !== "NuclioFunction") return null;
  const own = nameOf(resource.namespace, `nuclio-${resource.name}`);
  const [first] = (work.exposuresByService.get(own) ?? [])
    .filter(({ route, backends }) => route.kind === "NuclioAPIGateway" && backends.length > 1)
    .map(({ backends }) => backends[0]?.service ?? own);
  return first === undefined || first === own ? null : first.slice(first.indexOf("/") + 1).replace(/^nuclio-/, "");
}

/** Model resources of every kind but InferenceService. */
function discoverResources(work: Work): void {
  const { world, claims } = work;
  for (const resource of world.resources.values()) {
    const services = claims.servicesOf.get(resourceName(resource)) ?? [];
    for (const service of services) work.claimed.add(serviceName(service));
    if (annotation(resource.annotations, "ignore") === "true") {
      leaveOut(work, resource, "Its annotation gatebook.dev/ignore asks for it.");
      continue;
    }
    // Batch work is an API only where its owner says so: what nobody names is not even told.
    if (resource.protocol === "batch" && !hasAnnotation(resource.annotations)) continue;
    const root = claims.folded.get(resourceName(resource));
    if (root !== undefined) {
      leaveOut(work, resource, `It belongs to ${root.kind} ${root.name}.`);
      continue;
    }
    const first = firstOfGateway(work, resource);
    if (first !== null && world.resources.has(resourceName({ ...resource, name: first }))) {
      leaveOut(work, resource, `It is a revision of NuclioFunction ${first} behind one API gateway.`);
      continue;
    }
    // What a route names belongs to it whether the Service is there yet or not.
    const names = [...resource.parts.flatMap((part) => part.services), ...resource.sharedServices];
    const { api, warnings } = buildResourceApi(world, work.settings, {
      resource,
      parts: trafficOf(work, resource),
      services,
      exposures: exposuresNamed(work, [
        ...services.map(serviceName),
        ...names.map((name) => nameOf(resource.namespace, name)),
      ]),
      extra: mappedDomains(work, resource),
    });
    addApi(work, api, warnings);
  }
}

/** Services and routes that name an API by annotation are one API of their namespace; of two workloads that claim one name the older wins. */
function discoverNamed(work: Work): void {
  const groups = new Map<string, ServiceObservation[]>();
  for (const service of work.world.services.values()) {
    const name = annotation(service.annotations, "api");
    if (name === undefined || work.claimed.has(serviceName(service)) || refusalOf(service) !== null) continue;
    if (!/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(name)) {
      work.warnings.push({
        object: keyOf(work.world, service),
        message: `gatebook.dev/api says \`${name.slice(0, 100)}\`, which is no name of an object; it is not used.`,
      });
      continue;
    }
    const key = nameOf(service.namespace, name);
    groups.set(key, [...(groups.get(key) ?? []), service]);
  }
  for (const [key, services] of groups) {
    const [namespace = "", name = ""] = key.split("/");
    const ordered = services.sort((left, right) =>
      left.createdAt === right.createdAt
        ? left.name < right.name
          ? -1
          : 1
        : left.createdAt < right.createdAt
          ? -1
          : 1,
    );
    const exposures = exposuresOf(work, ordered);
    // A route that weighs them makes them revisions; without one the older has the name.
    const weighed = exposures.find((exposure) => exposure.backends.length > 1);
    const parts: readonly ServicePart[] =
      weighed === undefined
        ? ordered.slice(0, 1).map((service) => ({ service, sharePercent: 100, subset: null }))
        : partsOf(work.world, weighed);
    const taken = new Set(parts.map((part) => part.service));
    for (const other of ordered.filter((service) => !taken.has(service))) {
      work.warnings.push({
        object: keyOf(work.world, other),
        message: `Service ${ordered[0]?.name ?? ""} is older and has the name ${name} already; this one stands by itself.`,
      });
    }
    const made = buildServiceApi(
      work.world,
      work.settings,
      { cluster: work.world.cluster, namespace, group: "gatebook.dev", kind: "ApiDescription", name },
      parts,
      exposuresOf(work, [...taken]),
      [...taken],
    );
    if (made === null) continue;
    for (const service of taken) work.claimed.add(serviceName(service));
    addApi(work, made.api, made.warnings);
  }
}

/** A route that weighs several Services is one API; they are its revisions. */
function discoverWeighed(work: Work, exposures: readonly Exposure[]): void {
  const ordered = exposures
    .filter((exposure) => exposure.backends.length > 1)
    .sort((left, right) =>
      left.route.createdAt < right.route.createdAt ? -1 : left.route.createdAt > right.route.createdAt ? 1 : 0,
    );
  for (const exposure of ordered) {
    const parts = partsOf(work.world, exposure).filter(
      ({ service }) => !work.claimed.has(serviceName(service)) && refusalOf(service) === null,
    );
    if (
      new Set(parts.map(({ service }) => service)).size < 2 ||
      work.apis.has(formatObjectKey(keyOf(work.world, exposure.route)))
    )
      continue;
    const services = parts.map(({ service }) => service);
    const made = buildServiceApi(
      work.world,
      work.settings,
      keyOf(work.world, exposure.route),
      parts,
      exposuresOf(work, services),
      [exposure.route, ...services],
    );
    if (made === null) continue;
    for (const service of services) work.claimed.add(serviceName(service));
    addApi(work, made.api, made.warnings);
  }
}

/** Why this Service is not listed; null where it is an API. */
function reasonAgainst(
  work: Work,
  service: ServiceObservation,
  siblings: readonly ServiceObservation[],
  exposures: readonly Exposure[],
): string | null {
  const refusal = refusalOf(service) ?? work.claims.shared.get(serviceName(service)) ?? null;
  if (refusal !== null) return refusal;
  if (service.kind === "InferencePool") return null;
  const twin = twinOf(service, siblings);
  if (twin !== null) return `It is the headless twin of Service ${twin.name}.`;
  const port = chooseHttpPort(service);
  if (port === null)
    return exposures.some(({ route }) => route.kind === "GRPCRoute")
      ? null
      : "None of its ports speaks HTTP to callers.";
  if (hasAnnotation(service.annotations) || exposures.length > 0) return null;
  const { containers } = gatherServiceFacts(work.world, service, port);
  return recogniseServer(containers) === null ? notRecognisedReason(containers) : null;
}

/** Subsets of one Service that a route weighs (Istio) are its revisions; else it is one. */
function subsetsOf(work: Work, service: ServiceObservation, exposures: readonly Exposure[]): readonly ServicePart[] {
  const weighed = exposures.find(
    ({ backends }) =>
      backends.filter((backend) => backend.service === serviceName(service) && backend.subset !== null).length > 1,
  );
  return weighed === undefined ? [{ service, sharePercent: 100, subset: null }] : partsOf(work.world, weighed);
}

function discoverServices(work: Work): void {
  const siblings = new Map<string, ServiceObservation[]>();
  for (const service of work.world.services.values()) {
    const list = siblings.get(service.namespace);
    if (list === undefined) siblings.set(service.namespace, [service]);
    else list.push(service);
  }
  for (const service of work.world.services.values()) {
    if (work.claimed.has(serviceName(service))) continue;
    const exposures = work.exposuresByService.get(serviceName(service)) ?? [];
    const reason = reasonAgainst(
      work,
      service,
      service.headless ? (siblings.get(service.namespace) ?? []) : [],
      exposures,
    );
    if (reason !== null) {
      leaveOut(work, service, reason);
      continue;
    }
    const made: ServiceApi | null = buildServiceApi(
      work.world,
      work.settings,
      keyOf(work.world, service),
      subsetsOf(work, service, exposures),
      exposures,
      [service, ...exposures.map((exposure) => exposure.route)],
    );
    if (made !== null) addApi(work, made.api, made.warnings);
  }
}

function warnOfBrokenRoutes(work: Work, exposures: readonly Exposure[]): void {
  for (const exposure of exposures) {
    if (exposure.route.kind === "NuclioAPIGateway") continue;
    const missing = exposure.backends.filter((backend) => !work.world.services.has(backend.service));
    for (const backend of missing) {
      work.warnings.push({
        object: keyOf(work.world, exposure.route),
        message: backend.service.endsWith("#pool")
          ? `It names InferencePool ${backend.service.replace("#pool", "")}, which does not exist.`
          : `It names Service ${backend.service}, which does not exist.`,
      });
    }
  }
  for (const route of work.world.httpRoutes) {
    if (route.rules.every((rule) => rule.redirects)) leaveOut(work, route, "It only redirects.");
  }
}

/** Finds every API in the lists. Pure: the same objects always give the same answer, whatever their order. */
export function discover(world: World): Discovery {
  const bare = indexWorld(world.cluster, world.confirming, world.lists);
  const { world: index, descriptions, warnings: unused } = applyDescriptions(bare, bare.apiDescriptions);
  const exposures = exposeRoutes(index).filter(
    (exposure) => annotation(exposure.route.annotations, "ignore") !== "true",
  );
  const exposuresByService = new Map<string, Exposure[]>();
  for (const exposure of exposures) {
    for (const { service } of exposure.backends) {
      const list = exposuresByService.get(service);
      if (list === undefined) exposuresByService.set(service, [exposure]);
      else if (!list.includes(exposure)) list.push(exposure);
    }
  }
  const work: Work = {
    world: index,
    settings: world.settings,
    exposuresByService,
    descriptions,
    found: new Set(),
    claims: claimServices(index),
    claimed: new Set(),
    apis: new Map(),
    leftOut: [],
    warnings: [],
  };
  discoverModels(work);
  discoverResources(work);
  discoverNamed(work);
  discoverWeighed(work, exposures);
  discoverServices(work);
  for (const { description, message } of unused) work.warnings.push({ object: keyOf(index, description), message });
  for (const description of new Set(descriptions.values())) {
    if (!work.found.has(description) && !work.apis.has(formatObjectKey(keyOf(index, description))))
      work.warnings.push({
        object: keyOf(index, description),
        message: `Its target ${description.targets[0]?.kind ?? ""} ${description.targets[0]?.name ?? ""} is no API: it is missing, belongs to another object, or was left out.`,
      });
  }
  warnOfBrokenRoutes(work, exposures);
  const order = (key: ObjectKey): string => formatObjectKey(key);
  return {
    apis: [...work.apis.values()].sort((left, right) => (order(left.key) < order(right.key) ? -1 : 1)),
    leftOut: work.leftOut.sort((left, right) => (order(left.object) < order(right.object) ? -1 : 1)),
    warnings: work.warnings.slice(0, reportMax),
    staleKinds: world.lists.filter((list) => list.state().kind === "stale").map((list) => list.ref.kind),
  };
}

/** Kinds that say themselves that they are there: nothing else makes their API. */
const selfEvident = new Set([
  "InferenceService",
  "LLMInferenceService",
  "InferenceGraph",
  "TrainedModel",
  "SeldonDeployment",
  "Model",
  "Pipeline",
  "BentoDeployment",
  "NuclioFunction",
  "RayService",
  "NIMService",
  "Workspace",
  "Job",
  "CronJob",
]);

/**
 * True where an API that discovery no longer finds is really gone: unknown is not absent (DESIGN §4). A model resource is gone
 * when its own list says so; a Service or a route may have been taken over by whatever list is not current.
 */
export function mayRetire(discovery: Pick<Discovery, "staleKinds">, key: Pick<ObjectKey, "kind">): boolean {
  const own = key.kind === "KnativeService" ? "Service" : key.kind;
  return selfEvident.has(key.kind) ? !discovery.staleKinds.includes(own) : discovery.staleKinds.length === 0;
}
