import type { DiscoveredApi, ObjectKey, PinnedAddress, ProvenanceStep } from "../model/index.ts";
import type { Observed, ServiceObservation, ServicePort } from "../sources/index.ts";
import {
  annotation,
  declaredPlaceOf,
  declaredPort,
  mergeAnnotations,
  shortText,
  tagsOf,
  visibilityOf,
} from "./annotations.ts";
import { bestState, joinReasons, settle } from "./assemble-api.ts";
import type { AgedRevision, FoundEndpoint, FoundProbe } from "./assemble-api.ts";
import { chooseHttpPort, isTlsPort } from "./choose-port.ts";
import type { DiscoverySettings } from "./discover.ts";
import { workloadFacts } from "./model-facts.ts";
import { protocolOf, recogniseServer, serverNamed } from "./recognise-server.ts";
import type { Exposure } from "./routes/exposure.ts";
import { keyOf, originOf, overrideOrigin } from "./routes/exposure.ts";
import { gatherServiceFacts, revisionsOfService, serviceAddress } from "./service-facts.ts";
import type { ServiceFacts } from "./service-facts.ts";
import type { WorldIndex } from "./world-index.ts";
import { nameOf, serviceName } from "./world-index.ts";

/** A Service that takes part in an API, and the share of traffic that its routes give it. */
export type ServicePart = {
  readonly service: ServiceObservation;
  readonly sharePercent: number;
  /** A subset of its pods; its labels are null where nothing says them. Null for all of them. */
  readonly subset: { readonly name: string; readonly labels: Readonly<Record<string, string>> | null } | null;
};

export type ServiceApi = {
  readonly api: DiscoveredApi;
  readonly facts: readonly ServiceFacts[];
  readonly warnings: readonly string[];
};

/** How callers inside the cluster reach a Service; null for a pool, which has no address of its own. */
export function internalUrlOf(facts: ServiceFacts): string | null {
  if (facts.service.kind === "InferencePool") return null;
  const scheme = isTlsPort(facts.port) ? "https" : "http";
  return `${scheme}://${facts.service.name}.${facts.service.namespace}.svc:${String(facts.port.port)}`;
}

export function clusterEndpoints(world: WorldIndex, facts: ServiceFacts): readonly FoundEndpoint[] {
  const url = internalUrlOf(facts);
  if (url === null) return [];
  const endpoint: FoundEndpoint = {
    url,
    reach: "cluster",
    paths: [{ match: "prefix", publicPath: "/", backendPath: "/", methods: null, headers: [] }],
    requiredHeaders: [],
    address: serviceAddress(facts),
    via: keyOf(world, facts.service),
    problem: null,
  };
  return [endpoint];
}

/** Names that somebody gave a load balancer outside of the cluster; with them, its address is nobody's business. */
function namesOutside(service: ServiceObservation): readonly string[] {
  const named = service.annotations["external-dns.alpha.kubernetes.io/hostname"] ?? "";
  return named
    .split(",")
    .map((name) => name.trim().toLowerCase().replace(/\.$/, ""))
    .filter((name) => /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(name));
}

/** TLS that ends at a cloud's load balancer is said in annotations, by port's number or name or for all. */
function endsTls(service: ServiceObservation, port: ServiceFacts["port"]): boolean {
  const said = service.annotations["service.beta.kubernetes.io/aws-load-balancer-ssl-ports"];
  const ports = said?.split(",").map((entry) => entry.trim()) ?? [];
  return ports.includes("*") || ports.includes(String(port.port)) || (port.name !== "" && ports.includes(port.name));
}

function loadBalancerEndpoints(world: WorldIndex, facts: ServiceFacts): readonly FoundEndpoint[] {
  const { service, port } = facts;
  const scheme = isTlsPort(port) || endsTls(service, port) ? "https" : "http";
  const names = service.loadBalancer.length > 0 || !world.confirming ? namesOutside(service) : [];
  const hosts = service.type !== "LoadBalancer" ? [] : names.length > 0 ? names : service.loadBalancer;
  return hosts.slice(0, 4).map((host) => ({
    url: originOf(scheme, host, port.port),
    reach: "public",
    paths: [{ match: "prefix", publicPath: "/", backendPath: "/", methods: null, headers: [] }],
    requiredHeaders: [],
    address: {
      scheme,
      host: service.loadBalancer[0] ?? host,
      port: port.port,
      hostHeader: names.length > 0 ? host : null,
    },
    via: keyOf(world, service),
    problem: null,
  }));
}

/** The route's address, for what has neither pods nor a Service address that is known; never where traffic is split. */
function fallbackAddresses(exposures: readonly Exposure[], isSplit: boolean): readonly PinnedAddress[] {
  if (isSplit) return [];
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
  facts: readonly ServiceFacts[],
  exposures: readonly Exposure[],
  because: string | null,
): readonly ProvenanceStep[] {
  const steps: ProvenanceStep[] = exposures.map((exposure) => ({
    object: keyOf(world, exposure.route),
    says:
      exposure.endpoints.length === 0
        ? (exposure.problem ?? "routes to it, under no address that can be called")
        : `routes ${exposure.endpoints
            .slice(0, 3)
            .map((endpoint) => endpoint.url)
            .join(", ")} to it`,
  }));
  for (const fact of facts) {
    steps.push({ object: keyOf(world, fact.service), says: `sends port ${String(fact.port.port)} to its pods` });
    for (const deployment of fact.deployments.slice(0, 4))
      steps.push({
        object: keyOf(world, deployment),
        says: `wants ${String(deployment.replicas)} and has ${String(deployment.readyReplicas)} ready pods`,
      });
    for (const pod of fact.groups.flatMap((group) => group.pods).slice(0, 4))
      steps.push({
        object: keyOf(world, pod),
        says:
          because ??
          `runs ${pod.containers
            .map((container) => container.image)
            .join(", ")
            .slice(0, 200)}`,
      });
  }
  return steps;
}

/**
 * One API out of one or several Services that routes weigh. `key` is what it is known by; `holders` carry its annotations,
 * the most telling first. Null where no Service of it has a port that speaks HTTP.
 */
export function buildServiceApi(
  world: WorldIndex,
  settings: DiscoverySettings,
  key: ObjectKey,
  parts: readonly ServicePart[],
  exposures: readonly Exposure[],
  holders: readonly Observed[],
): ServiceApi | null {
  const annotations = mergeAnnotations(holders.map((holder) => holder.annotations));
  const facts = parts.flatMap(({ service, sharePercent, subset }) => {
    const port = chooseHttpPort(service) ?? grpcPort(service, exposures);
    return port === null
      ? []
      : [
          {
            fact: gatherServiceFacts(world, service, port, declaredPort(annotations), subset?.labels ?? null),
            sharePercent,
            subset,
          },
        ];
  });
  const [main] = [...facts].sort((left, right) => right.sharePercent - left.sharePercent);
  if (main === undefined) return null;
  const recognition = recogniseServer(facts.flatMap(({ fact }) => fact.containers));
  const server = serverNamed(annotation(annotations, "server")) ?? recognition?.server ?? "unknown-http";
  const declared = declaredPlaceOf(annotations, key.namespace);
  const isSplit = facts.length > 1;
  const revisions: AgedRevision[] = [];
  const probes: FoundProbe[] = [];
  for (const { fact, sharePercent, subset } of facts) {
    const made = revisionsOfService(fact, {
      ...(subset === null ? {} : { revisionName: subset.name, isPart: true }),
      share: sharePercent,
      server,
      modelName: recognition?.modelName ?? null,
      declared,
      fallback: fallbackAddresses(exposures, isSplit),
    });
    revisions.push(...made.revisions.map((revision) => ({ revision, since: made.since })));
    probes.push(...made.probes);
  }
  const { state, reason } = bestState(facts.map(({ fact }) => ({ state: fact.state, reason: fact.stateReason })));
  const override = annotation(annotations, "public-url");
  const { visibility, warning } = visibilityOf(
    annotations,
    settings.publicNamespaces.includes("*") || settings.publicNamespaces.includes(key.namespace),
  );
  const publicEndpoints = [
    ...exposures.flatMap((exposure) => exposure.endpoints),
    ...facts.flatMap(({ fact }) => loadBalancerEndpoints(world, fact)),
  ];
  const api = settle(
    {
      key,
      title: shortText(annotations, "title"),
      protocol: isGrpc(exposures) ? "grpc" : recognition?.server === server ? recognition.protocol : protocolOf(server),
      server,
      modelName: recognition?.modelName ?? null,
      owner: shortText(annotations, "owner"),
      visibility,
      tags: tagsOf(annotations),
      state,
      stateReason: joinReasons(
        reason,
        exposures.map((exposure) => exposure.problem),
      ),
      endpoints: [
        ...publicEndpoints.map((endpoint) => (override === undefined ? endpoint : overrideOrigin(endpoint, override))),
        ...[...new Map(facts.map(({ fact }) => [serviceName(fact.service), fact])).values()].flatMap((fact) =>
          clusterEndpoints(world, fact),
        ),
      ],
      internalUrl: internalUrlOf(main.fact),
      facts: workloadFacts(
        world,
        facts.map(({ fact }) => fact),
        exposures,
      ),
      confirmedByCluster: world.confirming,
    },
    {
      revisions,
      probes,
      provenance: provenanceOf(
        world,
        facts.map(({ fact }) => fact),
        exposures,
        recognition?.because ?? null,
      ),
    },
  );
  return { api, facts: facts.map(({ fact }) => fact), warnings: warning === null ? [] : [warning] };
}

/** The services named by an exposure that exist. */
export function partsOf(world: WorldIndex, exposure: Exposure): readonly ServicePart[] {
  return exposure.backends.flatMap((backend) => {
    const service = world.services.get(backend.service);
    if (service === undefined) return [];
    const { subset: name, sharePercent } = backend;
    const labels = world.destinationRules
      .get(nameOf(service.namespace, service.name))
      ?.flatMap((rule) => rule.subsets)
      .find((candidate) => candidate.name === name)?.labels;
    return [{ service, sharePercent, subset: name === null ? null : { name, labels: labels ?? null } }];
  });
}

function isGrpc(exposures: readonly Exposure[]): boolean {
  return exposures.length > 0 && exposures.every(({ route }) => route.kind === "GRPCRoute");
}

/** A Service that only speaks gRPC has a port for it where a GRPCRoute leads to it. */
function grpcPort(service: ServiceObservation, exposures: readonly Exposure[]): ServicePort | null {
  if (!isGrpc(exposures)) return null;
  return (
    service.ports.find((port) => port.appProtocol.includes("grpc") || port.name.startsWith("grpc")) ??
    service.ports[0] ??
    null
  );
}
