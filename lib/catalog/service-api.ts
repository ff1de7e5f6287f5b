import type { DiscoveredApi, DiscoveredEndpoint, ObjectKey, PinnedAddress, ProvenanceStep } from "../model/index.ts";
import type { Observed, ServiceObservation } from "../sources/index.ts";
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
import type { AgedRevision } from "./assemble-api.ts";
import { chooseHttpPort, isTlsPort } from "./choose-port.ts";
import type { DiscoverySettings } from "./discover.ts";
import { protocolOf, recogniseServer, serverNamed } from "./recognise-server.ts";
import type { Exposure } from "./route-exposure.ts";
import { keyOf, overrideOrigin } from "./route-exposure.ts";
import { gatherServiceFacts, revisionsOfService, serviceAddress } from "./service-facts.ts";
import type { ServiceFacts } from "./service-facts.ts";
import type { WorldIndex } from "./world-index.ts";
import { nameOf } from "./world-index.ts";

/** A Service that takes part in an API, and the share of traffic that its routes give it. */
export type ServicePart = { readonly service: ServiceObservation; readonly sharePercent: number };

export type ServiceApi = {
  readonly api: DiscoveredApi;
  readonly facts: readonly ServiceFacts[];
  readonly warnings: readonly string[];
};

/** How callers inside the cluster reach a Service. */
export function internalUrlOf(facts: ServiceFacts): string {
  const scheme = isTlsPort(facts.port) ? "https" : "http";
  return `${scheme}://${facts.service.name}.${facts.service.namespace}.svc:${String(facts.port.port)}`;
}

export function clusterEndpoint(world: WorldIndex, facts: ServiceFacts): DiscoveredEndpoint {
  return {
    url: internalUrlOf(facts),
    reach: "cluster",
    paths: [{ match: "prefix", publicPath: "/", backendPath: "/", methods: null }],
    requiredHeaders: [],
    address: serviceAddress(facts),
    via: keyOf(world, facts.service),
    problem: null,
  };
}

function loadBalancerEndpoints(world: WorldIndex, facts: ServiceFacts): readonly DiscoveredEndpoint[] {
  const { service, port } = facts;
  const scheme = isTlsPort(port) ? "https" : "http";
  const suffix = (scheme === "https" ? 443 : 80) === port.port ? "" : `:${String(port.port)}`;
  return service.loadBalancer.slice(0, 4).map((host) => ({
    url: `${scheme}://${host.includes(":") ? `[${host}]` : host}${suffix}`,
    reach: "public",
    paths: [{ match: "prefix", publicPath: "/", backendPath: "/", methods: null }],
    requiredHeaders: [],
    address: { scheme, host, port: port.port, hostHeader: null },
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
  const facts = parts.flatMap(({ service, sharePercent }) => {
    const port = chooseHttpPort(service);
    return port === null
      ? []
      : [{ fact: gatherServiceFacts(world, service, port, declaredPort(annotations)), sharePercent }];
  });
  const [main] = [...facts].sort((left, right) => right.sharePercent - left.sharePercent);
  if (main === undefined) return null;
  const recognition = recogniseServer(facts.flatMap(({ fact }) => fact.containers));
  const server = serverNamed(annotation(annotations, "server")) ?? recognition?.server ?? "unknown-http";
  const declared = declaredPlaceOf(annotations, key.namespace);
  const isSplit = facts.length > 1;
  const revisions: AgedRevision[] = [];
  const probes: DiscoveredApi["probes"][number][] = [];
  for (const { fact, sharePercent } of facts) {
    const made = revisionsOfService(fact, {
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
      protocol: recognition?.server === server ? recognition.protocol : protocolOf(server),
      server,
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
        ...facts.map(({ fact }) => clusterEndpoint(world, fact)),
      ],
      internalUrl: internalUrlOf(main.fact),
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
    return service === undefined ? [] : [{ service, sharePercent: backend.sharePercent }];
  });
}

export function serviceName(service: ServiceObservation): string {
  return nameOf(service.namespace, service.name);
}
