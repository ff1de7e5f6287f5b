import { sha256Hex } from "../base/index.ts";
import type { ApiState, DiscoveredApi, ProbeTarget, ProvenanceStep, ServerKind } from "../model/index.ts";
import type { ResourceObservation, ResourcePart, ServiceObservation } from "../sources/index.ts";
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
import { chooseHttpPort } from "./choose-port.ts";
import type { DiscoverySettings } from "./discover.ts";
import { isIdle, knativeRevisions, urlAddress } from "./knative-revisions.ts";
import { uniqueFacts, workloadFacts } from "./model-facts.ts";
import { protocolOf, recogniseServer, serverNamed } from "./recognise-server.ts";
import { functionExamples } from "./function-examples.ts";
import type { Exposure } from "./routes/exposure.ts";
import { keyOf, overrideOrigin } from "./routes/exposure.ts";
import { gatherServiceFacts, revisionsOfService } from "./service-facts.ts";
import type { ServiceFacts } from "./service-facts.ts";
import type { WorldIndex } from "./world-index.ts";
import { nameOf, selectFrom } from "./world-index.ts";

/** Everything that belongs to one model resource. */
export type ResourceWork = {
  readonly resource: ResourceObservation;
  /** Its parts, with what other objects (experiments, API gateways) give it besides its own. */
  readonly parts: readonly ResourcePart[];
  readonly services: readonly ServiceObservation[];
  readonly exposures: readonly Exposure[];
  /** Addresses that further objects give it (DomainMappings, TrainedModels' hosts). */
  readonly extra: readonly FoundEndpoint[];
};

type Carried = { readonly part: ResourcePart; readonly facts: ServiceFacts | null };

function carriedBy(world: WorldIndex, work: ResourceWork): readonly Carried[] {
  const override = declaredPort(work.resource.annotations);
  return work.parts.map((part) => {
    const service = part.services
      .flatMap((name) => world.services.get(nameOf(work.resource.namespace, name)) ?? [])
      .find((candidate) => candidate.type !== "ExternalName");
    const port = service === undefined ? null : chooseHttpPort(service);
    return {
      part,
      facts: service === undefined || port === null ? null : gatherServiceFacts(world, service, port, override),
    };
  });
}

/** The resource's own word first; a pod that is ready, or nobody there at all, where it says nothing (DESIGN §14). */
function stateOf(
  world: WorldIndex,
  work: ResourceWork,
  carried: readonly Carried[],
): { readonly state: ApiState; readonly reason: string | null } {
  const { resource } = work;
  const said = { state: resource.state, reason: resource.stateReason };
  const revisions = work.parts.flatMap((part) => (part.podLabels === null ? [] : [part.name]));
  if (
    said.state !== "stopped" &&
    revisions.length > 0 &&
    revisions.every((revision) => isIdle(world, resource.namespace, revision))
  )
    return { state: "scaled-to-zero", reason: "Its revisions have no pods: Knative scaled it to zero." };
  const facts = carried.flatMap((own) => own.facts ?? []);
  if (facts.length === 0) return said;
  const seen = bestState(facts.map((own) => ({ state: own.state, reason: own.stateReason })));
  if (said.state === "unknown" && (seen.state === "ready" || seen.state === "scaled-to-zero")) return seen;
  // Whoever scales its Deployment to zero (an autoscaler, a person) does not ask its operator.
  if ((said.state === "ready" || said.state === "unready") && seen.state === "scaled-to-zero") return seen;
  return said;
}

function isHeld(state: ApiState, ready: boolean): ProbeTarget["hold"] {
  if (state === "stopped" || state === "scaled-to-zero") return state;
  return ready ? null : "not-ready";
}

function revisionsOf(
  world: WorldIndex,
  work: ResourceWork,
  carried: readonly Carried[],
  state: ApiState,
  server: ServerKind,
  modelName: string | null,
): { readonly revisions: readonly AgedRevision[]; readonly probes: readonly FoundProbe[] } {
  const { resource } = work;
  const declared = declaredPlaceOf(resource.annotations, resource.namespace);
  const fallback = [urlAddress(resource.internalUrl), ...resource.publicUrls.map(urlAddress)].flatMap(
    (address) => address ?? [],
  );
  const targets = work.parts.filter((part) => part.podLabels !== null);
  if (targets.length > 0)
    return knativeRevisions(world, {
      namespace: resource.namespace,
      uid: resource.uid,
      targets,
      state,
      server,
      modelName,
      declared,
      fallback,
    });
  const revisions: AgedRevision[] = [];
  const probes: FoundProbe[] = [];
  const single = carried.length === 1 && resource.requiredHeaders.length === 0;
  for (const { part, facts } of carried) {
    if (facts !== null) {
      const held = state === "stopped" || state === "scaled-to-zero" ? { ...facts, state } : facts;
      const made = revisionsOfService(held, {
        share: part.percent,
        server,
        modelName,
        declared,
        revisionName: part.name,
        fallback: single ? fallback : [],
      });
      const known = facts.groups.length > 0;
      revisions.push(
        ...made.revisions.map((revision) => ({
          since: made.since,
          revision: known
            ? revision
            : {
                ...revision,
                ready: part.ready ?? state === "ready",
                images: revision.images.length > 0 ? revision.images : part.images,
              },
        })),
      );
      probes.push(...made.probes);
      continue;
    }
    const ready = part.ready ?? state === "ready";
    const images = part.images.length > 0 ? part.images : resource.containers.map((container) => container.image);
    revisions.push({
      revision: { name: part.name, trafficPercent: part.percent, ready, images },
      since: resource.createdAt,
    });
    probes.push({
      revision: part.name,
      probeKey: sha256Hex(
        JSON.stringify([resource.uid, resource.generation, part.name, images, declared, server, modelName]),
      ).slice(0, 32),
      server,
      modelName,
      declared,
      addresses: single ? fallback : [],
      basePath: "",
      hold: declared !== null && declared.kind !== "path" ? null : isHeld(state, ready),
    });
  }
  return { revisions, probes };
}

/** Addresses that the resource's own status gives. */
function ownEndpoints(world: WorldIndex, resource: ResourceObservation): readonly FoundEndpoint[] {
  return resource.publicUrls.flatMap((url): readonly FoundEndpoint[] => {
    if (!URL.canParse(url)) return [];
    const { hostname, pathname, protocol } = new URL(url);
    if ((protocol !== "http:" && protocol !== "https:") || hostname.includes("*")) return [];
    const path = pathname.replace(/\/+$/, "");
    const isFiction =
      resource.group === "serving.kserve.io" && (hostname === "example.com" || hostname.endsWith(".example.com"));
    return [
      {
        url: url.replace(/\/+$/, ""),
        reach: "public",
        paths: [
          { match: "prefix", publicPath: path === "" ? "/" : path, backendPath: "/", methods: null, headers: [] },
        ],
        requiredHeaders: resource.requiredHeaders,
        address: urlAddress(url),
        via: keyOf(world, resource),
        problem: isFiction
          ? "KServe's ingress domain was never configured (example.com): this address is fiction."
          : null,
      },
    ];
  });
}

/** The status's own address and the route that makes it are one: the route knows the port, the status the whole path. */
function joinEndpoints(own: readonly FoundEndpoint[], routed: readonly FoundEndpoint[]): readonly FoundEndpoint[] {
  const parts = (endpoint: FoundEndpoint): { readonly host: string; readonly path: string } => {
    const { hostname, pathname } = new URL(endpoint.url);
    return { host: hostname, path: pathname.replace(/\/+$/, "") };
  };
  const covers = (wide: FoundEndpoint, narrow: FoundEndpoint): boolean => {
    const [left, right] = [parts(wide), parts(narrow)];
    return left.host === right.host && right.path !== left.path && right.path.startsWith(`${left.path}/`);
  };
  const same = (left: FoundEndpoint, right: FoundEndpoint): boolean => {
    const [one, other] = [parts(left), parts(right)];
    return one.host === other.host && one.path === other.path;
  };
  return [
    ...own.filter((endpoint) => !routed.some((route) => same(endpoint, route))),
    ...routed.filter((route) => !own.some((endpoint) => covers(endpoint, route))),
  ];
}

function clusterEndpoint(world: WorldIndex, resource: ResourceObservation): readonly FoundEndpoint[] {
  const url = resource.internalUrl;
  if (url === null || !URL.canParse(url)) return [];
  return [
    {
      url: url.replace(/\/+$/, ""),
      reach: "cluster",
      paths: [{ match: "prefix", publicPath: "/", backendPath: "/", methods: null, headers: [] }],
      requiredHeaders: resource.requiredHeaders,
      address: null,
      via: keyOf(world, resource),
      problem: null,
    },
  ];
}

function provenanceOf(world: WorldIndex, work: ResourceWork): readonly ProvenanceStep[] {
  const { resource, exposures, services } = work;
  return [
    ...exposures.map((exposure) => ({
      object: keyOf(world, exposure.route),
      says:
        exposure.endpoints.length === 0
          ? (exposure.problem ?? "routes to it, under no address that can be called")
          : `routes ${exposure.endpoints
              .slice(0, 3)
              .map((endpoint) => endpoint.url)
              .join(", ")} to it`,
    })),
    { object: keyOf(world, resource), says: resource.says },
    ...services.slice(0, 6).map((service) => ({ object: keyOf(world, service), says: "belongs to it" })),
  ];
}

/** One API for a model resource of any kind but InferenceService; what belongs to it folds into it. */
export function buildResourceApi(
  world: WorldIndex,
  settings: DiscoverySettings,
  work: ResourceWork,
): { readonly api: DiscoveredApi; readonly warnings: readonly string[] } {
  const { resource, exposures } = work;
  const annotations = mergeAnnotations([resource.annotations, ...work.services.map((service) => service.annotations)]);
  const carried = carriedBy(world, work);
  const facts = carried.flatMap((own) => own.facts ?? []);
  const pods = work.parts.flatMap((part) =>
    part.podLabels === null
      ? []
      : selectFrom(world.podsByLabel, resource.namespace, part.podLabels, (pod) => pod.labels),
  );
  const recognition = recogniseServer([
    ...resource.containers,
    ...pods.flatMap((pod) => pod.containers),
    ...facts.flatMap((own) => own.containers),
  ]);
  const server =
    serverNamed(annotation(annotations, "server")) ?? resource.server ?? recognition?.server ?? "unknown-http";
  const modelName = resource.modelName ?? recognition?.modelName ?? null;
  const { state, reason } = stateOf(world, work, carried);
  const made = revisionsOf(world, work, carried, state, server, modelName);
  const routed = exposures.flatMap((exposure) =>
    exposure.endpoints.map((endpoint) => ({
      ...endpoint,
      requiredHeaders: [...endpoint.requiredHeaders, ...resource.requiredHeaders],
    })),
  );
  const override = annotation(annotations, "public-url");
  const endpoints = [...joinEndpoints(ownEndpoints(world, resource), routed), ...work.extra];
  const { visibility, warning } = visibilityOf(
    annotations,
    settings.publicNamespaces.includes("*") || settings.publicNamespaces.includes(resource.namespace),
  );
  const api = settle(
    {
      key: keyOf(world, resource),
      title: shortText(annotations, "title"),
      protocol: resource.protocol ?? protocolOf(server),
      server,
      modelName,
      owner: shortText(annotations, "owner"),
      visibility,
      tags: tagsOf(annotations),
      state,
      stateReason: joinReasons(
        reason,
        exposures.map((exposure) => exposure.problem),
      ),
      endpoints: [
        ...endpoints.map((endpoint) => (override === undefined ? endpoint : overrideOrigin(endpoint, override))),
        ...clusterEndpoint(world, resource),
      ],
      internalUrl: resource.internalUrl?.replace(/\/+$/, "") ?? null,
      facts: uniqueFacts([...resource.facts, ...workloadFacts(world, facts, exposures)]),
      confirmedByCluster: world.confirming,
    },
    {
      ...made,
      provenance: provenanceOf(world, work),
      headers: resource.requiredHeaders,
      examples: resource.kind === "NuclioFunction" ? functionExamples(world, resource) : [],
    },
  );
  return { api, warnings: warning === null ? [] : [warning] };
}
