import type { ObjectKey, PinnedAddress, ProvenanceStep } from "../model/index.ts";
import type { Observed, ServiceObservation, ServicePort } from "../sources/index.ts";
import { declaredPort } from "./annotations.ts";
import { bestState, settle } from "./assemble-api.ts";
import type { AgedRevision, FoundProbe } from "./assemble-api.ts";
import { chooseGrpcPort, chooseHttpPort, isGrpcPort, isPort } from "./choose-port.ts";
import type { DiscoverySettings } from "./discover.ts";
import { labelFacts, pooledModelName, serverFacts, splitFact, uniqueFacts, workloadFacts } from "./model-facts.ts";
import { ownersEndpoints, readWords } from "./owners-words.ts";
import { tellExposure } from "./provenance.ts";
import { recogniseServer } from "./recognition/recognise-server.ts";
import { protocolOf } from "./recognition/server-titles.ts";
import type { BuiltApi } from "./resource-api.ts";
import type { Exposure } from "./routes/exposure.ts";
import { keyOf } from "./routes/exposure.ts";
import { clusterEndpoints, internalUrlOf, loadBalancerEndpoints } from "./service-endpoints.ts";
import { gatherServiceFacts, revisionsOfService, workloadOf } from "./service-facts.ts";
import type { ServiceFacts } from "./service-facts.ts";
import type { WorldIndex } from "./world-index.ts";
import { nameOf, serviceName } from "./names.ts";

/** A Service that takes part in an API, and the share of traffic that its routes give it. */
export type ServicePart = {
  readonly service: ServiceObservation;
  readonly sharePercent: number;
  /** A subset of its pods; its labels are null where nothing says them. Null for all of them. */
  readonly subset: { readonly name: string; readonly labels: Readonly<Record<string, string>> | null } | null;
};

/** Everything that is one API out of Services. */
export type ServiceWork = {
  /** What it is known by. */
  readonly key: ObjectKey;
  readonly parts: readonly ServicePart[];
  readonly exposures: readonly Exposure[];
  /** Services that pick the same pods and lead to the same port: other names of the same thing. */
  readonly twins: readonly ServiceObservation[];
};

/** Ports that routes lead to at one Service, those for HTTP or those for gRPC. */
function routedPorts(
  service: ServiceObservation,
  exposures: readonly Exposure[],
  isGrpc: boolean,
): readonly (number | string)[] {
  return exposures
    .filter((exposure) => exposure.isGrpc === isGrpc)
    .flatMap(({ backends }) => backends)
    .flatMap((backend) => (backend.service === serviceName(service) && backend.port !== null ? [backend.port] : []));
}

function isGrpcOnly(exposures: readonly Exposure[]): boolean {
  return exposures.length > 0 && exposures.every(({ isGrpc }) => isGrpc);
}

/** The port that callers of a Service use: the one that routes lead to, else the one that speaks HTTP, else gRPC. */
export function portOf(service: ServiceObservation, exposures: readonly Exposure[]): ServicePort | null {
  const grpc = routedPorts(service, exposures, true);
  if (isGrpcOnly(exposures))
    return chooseGrpcPort(service, grpc) ?? chooseHttpPort(service) ?? service.ports[0] ?? null;
  return chooseHttpPort(service, routedPorts(service, exposures, false)) ?? chooseGrpcPort(service, grpc);
}

/** True where a route leads to another port of a Service than the one that the API is: that is another server. */
function leadsElsewhere(exposure: Exposure, facts: readonly ServiceFacts[]): boolean {
  const own = exposure.backends.filter(({ port, service }) =>
    facts.some((fact) => serviceName(fact.service) === service && port !== null),
  );
  return (
    own.length > 0 &&
    own.every(({ port, service }) =>
      facts.every((fact) => serviceName(fact.service) !== service || port === null || !isSamePort(fact, port)),
    )
  );
}

/** The same port, or another one of the Service that leads to the same port of its pods. */
function isSamePort({ service, port }: ServiceFacts, wanted: number | string): boolean {
  if (isPort(port, wanted)) return true;
  const other = service.ports.find((candidate) => isPort(candidate, wanted));
  return other === undefined || other.targetPort === port.targetPort;
}

/** The route's address, for what has neither pods nor a Service address that is known; never where traffic is split. */
function fallbackAddresses(exposures: readonly Exposure[]): readonly PinnedAddress[] {
  if (exposures.some(({ backends }) => backends.length > 1)) return [];
  return exposures
    .flatMap((exposure) =>
      exposure.endpoints
        .filter((endpoint) => endpoint.paths.every((path) => path.publicPath === "/" && path.backendPath === "/"))
        .flatMap((endpoint) => endpoint.address ?? []),
    )
    .slice(0, 1);
}

function provenanceOf(
  world: WorldIndex,
  work: ServiceWork,
  facts: readonly ServiceFacts[],
  elsewhere: readonly Exposure[],
  because: string | null,
): readonly ProvenanceStep[] {
  const steps: ProvenanceStep[] = work.exposures.flatMap((exposure) =>
    elsewhere.includes(exposure) && !exposure.isGrpc
      ? [{ object: keyOf(world, exposure.route), says: "leads to another port of it, which is another server" }]
      : tellExposure(world, exposure),
  );
  for (const fact of facts) {
    steps.push({ object: keyOf(world, fact.service), says: `sends port ${String(fact.port.port)} to its pods` });
    for (const workload of fact.workloads.slice(0, 4))
      steps.push({
        object: keyOf(world, workload),
        says: `wants ${String(workload.replicas)} and has ${String(workload.readyReplicas)} ready pods`,
      });
    for (const pod of fact.groups.flatMap((group) => group.pods).slice(0, 4))
      steps.push({
        object: keyOf(world, pod),
        says:
          because ??
          `runs ${pod.containers
            .map(({ image }) => image)
            .join(", ")
            .slice(0, 200)}`,
      });
  }
  for (const twin of work.twins) steps.push({ object: keyOf(world, twin), says: "leads to the same pods" });
  return steps;
}

type Gathered = { readonly part: ServicePart; readonly fact: ServiceFacts };

function gather(
  world: WorldIndex,
  settings: DiscoverySettings,
  work: ServiceWork,
  override: number | null,
): readonly Gathered[] {
  return work.parts.flatMap((part) => {
    const port = portOf(part.service, work.exposures);
    if (port === null) return [];
    const labels = part.subset?.labels ?? null;
    return [{ part, fact: gatherServiceFacts(world, settings.portal, part.service, port, override, labels) }];
  });
}

/** What is wrong with routes that lead to an API; of one that may not lead there its chain of proof tells. */
export function problemsOf(exposures: readonly Exposure[]): readonly (string | null)[] {
  return [...new Set(exposures.map(({ problem, isRefused }) => (isRefused === true ? null : problem)))];
}

/** Where one rule splits its calls otherwise than the API's revisions say. */
function splitProblem(exposure: Exposure, parts: readonly ServicePart[]): string | null {
  if (parts.length < 2) return null;
  const shares = new Map<string, number>();
  for (const { service, sharePercent } of exposure.backends)
    shares.set(service, (shares.get(service) ?? 0) + sharePercent);
  const expected = new Map<string, number>();
  for (const { service, sharePercent } of parts)
    expected.set(serviceName(service), (expected.get(serviceName(service)) ?? 0) + sharePercent);
  if ([...expected].every(([name, share]) => (shares.get(name) ?? 0) === share)) return null;
  const told = [...shares].filter(([, share]) => share > 0);
  const [only] = told;
  if (only !== undefined && told.length === 1) return `Calls there go to ${only[0]} alone.`;
  return `Calls there are split otherwise: ${told.map(([name, share]) => `${name} ${String(share)} %`).join(", ")}.`;
}

/** Of URLs that several APIs share: how many of the calls come to this one. */
export function sharedProblem(exposure: Exposure, own: ReadonlySet<string>): string | null {
  const mine = exposure.backends.filter(({ service }) => own.has(service));
  const share = Math.round(mine.reduce((sum, { sharePercent }) => sum + sharePercent, 0) * 10) / 10;
  const others = exposure.backends.filter(
    ({ service, weight, problem }) => !own.has(service) && weight > 0 && problem === null,
  );
  if (others.length === 0) return null;
  return `${String(share)} % of the calls there come to this one; the others go to ${[...new Set(others.map(({ service }) => service.replace("#pool", "")))].join(", ")}.`;
}

/**
 * One API out of one or several Services that routes weigh. Null where no Service of it has a port that callers could use.
 * What routes of other namespaces say of themselves has no say here; they only lead to it.
 */
export function buildServiceApi(world: WorldIndex, settings: DiscoverySettings, work: ServiceWork): BuiltApi | null {
  const { key, parts, exposures, twins } = work;
  const services = [...new Set(parts.map(({ service }) => service))];
  const spaces = new Set([key.namespace, ...services.map(({ namespace }) => namespace)]);
  const routes = [...new Set(exposures.map(({ route }) => route))].filter(({ namespace }) => spaces.has(namespace));
  const first = gather(world, settings, work, null);
  const workloads = [...new Set(first.flatMap(({ fact }) => fact.workloads))];
  const holders: readonly Observed[] = [...services, ...twins, ...workloads];
  const words = readWords(holders, routes, key.namespace, settings.publicNamespaces);
  const override = declaredPort(words.annotations);
  const gathered = override === null ? first : gather(world, settings, work, override);
  const [main] = [...gathered].sort((left, right) => right.part.sharePercent - left.part.sharePercent);
  if (main === undefined) return null;
  const facts = gathered.map(({ fact }) => fact);
  const recognition = gathered.map(({ fact }) => recogniseServer(workloadOf(fact))).find((own) => own !== null) ?? null;
  const server = words.server ?? recognition?.server ?? "unknown-http";
  const pooled = facts.flatMap(({ service }) =>
    service.kind === "InferencePool" ? (pooledModelName(world, service) ?? []) : [],
  );
  const modelName = recognition?.modelName ?? pooled[0] ?? null;
  const elsewhere = exposures.filter((exposure) => leadsElsewhere(exposure, facts));
  const leading = exposures.filter((exposure) => !elsewhere.includes(exposure));
  const revisions: AgedRevision[] = [];
  const probes: FoundProbe[] = [];
  for (const { part, fact } of gathered) {
    const { subset } = part;
    const own = recogniseServer(workloadOf(fact));
    const made = revisionsOfService(fact, {
      ...(subset === null ? {} : { revisionName: subset.name, isPart: true }),
      share: part.sharePercent,
      server,
      modelName: own?.modelName ?? modelName,
      declared: words.declared,
      mayWake: words.mayWake,
      fallback: fallbackAddresses(leading),
    });
    revisions.push(...made.revisions);
    probes.push(...made.probes);
  }
  const { state, reason } = bestState(facts.map((fact) => fact.state));
  const own = new Set([...services, ...twins].map(serviceName));
  const isGrpc = isGrpcOnly(leading) || isGrpcPort(main.fact.port);
  const called = leading.filter((exposure) => exposure.isGrpc === isGrpc || isGrpc);
  const outside = [
    ...called.flatMap((exposure) => {
      const shared = sharedProblem(exposure, own) ?? splitProblem(exposure, parts);
      return exposure.endpoints.map((endpoint) => ({ ...endpoint, problem: endpoint.problem ?? shared }));
    }),
    ...[...new Set(gathered.map(({ fact }) => fact.service)), ...twins].flatMap((service) =>
      loadBalancerEndpoints(world, service, portOf(service, leading)),
    ),
  ];
  const inside = insidePorts([main.fact, ...facts], twins, leading);
  const pods = facts.flatMap((fact) => fact.groups.flatMap((group) => group.pods));
  const api = settle(
    {
      key,
      title: words.title,
      protocol: isGrpc ? "grpc" : recognition?.server === server ? recognition.protocol : protocolOf(server),
      server,
      modelName,
      owner: words.owner,
      visibility: words.visibility,
      tags: words.tags,
      state,
      stateReason: reason,
      problems: problemsOf(leading),
      endpoints: [
        ...ownersEndpoints(outside, words, key),
        ...inside.flatMap(({ service, port }) => clusterEndpoints(world, service, port)),
      ],
      internalUrl: inside.map(({ service, port }) => internalUrlOf(service, port)).find((url) => url !== null) ?? null,
      facts: uniqueFacts([
        ...(modelName === null ? [] : [{ name: "Model name", value: modelName }]),
        ...serverFacts(
          server,
          recognition,
          facts.flatMap((fact) => fact.containers),
          pods.flatMap((pod) => pod.imageIds),
        ),
        ...splitFact(revisions.map(({ revision }) => revision)),
        ...workloadFacts(world, facts, [...leading, ...elsewhere.filter((exposure) => exposure.isGrpc)]),
        ...labelFacts([...holders, ...pods.slice(0, 1)]),
      ]),
      confirmedByCluster: world.confirming,
    },
    [key, ...[...services, ...twins].map((service) => keyOf(world, service))],
    {
      revisions,
      probes,
      provenance: provenanceOf(world, work, facts, elsewhere, recognition?.because ?? null),
      prefixes: prefixesOf(called),
    },
  );
  return {
    api,
    warnings: words.warnings,
    annotations: words.annotations,
    since: services.map((service) => service.createdAt).sort()[0] ?? "",
  };
}

type ServiceOfPort = Pick<ServiceFacts, "service" | "port">;

/** Ports inside of the cluster, the main one first. A pool has no address of its own; a Service of the same pods has one. */
function insidePorts(
  facts: readonly ServiceFacts[],
  twins: readonly ServiceObservation[],
  exposures: readonly Exposure[],
): readonly ServiceOfPort[] {
  const own = [...new Map(facts.map((fact) => [fact.service, fact])).values()];
  if (own.some(({ service }) => service.kind !== "InferencePool")) return own;
  return twins.flatMap((service) => {
    const port = portOf(service, exposures);
    return port === null ? [] : [{ service, port }];
  });
}

const prefixesMax = 8;

/** Prefixes that the workload itself sees, as routes pass them on: an application may have its document below one. */
function prefixesOf(exposures: readonly Exposure[]): readonly string[] {
  const seen = exposures
    .flatMap(({ endpoints }) => endpoints)
    .flatMap(({ paths }) => paths)
    .flatMap(({ match, backendPath }) =>
      match === "exact" || backendPath === "/" ? [] : [backendPath.replace(/\/+$/, "")],
    )
    .filter((path) => path !== "" && !/[{}?#]/.test(path));
  return [...new Set(seen)].sort().slice(0, prefixesMax);
}

/** The Services that an exposure names and that exist, with their subsets. */
export function partsOf(world: WorldIndex, exposure: Exposure): readonly ServicePart[] {
  return exposure.backends.flatMap((backend) => {
    const service = world.services.get(backend.service);
    if (service === undefined || backend.problem !== null) return [];
    const { subset: name, sharePercent } = backend;
    const labels = world.destinationRules
      .get(nameOf(service.namespace, service.name))
      ?.flatMap((rule) => rule.subsets)
      .find((candidate) => candidate.name === name)?.labels;
    return [{ service, sharePercent, subset: name === null ? null : { name, labels: labels ?? null } }];
  });
}
