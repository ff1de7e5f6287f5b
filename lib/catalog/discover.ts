import { sha256Hex } from "../base/index.ts";
import type { Discovery, LeftOut, ObjectKey } from "../model/index.ts";
import { formatObjectKey } from "../model/index.ts";
import type { KindList } from "../kube/index.ts";
import { apiDescriptionSource, sources } from "../sources/index.ts";
import type { ApiDescriptionObservation, Observed, ResourceObservation, ServiceObservation } from "../sources/index.ts";
import { annotation, hasAnnotation } from "./annotations.ts";
import { tellBatchWork } from "./batch-work.ts";
import { claimServices } from "./claim-services.ts";
import type { Claims } from "./claim-services.ts";
import { describedBy } from "./describe-objects.ts";
import { describedObjects } from "./described-objects.ts";
import {
  composedOf,
  domainProblems,
  factsBeside,
  firstOfGateway,
  hostOf,
  mappedDomains,
  trafficOf,
} from "./find-resources.ts";
import { groupApis } from "./group-apis.ts";
import type { Unit } from "./group-apis.ts";
import { findTwins, findWeighed, subsetParts, weighedParts } from "./join-services.ts";
import type { Twins } from "./join-services.ts";
import { isWebhook, notRecognisedReason, refusalOf } from "./left-out.ts";
import type { PortalPlace } from "./network-admission.ts";
import { infrastructureReason, recogniseServer } from "./recognition/recognise-server.ts";
import { buildResourceApi } from "./resource-api.ts";
import type { BuiltApi } from "./resource-api.ts";
import { exposeRoutes } from "./routes/expose-routes.ts";
import { beginLook, nothingRecalled } from "./look.ts";
import type { Look, Recollection } from "./look.ts";
import type { ExposedBackend, Exposure } from "./routes/exposure.ts";
import { keyOf } from "./routes/exposure.ts";
import { buildServiceApi, portOf } from "./service-api.ts";
import { gatherServiceFacts, workloadOf } from "./service-facts.ts";
import type { WorldIndex } from "./world-index.ts";
import { compareAge, nameOf, resourceName, serviceName } from "./names.ts";
import { observeList } from "./observe-list.ts";
import { shareValues } from "./share-values.ts";
import { indexWorld } from "./world-index.ts";

export type DiscoverySettings = {
  /** Namespaces whose objects may ask to be public; "*" for all. */
  readonly publicNamespaces: readonly string[];
  /** Where the portal runs; null where it is not in the cluster, or does not know. */
  readonly portal: PortalPlace | null;
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
  readonly look: Look;
  /** What its fields answer is noted while an API is made, as of `claims` and `exposuresByService`. */
  readonly world: WorldIndex;
  readonly settings: DiscoverySettings;
  readonly exposuresByService: ReadonlyMap<string, readonly Exposure[]>;
  readonly claims: Claims;
  /** Services that are part of an API already. */
  readonly claimed: Set<string>;
  readonly units: Unit[];
  readonly leftOut: LeftOut[];
  readonly warnings: { readonly object: ObjectKey; readonly message: string }[];
};

const reportMax = 2_000;
const none: readonly never[] = [];

function leaveOut(work: Work, object: Observed, reason: string): void {
  if (work.leftOut.length < reportMax) work.leftOut.push({ object: keyOf(work.world, object), reason });
}

/** What was built of objects, with the first ApiDescription that speaks of one of them. */
function unitOf(built: BuiltApi, objects: readonly Observed[]): Unit {
  return {
    ...built,
    api: shareValues(built.api),
    target: objects.map(describedBy).find((own) => own !== null) ?? null,
  };
}

function addUnit(work: Work, unit: Unit): void {
  work.units.push(unit);
  for (const message of unit.warnings) work.warnings.push({ object: unit.api.key, message });
}

function exposuresNamed(work: Work, names: readonly string[]): readonly Exposure[] {
  const [first = "", ...others] = names;
  const own = work.exposuresByService.get(first) ?? none;
  return others.length === 0
    ? own
    : [...new Set([first, ...others].flatMap((name) => work.exposuresByService.get(name) ?? []))];
}

/** Why a model resource is no API of its own; null where it is one. */
function reasonAgainstResource(work: Work, resource: ResourceObservation): string | null {
  const { world, claims } = work;
  if (annotation(resource.annotations, "ignore") === "true") return "Its annotation gatebook.dev/ignore asks for it.";
  const root = claims.folded.get(resourceName(resource));
  if (root !== undefined) return `It belongs to ${root.kind} ${root.name}.`;
  const first = firstOfGateway(resource, (name) => work.exposuresByService.get(name) ?? []);
  return first !== null && world.resources.has(resourceName({ ...resource, name: first }))
    ? `It is a revision of NuclioFunction ${first} behind one API gateway.`
    : null;
}

/** Services whose routes lead to a resource: those that carry its parts or are shared, not what lies inside of it. */
function leadingServices(
  work: Work,
  resource: ResourceObservation,
  services: readonly ServiceObservation[],
): readonly string[] {
  const host = hostOf(work.world, resource) ?? resource;
  const inner = new Set(host.children.map((name) => nameOf(host.namespace, name)));
  return [
    ...services.map(serviceName).filter((name) => !inner.has(name)),
    // What a route names belongs to it whether the Service is there yet or not.
    ...host.parts.flatMap((part) => part.services).map((name) => nameOf(host.namespace, name)),
    ...host.sharedServices,
  ];
}

/** True where what a route says in its headers is for another one of those that share a Service. */
function isForAnother(exposure: Exposure, resource: ResourceObservation): boolean {
  return (
    exposure.endpoints.length > 0 &&
    exposure.endpoints.every(({ requiredHeaders }) =>
      requiredHeaders.some((header) =>
        resource.requiredHeaders.some(
          (own) =>
            own.name.toLowerCase() === header.name.toLowerCase() && header.value !== null && own.value !== header.value,
        ),
      ),
    )
  );
}

/** Services of a resource, or of the one in whose server it is a model. */
function servicesOf({ world, claims }: Work, resource: ResourceObservation): readonly ServiceObservation[] {
  return claims.servicesOf.get(resourceName(hostOf(world, resource) ?? resource)) ?? [];
}

function discoverResources(work: Work): void {
  const { world, claims } = work;
  for (const resource of world.resources.values()) {
    const services = servicesOf(work, resource);
    for (const service of services) work.claimed.add(serviceName(service));
    // Batch work is an API only where its owner says so: what nobody names is not even told.
    if (resource.protocol === "batch" && !hasAnnotation(resource.annotations)) continue;
    const reason = reasonAgainstResource(work, resource);
    if (reason !== null) {
      leaveOut(work, resource, reason);
      continue;
    }
    const exposing = (name: string): readonly Exposure[] => work.exposuresByService.get(name) ?? [];
    const unit = work.look.recall("resource", resource, none, () => {
      const own = servicesOf(work, resource);
      const built = buildResourceApi(world, work.settings, {
        resource,
        host: hostOf(world, resource),
        parts: trafficOf(world, claims, resource, exposing),
        services: own,
        exposures: exposuresNamed(work, leadingServices(work, resource, own)).filter(
          (exposure) => !isForAnother(exposure, resource),
        ),
        extra: mappedDomains(world, claims, resource),
        problems: domainProblems(world, claims, resource),
        facts: factsBeside(world, resource),
        composed: composedOf(world, resource),
      });
      return unitOf(built, [resource, ...own]);
    });
    addUnit(work, unit);
  }
}

/** Everything that speaks for a Service beside itself: what runs behind it and what else leads there. */
function speakersOf(
  work: Work,
  service: ServiceObservation,
  twins: readonly ServiceObservation[],
): readonly Observed[] {
  const workloads = work.world.workloadsByLabel.select(service.namespace, service.selector);
  return [service, ...twins, ...workloads];
}

/** Why this Service is not listed; null where it is an API. */
function reasonAgainst(
  work: Work,
  service: ServiceObservation,
  exposures: readonly Exposure[],
  twins: readonly ServiceObservation[],
): string | null {
  const speakers = speakersOf(work, service, twins);
  if (speakers.some(({ annotations }) => annotation(annotations, "ignore") === "true"))
    return "Its annotation gatebook.dev/ignore asks for it.";
  const isNamed = speakers.some(({ annotations }) => hasAnnotation(annotations));
  const refusal = refusalOf(service, isNamed) ?? work.claims.shared.get(serviceName(service)) ?? null;
  if (refusal !== null) return refusal;
  if (service.kind === "InferencePool") return null;
  const port = portOf(service, exposures);
  if (port === null && !(isNamed && service.ports.length > 0)) return "None of its ports speaks HTTP to callers.";
  if (isNamed || port === null) return null;
  const workload = workloadOf(gatherServiceFacts(work.world, work.settings.portal, service, port));
  const infrastructure = infrastructureReason(workload);
  if (infrastructure !== null) return infrastructure;
  const isReached = exposures.some(
    ({ backends, isInternal }) =>
      !isInternal && backends.some((own) => own.service === serviceName(service) && own.problem === null),
  );
  if (isReached) return null;
  if (isWebhook(service)) return "It is an admission webhook, which the API server calls.";
  return recogniseServer(workload) === null ? notRecognisedReason : null;
}

/** Routes that may claim what they weigh: in their own namespace, and elsewhere where a grant lets them. */
function mayJoin(exposure: Exposure): boolean {
  const { route, backends } = exposure;
  const isGatewayApi = route.group === "gateway.networking.k8s.io" || route.group === "aigateway.envoyproxy.io";
  return backends.every(
    ({ service, isOutside, isRefused }) =>
      isOutside || isRefused || isGatewayApi || service.startsWith(`${route.namespace}/`),
  );
}

/** A route that weighs several Services is one API; they are its revisions. */
function discoverWeighed(work: Work, exposures: readonly Exposure[], twinsOf: TwinsOf): void {
  const { world } = work;
  const named = new Set<string>();
  for (const weighed of findWeighed(exposures, mayJoin)) {
    const { route } = weighed.leading;
    const isFree = (service: ServiceObservation): boolean =>
      !work.claimed.has(serviceName(service)) && refusalOf(service, hasAnnotation(service.annotations)) === null;
    const parts = weighedParts(world, weighed, isFree);
    const services = [...new Set(parts.map(({ service }) => service))];
    const isInfrastructure = services.every((service) => {
      const port = portOf(service, exposuresNamed(work, [serviceName(service)]));
      if (port === null) return true;
      if (hasAnnotation(service.annotations)) return false;
      return infrastructureReason(workloadOf(gatherServiceFacts(world, work.settings.portal, service, port))) !== null;
    });
    if (services.length === 0 || isInfrastructure) continue;
    const also = services.flatMap((service) => twinsOf.get(service) ?? none).filter((twin) => !services.includes(twin));
    // A route has one name: what else its other rules weigh is known by its oldest Service.
    const routeKey = formatObjectKey(keyOf(world, route));
    const [oldest] = [...services].sort(compareAge);
    const holder: Observed = named.has(routeKey) && oldest !== undefined ? oldest : route;
    named.add(routeKey);
    const leading = exposuresNamed(work, [...services, ...also].map(serviceName));
    const inputs = parts.flatMap(({ service, sharePercent, subset }) => [
      service,
      sharePercent,
      subset?.name,
      subset?.labels,
    ]);
    const unit = work.look.recall("weighed", holder, [...inputs, null, ...leading, null, ...also], () => {
      const built = buildServiceApi(world, work.settings, {
        key: keyOf(world, holder),
        parts,
        exposures: leading,
        twins: also,
      });
      return built === null ? null : unitOf(built, [route, ...services]);
    });
    if (unit === null) continue;
    for (const service of [...services, ...also]) work.claimed.add(serviceName(service));
    addUnit(work, unit);
  }
}

type TwinsOf = ReadonlyMap<ServiceObservation, readonly ServiceObservation[]>;

/** The twins that each leading Service stands for. */
function twinsByLeader(world: WorldIndex, twins: Twins): TwinsOf {
  const twinsOf = new Map<ServiceObservation, ServiceObservation[]>();
  for (const [name, leader] of twins) {
    const twin = world.services.get(name);
    const own = twinsOf.get(leader);
    if (twin === undefined) continue;
    if (own === undefined) twinsOf.set(leader, [twin]);
    else own.push(twin);
  }
  return twinsOf;
}

/** The API of one Service, or why it is none. */
function makeServiceApi(
  work: Work,
  service: ServiceObservation,
  exposures: readonly Exposure[],
  twins: readonly ServiceObservation[],
): Unit | string {
  const { world, settings } = work;
  const reason = reasonAgainst(work, service, exposures, twins);
  if (reason !== null) return reason;
  const parts = subsetParts(world, service, exposures);
  const built = buildServiceApi(world, settings, { key: keyOf(world, service), parts, exposures, twins });
  if (built === null) return "None of its ports speaks HTTP to callers.";
  const routes = exposures.map(({ route }) => route).filter((route) => route.namespace === service.namespace);
  return unitOf(built, [service, ...twins, ...routes]);
}

function discoverServices(work: Work, twins: Twins, twinsOf: TwinsOf): void {
  const { world } = work;
  for (const service of world.services.values()) {
    const name = serviceName(service);
    if (work.claimed.has(name)) continue;
    const leader = twins.get(name);
    if (leader !== undefined) {
      leaveOut(work, service, `It leads to the same pods as ${leader.kind} ${leader.name}.`);
      continue;
    }
    const also = twinsOf.get(service)?.filter((twin) => !work.claimed.has(serviceName(twin))) ?? none;
    const exposures = exposuresNamed(work, also.length === 0 ? [name] : [name, ...also.map(serviceName)]);
    const inputs = also.length === 0 ? exposures : [...exposures, null, ...also];
    const made = work.look.recall("service", service, inputs, () => makeServiceApi(work, service, exposures, also));
    if (typeof made === "string") leaveOut(work, service, made);
    else addUnit(work, made);
  }
}

/** Routes all of whose rules answer by themselves. */
function redirecting(world: WorldIndex, exposures: readonly Exposure[]): readonly Observed[] {
  const isLeading = ({ backends, isInternal }: Exposure): boolean => backends.length > 0 || isInternal;
  const others = new Set<Observed>(exposures.filter((own) => !isLeading(own)).map(({ route }) => route));
  if (others.size > 0)
    for (const exposure of exposures.filter(isLeading))
      for (const own of [exposure.route, ...exposure.beside]) others.delete(own);
  return [
    ...world.httpRoutes.filter((route) => route.rules.length > 0 && route.rules.every((rule) => rule.redirects)),
    ...[...others].filter((route) => !("parents" in route)),
  ];
}

/** What is wrong with routes is told on them too: whoever wrote them may have no API to look at. */
function warnOfRoutes(work: Work, exposures: readonly Exposure[]): void {
  const told = new Set<string>();
  const tell = (route: Observed, message: string): void => {
    const key = `${formatObjectKey(keyOf(work.world, route))} ${message}`;
    if (told.has(key)) return;
    told.add(key);
    work.warnings.push({ object: keyOf(work.world, route), message });
  };
  for (const exposure of exposures)
    for (const { problem } of exposure.backends) if (problem !== null) tell(exposure.route, problem);
  for (const route of redirecting(work.world, exposures)) leaveOut(work, route, "It only redirects.");
}

const refusals = new WeakMap<ExposedBackend, Exposure>();

/** What a rule exposes to a backend that it may not lead to; of the same one it is the same. */
function refusedBy(exposure: Exposure, refusal: ExposedBackend): Exposure {
  const known = refusals.get(refusal);
  if (known !== undefined) return known;
  const made = { ...exposure, endpoints: [], isRefused: true, problem: refusal.problem };
  refusals.set(refusal, made);
  return made;
}

function servicesNamed({ backends }: Exposure): readonly string[] {
  return backends.map(({ service }) => service);
}

function exposuresOf(exposures: readonly Exposure[]): ReadonlyMap<string, readonly Exposure[]> {
  const byService = new Map<string, Exposure[]>();
  for (const exposure of exposures)
    for (const service of exposure.backends.length === 1 ? servicesNamed(exposure) : new Set(servicesNamed(exposure))) {
      const refusal = exposure.backends.find((backend) => backend.service === service && backend.isRefused);
      // Who may not lead there has no address to give, and nothing to say; that it tried is told.
      const own = refusal === undefined ? exposure : refusedBy(exposure, refusal);
      const list = byService.get(service);
      if (list === undefined) byService.set(service, [own]);
      else list.push(own);
    }
  return byService;
}

type Found = {
  /** What the answer follows from. */
  readonly said: readonly unknown[];
  readonly discovery: Discovery;
  /** What the next look need not make again. */
  readonly recollection: Recollection;
};

/** What was found last in each world, by its first list. */
const found = new WeakMap<KindList, Found>();

const descriptionTexts = new WeakMap<ApiDescriptionObservation, string>();

/** All that an ApiDescription says but its status. */
function textOf(description: ApiDescriptionObservation): string {
  const known = descriptionTexts.get(description);
  if (known !== undefined) return known;
  const { status: _, ...said } = description;
  const text = sha256Hex(JSON.stringify(said));
  descriptionTexts.set(description, text);
  return text;
}

/** Everything that the answer depends on. The status of an ApiDescription is passed on, and nothing follows from it. */
function saidIn({ cluster, confirming, settings, lists }: World): readonly unknown[] {
  const descriptions = observeList(lists, apiDescriptionSource);
  return [
    cluster,
    confirming,
    JSON.stringify(settings),
    ...descriptions.map(textOf),
    ...lists.flatMap((list) => [list, list.state().kind]),
    ...sources
      .filter((source) => source !== apiDescriptionSource)
      .map((source) => observeList<Observed>(lists, source)),
  ];
}

/** The same answer with the statuses that ApiDescriptions have now; the very same one where those are the same. */
function withStatuses(discovery: Discovery, lists: World["lists"]): Discovery {
  const statuses = new Map(observeList(lists, apiDescriptionSource).map(({ uid, status }) => [uid, status]));
  if (discovery.descriptions.every(({ uid, status }) => statuses.get(uid) === status)) return discovery;
  const descriptions = discovery.descriptions.map((own) => ({ ...own, status: statuses.get(own.uid) ?? null }));
  return { ...discovery, descriptions };
}

/**
 * Finds every API in the lists. Pure: the same objects always give the same answer, whatever their order. As long as no object
 * says anything else, it is the very same answer, for the price of a look at the lists; and so is each API whose objects say the
 * same.
 */
export function discover(world: World): Discovery {
  const said = saidIn(world);
  const [first] = world.lists;
  const last = first === undefined ? undefined : found.get(first);
  const isSame = last?.said.length === said.length && said.every((one, index) => one === last.said[index]);
  const now: Found = isSame
    ? { ...last, discovery: withStatuses(last.discovery, world.lists) }
    : { said, ...lookAround(world, last?.recollection ?? nothingRecalled) };
  if (first !== undefined) found.set(first, now);
  return now.discovery;
}

function inOrder<Item>(items: readonly Item[], keyOfItem: (item: Item) => ObjectKey): readonly Item[] {
  const placed = items.map((item) => ({ item, place: formatObjectKey(keyOfItem(item)) }));
  return placed.sort((left, right) => (left.place < right.place ? -1 : 1)).map(({ item }) => item);
}

function lookAround(world: World, recollection: Recollection): Pick<Found, "discovery" | "recollection"> {
  const look = beginLook(recollection);
  look.watch("settings", { said: JSON.stringify(world.settings) });
  const index = look.watch("world", indexWorld(world.cluster, world.confirming, world.lists, look));
  const exposures = exposeRoutes(index, look);
  const { exposuresByService } = look.watch("routes", { exposuresByService: exposuresOf(exposures) });
  const work: Work = {
    look,
    world: index,
    settings: world.settings,
    exposuresByService,
    claims: look.watch("claims", claimServices(index)),
    claimed: new Set(),
    units: [],
    leftOut: [],
    warnings: [],
  };
  discoverResources(work);
  const twins = findTwins(
    index,
    (service) => exposuresNamed(work, [serviceName(service)]),
    (service) =>
      !work.claimed.has(serviceName(service)) &&
      refusalOf(service, hasAnnotation(service.annotations)) === null &&
      !work.claims.shared.has(serviceName(service)),
  );
  const twinsOf = twinsByLeader(index, twins);
  discoverWeighed(work, exposures, twinsOf);
  discoverServices(work, twins, twinsOf);
  const grouped = groupApis(index, work.units);
  const descriptions = describedObjects(index, world.lists, grouped);
  for (const { key, refusal, missing } of descriptions) {
    const message = refusal?.message ?? missing;
    if (message !== null) work.warnings.push({ object: key, message });
  }
  warnOfRoutes(work, exposures);
  const discovery: Discovery = {
    apis: inOrder(tellBatchWork(index, grouped.apis), ({ key }) => key),
    leftOut: inOrder(work.leftOut, ({ object }) => object),
    warnings: [...work.warnings, ...grouped.warnings].slice(0, reportMax),
    descriptions,
    staleKinds: world.lists.filter((list) => list.state().kind === "stale").map((list) => list.ref.kind),
  };
  return { discovery, recollection: look.end() };
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
