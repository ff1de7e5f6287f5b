import type { ServiceObservation, ServicePort } from "../sources/index.ts";
import { groupBy } from "./group-by.ts";
import { compareAge, serviceName } from "./names.ts";
import type { Exposure } from "./routes/exposure.ts";
import { partsOf, portOf } from "./service-api.ts";
import type { ServicePart } from "./service-api.ts";
import type { WorldIndex } from "./world-index.ts";

/** Services that are other names of the same pods, by `serviceName`, with the one that stands for them. */
export type Twins = ReadonlyMap<string, ServiceObservation>;

/**
 * Finds Services that pick the very same pods and lead to the same port of them: the oldest stands for all, an InferencePool
 * before any Service, one with an address before a headless one. `isCandidate` says which Services can be listed at all.
 */
export function findTwins(
  world: WorldIndex,
  exposuresOf: (service: ServiceObservation) => readonly Exposure[],
  isCandidate: (service: ServiceObservation) => boolean,
): Twins {
  const byNamespace = new Map<string, ServiceObservation[]>();
  for (const service of world.services.values()) {
    if (Object.keys(service.selector).length === 0 || !isCandidate(service)) continue;
    const list = byNamespace.get(service.namespace);
    if (list === undefined) byNamespace.set(service.namespace, [service]);
    else list.push(service);
  }
  const twins = new Map<string, ServiceObservation>();
  for (const services of byNamespace.values())
    for (const group of groupBySelector(services)) {
      const ordered = [...group].sort(
        (left, right) =>
          Number(right.kind === "InferencePool") - Number(left.kind === "InferencePool") ||
          Number(left.headless) - Number(right.headless) ||
          compareAge(left, right),
      );
      const leaders: { readonly service: ServiceObservation; readonly target: string | number }[] = [];
      for (const service of ordered) {
        const target = targetOf(world, service, portOf(service, exposuresOf(service)));
        const leader = leaders.find((own) => own.target === target) ?? (service.headless ? leaders[0] : undefined);
        if (leader !== undefined) twins.set(serviceName(service), leader.service);
        else if (target !== null) leaders.push({ service, target });
      }
    }
  return twins;
}

/** The port of the pods that a port leads to, by its number where pods say which one has the name. */
function targetOf(world: WorldIndex, service: ServiceObservation, port: ServicePort | null): string | number | null {
  if (port === null || typeof port.targetPort === "number") return port?.targetPort ?? null;
  const { targetPort } = port;
  const [pod] = world.podsByLabel.select(service.namespace, service.selector);
  const named = pod?.containers.flatMap(({ ports }) => ports).find(({ name }) => name === targetPort);
  return named?.port ?? targetPort;
}

const selectorKeys = new WeakMap<ServiceObservation, string>();

/** The same text for the same selector. */
function selectorKey(service: ServiceObservation): string {
  const known = selectorKeys.get(service);
  if (known !== undefined) return known;
  const key = JSON.stringify(Object.entries(service.selector).sort());
  selectorKeys.set(service, key);
  return key;
}

function groupBySelector(services: readonly ServiceObservation[]): readonly (readonly ServiceObservation[])[] {
  return [...groupBy(services, selectorKey).values()].filter((group) => group.length > 1);
}

/** Services that routes weigh against each other, and the rule by which their shares go. */
export type Weighed = {
  readonly leading: Exposure;
  /** By `serviceName`; those that do not exist are among them. */
  readonly services: ReadonlySet<string>;
};

/** Everything in the cluster that a rule names, whether it may lead there or not. */
function namedBy({ backends }: Exposure): readonly string[] {
  return [...new Set(backends.flatMap(({ service, isOutside }) => (isOutside ? [] : [service])))];
}

function joinedBy({ backends }: Exposure): readonly string[] {
  return [...new Set(backends.flatMap((own) => (own.isOutside || own.isRefused ? [] : [own.service])))];
}

/** How general a rule is: the one that takes most calls says how traffic is split. */
function breadth(exposure: Exposure): number {
  const headers = Math.min(...exposure.endpoints.map(({ requiredHeaders }) => requiredHeaders.length), 99);
  const length = Math.min(
    ...exposure.endpoints.flatMap(({ paths }) => paths.map(({ publicPath }) => publicPath.length)),
    999,
  );
  return headers * 1_000 + length;
}

function compareLeads(left: Exposure, right: Exposure): number {
  return compareAge(left.route, right.route) || breadth(left) - breadth(right) || left.rule - right.rule;
}

/**
 * Routes that weigh several Services make one API of them, whether all of them exist or not; Services that are weighed by
 * several rules belong together. `mayJoin` says which exposures may claim what they name.
 */
export function findWeighed(
  exposures: readonly Exposure[],
  mayJoin: (exposure: Exposure) => boolean,
): readonly Weighed[] {
  const weighing = exposures.filter(
    (exposure) => exposure.backends.length > 1 && namedBy(exposure).length > 1 && mayJoin(exposure),
  );
  const groups: { exposures: Exposure[]; services: Set<string> }[] = [];
  const groupOf = new Map<string, (typeof groups)[number]>();
  for (const exposure of weighing) {
    const named = joinedBy(exposure);
    const known = [...new Set(named.flatMap((name) => groupOf.get(name) ?? []))];
    const [first = { exposures: [], services: new Set<string>() }, ...others] = known;
    if (known.length === 0) groups.push(first);
    for (const other of others) {
      first.exposures.push(...other.exposures);
      for (const name of other.services) first.services.add(name);
      groups.splice(groups.indexOf(other), 1);
    }
    first.exposures.push(exposure);
    for (const name of named) first.services.add(name);
    for (const name of first.services) groupOf.set(name, first);
  }
  return groups
    .flatMap(({ exposures: own, services }) => {
      const [leading] = [...own].sort(compareLeads);
      return leading === undefined ? [] : [{ leading, services }];
    })
    .sort((left, right) => compareLeads(left.leading, right.leading));
}

/** Parts of an API by the rule that leads; what only other rules name takes nothing of it. */
export function weighedParts(
  world: WorldIndex,
  { leading, services }: Weighed,
  isFree: (service: ServiceObservation) => boolean,
): readonly ServicePart[] {
  const parts = partsOf(world, leading).filter(({ service }) => isFree(service));
  const named = new Set(parts.map(({ service }) => serviceName(service)));
  const rest = [...services].flatMap((name): readonly ServicePart[] => {
    const service = world.services.get(name);
    return named.has(name) || service === undefined || !isFree(service)
      ? []
      : [{ service, sharePercent: 0, subset: null }];
  });
  return [...parts, ...rest];
}

/** Subsets of one Service that routes name (Istio) are its revisions, the most general rule says their shares; else it is one. */
export function subsetParts(
  world: WorldIndex,
  service: ServiceObservation,
  exposures: readonly Exposure[],
): readonly ServicePart[] {
  const name = serviceName(service);
  const naming = exposures
    .filter(({ backends }) => backends.some((backend) => backend.service === name && backend.subset !== null))
    .sort(compareLeads);
  const [leading] = naming;
  if (leading === undefined) return [{ service, sharePercent: 100, subset: null }];
  const own = partsOf(world, leading).filter((part) => part.service === service);
  const known = new Set(own.map(({ subset }) => subset?.name ?? ""));
  const rest = naming.flatMap((exposure) =>
    partsOf(world, exposure).filter((part) => {
      const subset = part.subset?.name ?? "";
      if (part.service !== service || known.has(subset)) return false;
      known.add(subset);
      return true;
    }),
  );
  return [...own, ...rest.map((part) => ({ ...part, sharePercent: 0 }))];
}
