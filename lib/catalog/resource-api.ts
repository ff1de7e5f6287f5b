import { sha256Hex } from "../base/index.ts";
import type {
  Composed,
  DiscoveredApi,
  ModelFact,
  ObjectKey,
  PinnedAddress,
  ProvenanceStep,
  ServerKind,
} from "../model/index.ts";
import type {
  ContainerFact,
  Observed,
  PodObservation,
  ResourceObservation,
  ResourcePart,
  ServiceObservation,
} from "../sources/index.ts";
import { declaredPort } from "./annotations.ts";
import { bestState, settle } from "./assemble-api.ts";
import type { AgedRevision, FoundEndpoint, FoundProbe, SaidState } from "./assemble-api.ts";
import { chooseHttpPort } from "./choose-port.ts";
import type { DiscoverySettings } from "./discover.ts";
import { functionExamples } from "./function-examples.ts";
import { knativeRevision, lookAtRevision, stateOfRevision, urlAddress } from "./knative-revisions.ts";
import type { RevisionLook } from "./knative-revisions.ts";
import { kserveServer } from "./kserve-server.ts";
import { fact, labelFacts, serverFacts, splitFact, uniqueFacts, workloadFacts } from "./model-facts.ts";
import { ownersEndpoints, readWords } from "./owners-words.ts";
import type { Words } from "./owners-words.ts";
import { tellExposure } from "./provenance.ts";
import { recogniseServer } from "./recognition/recognise-server.ts";
import type { Recognition } from "./recognition/recognise-server.ts";
import { protocolOf } from "./recognition/server-titles.ts";
import { resourceEndpoints } from "./resource-endpoints.ts";
import type { Exposure } from "./routes/exposure.ts";
import { keyOf } from "./routes/exposure.ts";
import { problemsOf } from "./service-api.ts";
import { gatherServiceFacts, holdOf, revisionsOfService, serviceAddress } from "./service-facts.ts";
import type { RevisionOptions, ServiceFacts } from "./service-facts.ts";
import type { WorldIndex } from "./world-index.ts";
import { nameOf, resourceName } from "./names.ts";

/** Everything that belongs to one model resource. */
export type ResourceWork = {
  readonly resource: ResourceObservation;
  /** Its parts, with what other objects (experiments, API gateways, a host) give it besides its own. */
  readonly parts: readonly ResourcePart[];
  /** In whose server it is one model of several; its own where there is none. */
  readonly host: ResourceObservation | null;
  readonly services: readonly ServiceObservation[];
  readonly exposures: readonly Exposure[];
  /** Addresses that further objects give it (DomainMappings). */
  readonly extra: readonly FoundEndpoint[];
  /** What is wrong with further objects that would give it addresses. */
  readonly problems: readonly string[];
  /** What is known of it through other objects: projects, servers, Bentos. */
  readonly facts: readonly ModelFact[];
  readonly composed: Composed | null;
};

/** A part with what carries it. */
type Carried = {
  readonly part: ResourcePart;
  readonly facts: ServiceFacts | null;
  readonly look: RevisionLook | null;
  readonly seen: SaidState | null;
};

function carriedBy(world: WorldIndex, settings: DiscoverySettings, work: ResourceWork): readonly Carried[] {
  const { namespace, annotations } = work.resource;
  const override = declaredPort(annotations);
  return work.parts.map((part): Carried => {
    if (part.revision !== null) {
      const look = lookAtRevision(world, namespace, part.revision);
      const seen = stateOfRevision(look, part.ready === false ? "unknown" : work.resource.state);
      return { part, facts: null, look, seen };
    }
    const services = part.services
      .flatMap((name) => world.services.get(nameOf(namespace, name)) ?? [])
      .filter((candidate) => candidate.type !== "ExternalName");
    for (const service of services) {
      const routed = work.exposures.flatMap(({ backends, isGrpc }) =>
        (isGrpc ? [] : backends).flatMap(({ service: name, port }) =>
          name === nameOf(namespace, service.name) && port !== null ? [port] : [],
        ),
      );
      const port = chooseHttpPort(service, routed);
      if (port === null) continue;
      const facts = gatherServiceFacts(world, settings.portal, service, port, override);
      return { part, facts, look: null, seen: facts.state };
    }
    // An autoscaler takes a workload to zero, whether a Service of its name is seen or not.
    const workload = part.services.flatMap(
      (name) => world.workloads.get(resourceName({ kind: "Deployment", namespace, name })) ?? [],
    )[0];
    const atZero = workload?.replicas === 0;
    return {
      part,
      facts: null,
      look: null,
      seen: atZero
        ? { state: "scaled-to-zero", reason: `${workload.kind} ${workload.name} is scaled to zero replicas.` }
        : null,
    };
  });
}

/** The resource's own word first; a pod that is ready, or nobody there at all, where that says otherwise (DESIGN §14). */
function joinState(said: SaidState, seen: readonly SaidState[]): SaidState {
  if (said.state === "stopped" || said.state === "scaled-to-zero" || seen.length === 0) return said;
  const best = bestState(seen);
  switch (said.state) {
    case "ready":
      // Whoever scales its Deployment to zero (an autoscaler, a person) does not ask its operator.
      return best.state === "scaled-to-zero" ? best : said;
    case "unready":
      if (best.state === "ready") return { state: "ready", reason: said.reason };
      return best.state === "scaled-to-zero" || best.state === "broken" ? best : said;
    case "broken":
      return said;
    case "unknown":
      return best.state === "unknown" ? said : best;
  }
}

/** What is seen of its parts; of a part that takes calls and cannot be seen, the resource's own word. */
function seenStates(resource: ResourceObservation, carried: readonly Carried[]): readonly SaidState[] {
  const seen = carried.flatMap((own) => own.seen ?? []);
  const isHidden = carried.some(({ part, seen: own }) => own === null && part.percent > 0 && part.ready !== false);
  return seen.length > 0 && isHidden ? [...seen, { state: resource.state, reason: resource.stateReason }] : seen;
}

type Served = {
  readonly server: ServerKind;
  readonly protocol: DiscoveredApi["protocol"];
  readonly modelName: string | null;
};

/** Revision and probe of a part that nothing is seen of but what the resource's status says. */
function bareRevision(
  resource: ResourceObservation,
  part: ResourcePart,
  state: SaidState["state"],
  options: RevisionOptions,
  addresses: readonly PinnedAddress[],
): { readonly revision: AgedRevision; readonly probe: FoundProbe } {
  const ready = part.ready ?? state === "ready";
  const images =
    part.images.length > 0 ? part.images : part.containers.map(({ image }) => image).filter((image) => image !== "");
  const isFixed = options.declared !== null && options.declared.kind !== "path";
  return {
    revision: {
      revision: { name: part.name, trafficPercent: part.percent, ready, images },
      since: resource.createdAt,
      weight: part.percent,
      answers: ready || state === "scaled-to-zero",
    },
    probe: {
      revision: part.name,
      probeKey: sha256Hex(
        JSON.stringify([
          resource.uid,
          resource.generation,
          part.name,
          images,
          options.declared,
          options.server,
          options.modelName,
        ]),
      ).slice(0, 32),
      server: options.server,
      modelName: options.modelName,
      declared: options.declared,
      mayWake: options.mayWake,
      isMeshed: false,
      admission: null,
      addresses,
      basePath: "",
      hold: isFixed ? null : holdOf(state, ready),
    },
  };
}

/** True for an address whose host is for one alone: where it has a path, others are beside it. */
function isWholeHost(url: string): boolean {
  return URL.canParse(url) && new URL(url).pathname === "/";
}

/** Addresses of what it shares with others: asked with the header that tells them apart. */
function sharedAddresses(world: WorldIndex, resource: ResourceObservation): readonly PinnedAddress[] {
  return resource.sharedServices.flatMap((name) => {
    const service = world.services.get(name);
    const port = service === undefined ? null : chooseHttpPort(service);
    return service === undefined || port === null ? [] : (serviceAddress({ service, port }) ?? []);
  });
}

type Made = {
  readonly revisions: readonly AgedRevision[];
  readonly probes: readonly FoundProbe[];
  readonly pods: readonly PodObservation[];
};

function revisionsOf(
  world: WorldIndex,
  settings: DiscoverySettings,
  work: ResourceWork,
  carried: readonly Carried[],
  state: SaidState["state"],
  served: Served,
  words: Words,
): Made {
  const { resource } = work;
  const revisions: AgedRevision[] = [];
  const probes: FoundProbe[] = [];
  const pods: PodObservation[] = [];
  const isAlone = work.parts.length === 1;
  const fallback = [resource.internalUrl, ...resource.publicUrls.map(({ url }) => url)].flatMap((url) =>
    url === null || !isWholeHost(url) ? [] : (urlAddress(url) ?? []),
  );
  const shared = sharedAddresses(world, resource);
  for (const { part, facts, look } of carried) {
    const options: RevisionOptions = {
      share: part.percent,
      server: served.server,
      modelName: part.modelName ?? served.modelName,
      declared: words.declared,
      mayWake: words.mayWake,
      revisionName: part.name,
      isPart: !isAlone && part.revision !== null,
      fallback: isAlone && resource.requiredHeaders.length === 0 ? fallback : [],
    };
    // Another model that an experiment serves in its place is asked by its own name: the API's would get either of them.
    const other = world.resources.get(resourceName({ ...resource, name: part.name }));
    const isOther = other !== undefined && other !== resource && other.requiredHeaders.length > 0;
    // What only gets copies of calls is no version that anybody will be served.
    const probesOf = (found: readonly FoundProbe[]): readonly FoundProbe[] =>
      part.shadow ? [] : found.map((probe) => (isOther ? { ...probe, headers: other.requiredHeaders } : probe));
    if (look !== null) {
      const made = knativeRevision(world, settings.portal, { uid: resource.uid, state }, look, part, options);
      revisions.push(made.revision);
      probes.push(...probesOf([made.probe]));
      pods.push(...look.pods);
    } else if (facts !== null) {
      // At zero its Service may lead to what wakes it (Nuclio's DLX): its operator's word counts, not what is listed there.
      const isHeld = state === "stopped" || state === "scaled-to-zero";
      const made = revisionsOfService(isHeld ? { ...facts, state: { state, reason: null } } : facts, options);
      const isBare = facts.groups.length === 0;
      revisions.push(
        ...made.revisions.map((own) =>
          isBare
            ? {
                ...own,
                answers: own.answers || part.ready === true || state === "scaled-to-zero",
                revision: {
                  ...own.revision,
                  ready: !isHeld && facts.state.state !== "scaled-to-zero" && (part.ready ?? state === "ready"),
                  images: own.revision.images.length > 0 ? own.revision.images : part.images,
                },
              }
            : own,
        ),
      );
      probes.push(...probesOf(made.probes));
      pods.push(...facts.groups.flatMap((group) => group.pods));
    } else {
      const made = bareRevision(resource, part, state, options, shared.length > 0 ? shared : options.fallback);
      revisions.push(made.revision);
      probes.push(...probesOf([made.probe]));
    }
  }
  return { revisions, probes, pods };
}

/** Pods that carry the label by which the operator marks them, as far as they answer for it. */
function markedPods(world: WorldIndex, resource: ResourceObservation): readonly PodObservation[] {
  if (resource.runtime === null) return [];
  const component = resource.runtime.hasTransformer ? "transformer" : "predictor";
  return resource.childLabels
    .flatMap((labels) => world.podsByLabel.select(resource.namespace, labels))
    .filter((pod) => (pod.labels["component"] ?? component) === component);
}

function servedBy(
  world: WorldIndex,
  work: ResourceWork,
  words: Words,
  containers: readonly ContainerFact[],
): Served & { readonly recognition: Recognition | null; readonly runtimeName: string | null } {
  const { resource, host } = work;
  const { runtime } = host ?? resource;
  if (runtime !== null) {
    const told = kserveServer(world, { ...(host ?? resource), runtime }, containers);
    const server = words.server ?? told.server;
    return {
      ...told,
      server,
      protocol: words.server === null || words.server === told.server ? told.protocol : protocolOf(words.server),
      modelName: resource.modelName ?? told.modelName,
    };
  }
  const recognition = recogniseServer({ containers });
  const server = words.server ?? resource.server ?? recognition?.server ?? "unknown-http";
  return {
    server,
    protocol:
      words.server !== null && words.server !== resource.server
        ? protocolOf(server)
        : (resource.protocol ?? protocolOf(server)),
    modelName: resource.modelName ?? (recognition?.server === server ? recognition.modelName : null),
    recognition,
    runtimeName: null,
  };
}

function provenanceOf(
  world: WorldIndex,
  work: ResourceWork,
  pods: readonly PodObservation[],
): readonly ProvenanceStep[] {
  const { resource, exposures, services, host } = work;
  return [
    ...exposures.flatMap((exposure) => tellExposure(world, exposure)),
    { object: keyOf(world, resource), says: resource.says },
    ...(host === null ? [] : [{ object: keyOf(world, host), says: "has it in its server" }]),
    ...services.slice(0, 6).map((service) => ({ object: keyOf(world, service), says: "belongs to it" })),
    ...pods.slice(0, 4).map((pod) => ({
      object: keyOf(world, pod),
      says: `runs ${pod.containers
        .map((container) => container.image)
        .join(", ")
        .slice(0, 200)}`,
    })),
  ];
}

export type BuiltApi = {
  readonly api: DiscoveredApi;
  readonly warnings: readonly string[];
  /** Words of all of its objects, for what they say of the API's name. */
  readonly annotations: Readonly<Record<string, string>>;
  /** When the oldest object of it was made. */
  readonly since: string;
};

/** One API for a model resource of any kind; what belongs to it folds into it. */
export function buildResourceApi(world: WorldIndex, settings: DiscoverySettings, work: ResourceWork): BuiltApi {
  const { resource, exposures, services } = work;
  const routes = exposures.map(({ route }) => route).filter((route) => route.namespace === resource.namespace);
  const carried = carriedBy(world, settings, work);
  const facts = carried.flatMap((own) => own.facts ?? []);
  const holders: readonly Observed[] = [resource, ...services, ...facts.flatMap((own) => own.workloads)];
  const words = readWords(
    holders.filter(({ namespace }) => namespace === resource.namespace),
    [...new Set(routes)],
    resource.namespace,
    settings.publicNamespaces,
  );
  const marked = markedPods(world, work.host ?? resource);
  const containers: readonly ContainerFact[] = [
    ...work.parts.flatMap((part) => part.containers),
    ...resource.containers,
    ...marked.flatMap((pod) => pod.containers),
    ...facts.flatMap((own) => own.containers),
    ...carried.flatMap(({ look }) => [
      ...(look?.pods ?? []).flatMap((pod) => pod.containers),
      ...(look?.fact?.containers ?? []),
    ]),
  ];
  const served = servedBy(world, work, words, containers);
  const seen = seenStates(resource, carried);
  const { state, reason } = joinState({ state: resource.state, reason: resource.stateReason }, seen);
  const made = revisionsOf(world, settings, work, carried, state, served, words);
  const key: ObjectKey = keyOf(world, resource);
  const { outside, inside } = resourceEndpoints(
    world,
    resource,
    [...services, ...sharedOf(world, resource)],
    served.protocol === "grpc" ? exposures : exposures.filter(({ isGrpc }) => !isGrpc),
    work.extra,
  );
  const api = settle(
    {
      key,
      title: words.title,
      protocol: served.protocol,
      server: served.server,
      modelName: served.modelName,
      owner: words.owner,
      visibility: words.visibility,
      tags: words.tags,
      state,
      stateReason: reason,
      problems: [...problemsOf(exposures), ...work.problems],
      endpoints: [...ownersEndpoints(outside, words, key), ...inside],
      internalUrl: resource.internalUrl?.replace(/\/+$/, "") ?? null,
      facts: uniqueFacts([
        ...fact("Model name", served.modelName),
        ...resource.facts,
        ...fact("Runtime", served.runtimeName),
        ...work.facts,
        ...serverFacts(
          served.server,
          served.recognition,
          containers,
          [...new Set([...made.pods, ...marked])].flatMap((pod) => pod.imageIds),
        ),
        ...splitFact(made.revisions.map(({ revision }) => revision)),
        ...workloadFacts(world, facts, exposures),
        ...labelFacts([resource, ...services]),
        ...frameworkFacts(resource),
      ]),
      confirmedByCluster: world.confirming,
    },
    [key],
    {
      revisions: made.revisions,
      probes: made.probes,
      provenance: provenanceOf(world, work, [...new Set([...made.pods, ...marked])]),
      headers: resource.requiredHeaders,
      examples: resource.kind === "NuclioFunction" ? functionExamples(world, resource) : [],
      prefixes: resource.prefixes,
      composed: work.composed,
    },
  );
  return { api, warnings: words.warnings, annotations: words.annotations, since: resource.createdAt };
}

function sharedOf(world: WorldIndex, resource: ResourceObservation): readonly ServiceObservation[] {
  return resource.sharedServices.flatMap((name) => world.services.get(name) ?? []);
}

/** The framework as the resource itself names it, where no label does. */
function frameworkFacts({ runtime, facts }: ResourceObservation): readonly ModelFact[] {
  const told = facts.find(({ name }) => name === "Framework");
  return told !== undefined || runtime?.format === undefined ? [] : fact("Framework", runtime.format);
}
