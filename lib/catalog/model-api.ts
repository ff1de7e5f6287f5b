import { sha256Hex } from "../base/index.ts";
import type {
  ApiState,
  DiscoveredApi,
  DiscoveredEndpoint,
  PinnedAddress,
  ProbeTarget,
  ProvenanceStep,
  ServerKind,
} from "../model/index.ts";
import type { InferenceServiceObservation, PodObservation, ServiceObservation } from "../sources/index.ts";
import { annotation, declaredPlaceOf, shortText, tagsOf, visibilityOf } from "./annotations.ts";
import { joinReasons, settle } from "./assemble-api.ts";
import type { AgedRevision } from "./assemble-api.ts";
import { chooseHttpPort } from "./choose-port.ts";
import type { DiscoverySettings } from "./discover.ts";
import { recogniseServer, serverNamed } from "./recognise-server.ts";
import type { Exposure } from "./route-exposure.ts";
import { keyOf, overrideOrigin } from "./route-exposure.ts";
import { gatherServiceFacts, revisionsOfService } from "./service-facts.ts";
import type { WorldIndex } from "./world-index.ts";
import { nameOf, selectFrom } from "./world-index.ts";

type Model = InferenceServiceObservation;
type Probes = { readonly revisions: readonly AgedRevision[]; readonly probes: readonly ProbeTarget[] };

const kserveRuntimes = /^kserve-(sklearn|xgb|lgb|pmml|paddle|predictive|autogluon|huggingface)server/;

/** The server, told by annotation, runtime, containers, in this order (SERVING §5). */
function serverOf(
  model: Model,
  pods: readonly PodObservation[],
): { readonly server: ServerKind; readonly modelName: string } {
  const own = recogniseServer([...model.containers, ...pods.flatMap((pod) => pod.containers)]);
  const modelName = own?.modelName ?? model.name;
  const named = serverNamed(annotation(model.annotations, "server"));
  if (named !== null) return { server: named, modelName };
  if (model.runtime === "kserve-mlserver" || model.runtime?.includes("mlserver") === true)
    return { server: "mlserver", modelName };
  if (model.runtime !== null && kserveRuntimes.test(model.runtime)) return { server: "kserve", modelName };
  return { server: own?.server ?? "unknown-http", modelName };
}

function protocolOfModel(model: Model, server: ServerKind): DiscoveredApi["protocol"] {
  if (model.protocolVersion === "v2" || server === "mlserver") return "open-inference";
  if (model.protocolVersion === "grpc-v1" || model.protocolVersion === "grpc-v2") return "grpc";
  return server === "fastapi" ? "rest" : "kserve-v1";
}

/** What is scaled down: Knative revisions by themselves, Standard mode by the Deployment's replicas. */
function isAtZero(world: WorldIndex, model: Model): string | null {
  if (model.mode === "Knative") {
    const names =
      model.traffic.length > 0
        ? model.traffic.map((target) => target.revision)
        : model.latestReadyRevision === null
          ? []
          : [model.latestReadyRevision];
    const revisions = names.flatMap((name) => world.revisions.get(nameOf(model.namespace, name)) ?? []);
    const idle =
      revisions.length > 0 && revisions.every((revision) => revision.active === false || revision.actualReplicas === 0);
    return idle ? "Its revisions have no pods: Knative scaled it to zero." : null;
  }
  const deployment = world.deployments.get(nameOf(model.namespace, `${model.name}-predictor`));
  return deployment?.replicas === 0 ? `Deployment ${deployment.name} is scaled to zero replicas.` : null;
}

function stateOf(world: WorldIndex, model: Model): { readonly state: ApiState; readonly reason: string | null } {
  if (model.stopped) return { state: "stopped", reason: "Its annotation serving.kserve.io/stop says so." };
  const atZero = isAtZero(world, model);
  if (atZero !== null) return { state: "scaled-to-zero", reason: atZero };
  const find = (type: string) => model.conditions.find((condition) => condition.type === type);
  const ready = find("Ready");
  if (ready === undefined)
    return world.confirming
      ? { state: "unknown", reason: "KServe has not said anything about it yet." }
      : { state: "unknown", reason: "A manifest says nothing about its state." };
  if (ready.status === "True") return { state: "ready", reason: null };
  const predictor = find("PredictorReady");
  const cause =
    [
      model.failure,
      predictor?.status === "False" ? predictor.message || predictor.reason : null,
      ready.message || ready.reason,
    ].find((text) => text !== null && text !== "") ?? null;
  const failed = model.failure !== null || model.modelStatus === "FailedToLoad";
  // A broken route leaves the workload ready.
  if (predictor?.status === "True") return { state: "ready", reason: cause };
  return { state: failed ? "broken" : "unready", reason: cause };
}

function childService(world: WorldIndex, model: Model, suffix: string): ServiceObservation | null {
  const entry = model.hasTransformer ? "transformer" : "predictor";
  for (const name of [
    `${model.name}-${suffix}`,
    `${model.name}-${entry}`,
    `${model.name}-${entry}-default`,
    model.name,
  ]) {
    const service = world.services.get(nameOf(model.namespace, name));
    if (service !== undefined && service.type !== "ExternalName") return service;
  }
  return null;
}

function urlAddress(url: string | null): PinnedAddress | null {
  if (url === null || !URL.canParse(url)) return null;
  const { protocol, hostname, port, host } = new URL(url);
  // Only an address can be observed; a name needs the cluster's or the company's DNS, and an admin's word.
  if (!/^(\d+\.){3}\d+$|^\[/.test(hostname)) return null;
  const scheme = protocol === "https:" ? "https" : "http";
  return {
    scheme,
    host: hostname.replace(/^\[|\]$/g, ""),
    port: port === "" ? (scheme === "https" ? 443 : 80) : Number(port),
    hostHeader: host,
  };
}

/** Pods of each Knative revision, asked past activator and proxy so that nothing is woken or kept awake (SERVING §6.2). */
function knativeProbes(
  world: WorldIndex,
  model: Model,
  state: ApiState,
  server: ServerKind,
  modelName: string,
): Probes {
  const declared = declaredPlaceOf(model.annotations, model.namespace);
  const targets =
    model.traffic.length > 0
      ? model.traffic
      : model.latestReadyRevision === null
        ? []
        : [{ revision: model.latestReadyRevision, percent: 100 }];
  const byName = new Map<string, number>();
  for (const target of targets) byName.set(target.revision, (byName.get(target.revision) ?? 0) + target.percent);
  if (byName.size === 0) byName.set(model.stableName, 100);
  const revisions: AgedRevision[] = [];
  const probes: ProbeTarget[] = [];
  for (const [name, percent] of byName) {
    const own = selectFrom(
      world.podsByLabel,
      model.namespace,
      { "serving.knative.dev/revision": name },
      (pod) => pod.labels,
    ).filter((pod) => !pod.terminating);
    const images = [...new Set(own.flatMap((pod) => pod.imageIds))].sort();
    const fact = world.revisions.get(nameOf(model.namespace, name));
    const idle = fact !== undefined && (fact.active === false || fact.actualReplicas === 0);
    const slices = [...(world.slices.get(nameOf(model.namespace, `${name}-private`)) ?? [])];
    const addresses = slices
      .flatMap((slice) => slice.endpoints.filter((endpoint) => endpoint.ready))
      .slice(0, 3)
      .map((endpoint): PinnedAddress => ({ scheme: "http", host: endpoint.address, port: 8080, hostHeader: null }));
    const fallback =
      byName.size === 1
        ? [urlAddress(model.internalUrl), urlAddress(model.url)].flatMap((address) => address ?? [])
        : [];
    const ready = !idle && (own.some((pod) => pod.ready) || state === "ready");
    revisions.push({ revision: { name, trafficPercent: percent, ready, images }, since: fact?.createdAt ?? name });
    probes.push({
      revision: name,
      probeKey: sha256Hex(JSON.stringify([model.uid, name, images, declared, server, modelName])).slice(0, 32),
      server,
      modelName,
      declared,
      addresses: [...addresses, ...fallback],
      basePath: "",
      hold:
        idle || state === "scaled-to-zero"
          ? "scaled-to-zero"
          : state === "stopped"
            ? "stopped"
            : ready
              ? null
              : "not-ready",
    });
  }
  return { revisions, probes };
}

/** Services of Standard mode: the stable predictor and each canary. */
function standardProbes(
  world: WorldIndex,
  model: Model,
  state: ApiState,
  server: ServerKind,
  modelName: string,
  services: readonly ServiceObservation[],
): Probes {
  const declared = declaredPlaceOf(model.annotations, model.namespace);
  const stableShare = Math.max(0, 100 - model.canaries.reduce((sum, canary) => sum + canary.percent, 0));
  const wanted = [
    { name: model.stableName, share: stableShare, service: childService(world, model, model.stableName) },
    ...model.canaries.map((canary) => ({
      name: canary.name,
      share: canary.percent,
      service:
        services.find(
          (service) =>
            service.name === `${model.name}-${canary.name}-predictor` ||
            service.name === `${model.name}-predictor-${canary.name}`,
        ) ?? null,
    })),
  ];
  const revisions: AgedRevision[] = [];
  const probes: ProbeTarget[] = [];
  for (const { name, share, service } of wanted) {
    const port = service === null ? null : chooseHttpPort(service);
    const fallback =
      wanted.length === 1
        ? [urlAddress(model.internalUrl), urlAddress(model.url)].flatMap((address) => address ?? [])
        : [];
    if (service !== null && port !== null) {
      const facts = {
        ...gatherServiceFacts(world, service, port),
        ...(state === "stopped" || state === "scaled-to-zero" ? { state } : {}),
      };
      const made = revisionsOfService(facts, { share, server, modelName, declared, revisionName: name, fallback });
      revisions.push(...made.revisions.map((revision) => ({ revision, since: made.since })));
      probes.push(...made.probes);
      continue;
    }
    revisions.push({
      revision: {
        name,
        trafficPercent: share,
        ready: state === "ready",
        images: model.containers.map((container) => container.image),
      },
      since: model.createdAt,
    });
    probes.push({
      revision: name,
      probeKey: sha256Hex(
        JSON.stringify([model.uid, model.generation, model.storageUri, name, declared, server, modelName]),
      ).slice(0, 32),
      server,
      modelName,
      declared,
      addresses: fallback,
      basePath: "",
      hold: state === "stopped" || state === "scaled-to-zero" ? state : state === "ready" ? null : "not-ready",
    });
  }
  return { revisions, probes };
}

function ownEndpoint(world: WorldIndex, model: Model): DiscoveredEndpoint | null {
  if (model.url === null || model.clusterLocal || !URL.canParse(model.url)) return null;
  const { hostname } = new URL(model.url);
  const fiction = hostname === "example.com" || hostname.endsWith(".example.com");
  const path = new URL(model.url).pathname.replace(/\/+$/, "");
  return {
    url: model.url.replace(/\/+$/, ""),
    reach: "public",
    paths: [{ match: "prefix", publicPath: path === "" ? "/" : path, backendPath: "/", methods: null }],
    requiredHeaders: [],
    address: urlAddress(model.url),
    via: keyOf(world, model),
    problem: fiction ? "KServe's ingress domain was never configured (example.com): this address is fiction." : null,
  };
}

/** One API for an InferenceService; its Services, routes and pods fold into it. */
export function buildModelApi(
  world: WorldIndex,
  settings: DiscoverySettings,
  model: Model,
  services: readonly ServiceObservation[],
  exposures: readonly Exposure[],
): { readonly api: DiscoveredApi; readonly warnings: readonly string[] } {
  const pods = selectFrom(
    world.podsByLabel,
    model.namespace,
    { "serving.kserve.io/inferenceservice": model.name },
    (pod) => pod.labels,
  );
  const { server, modelName } = serverOf(model, pods);
  const { state, reason } = stateOf(world, model);
  const made =
    model.mode === "Knative"
      ? knativeProbes(world, model, state, server, modelName)
      : standardProbes(world, model, state, server, modelName, services);
  const routed = exposures.flatMap((exposure) => exposure.endpoints);
  const own = ownEndpoint(world, model);
  const override = annotation(model.annotations, "public-url");
  // KServe's own URL and the route that it made are one address; the route knows the gateway's port, KServe does not.
  const endpoints =
    own === null || routed.some((endpoint) => new URL(endpoint.url).hostname === new URL(own.url).hostname)
      ? routed
      : [own, ...routed];
  const { visibility, warning } = visibilityOf(
    model.annotations,
    settings.publicNamespaces.includes("*") || settings.publicNamespaces.includes(model.namespace),
  );
  const steps: ProvenanceStep[] = [
    ...exposures.map((exposure) => ({
      object: keyOf(world, exposure.route),
      says:
        exposure.endpoints.length === 0
          ? (exposure.problem ?? "routes to it")
          : `routes ${exposure.endpoints
              .slice(0, 3)
              .map((endpoint) => endpoint.url)
              .join(", ")} to it`,
    })),
    {
      object: keyOf(world, model),
      says: `serves ${model.modelFormat ?? "a model"} in ${model.mode} mode${model.runtime === null ? "" : ` with runtime ${model.runtime}`}`,
    },
    ...services.slice(0, 6).map((service) => ({ object: keyOf(world, service), says: "belongs to it" })),
    ...pods.slice(0, 4).map((pod) => ({
      object: keyOf(world, pod),
      says: `runs ${pod.containers
        .map((container) => container.image)
        .join(", ")
        .slice(0, 200)}`,
    })),
  ];
  const api = settle(
    {
      key: keyOf(world, model),
      title: shortText(model.annotations, "title"),
      protocol: protocolOfModel(model, server),
      server,
      owner: shortText(model.annotations, "owner"),
      visibility,
      tags: tagsOf(model.annotations),
      state,
      stateReason: joinReasons(
        reason,
        exposures.map((exposure) => exposure.problem),
      ),
      endpoints: override === undefined ? endpoints : endpoints.map((endpoint) => overrideOrigin(endpoint, override)),
      internalUrl: model.internalUrl,
      confirmedByCluster: world.confirming,
    },
    { ...made, provenance: steps },
  );
  return { api, warnings: warning === null ? [] : [warning] };
}
