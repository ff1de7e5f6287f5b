import { sha256Hex } from "../base/index.ts";
import type { ApiState, DiscoveredApi, ProvenanceStep, ServerKind } from "../model/index.ts";
import type { InferenceServiceObservation, PodObservation, ServiceObservation } from "../sources/index.ts";
import { annotation, declaredPlaceOf, shortText, tagsOf, visibilityOf } from "./annotations.ts";
import { joinReasons, settle } from "./assemble-api.ts";
import type { AgedRevision, FoundEndpoint, FoundProbe } from "./assemble-api.ts";
import { chooseHttpPort } from "./choose-port.ts";
import type { DiscoverySettings } from "./discover.ts";
import { protocolOf, recogniseServer, serverNamed } from "./recognise-server.ts";
import type { Exposure } from "./routes/exposure.ts";
import { keyOf, overrideOrigin } from "./routes/exposure.ts";
import { knativeRevisions, urlAddress } from "./knative-revisions.ts";
import { uniqueFacts, workloadFacts } from "./model-facts.ts";
import { gatherServiceFacts, revisionsOfService } from "./service-facts.ts";
import type { WorldIndex } from "./world-index.ts";
import { nameOf, selectFrom } from "./world-index.ts";

type Model = InferenceServiceObservation;
type Probes = { readonly revisions: readonly AgedRevision[]; readonly probes: readonly FoundProbe[] };

const kserveRuntimes = /^kserve-(sklearn|xgb|lgb|pmml|paddle|predictive|autogluon|huggingface)server/;

/** Servers of KServe's own runtimes, by the word in their name, for clusters whose runtimes cannot be read. */
const runtimeWords: readonly (readonly [word: string, server: ServerKind])[] = [
  ["mlserver", "mlserver"],
  ["triton", "triton"],
  ["torchserve", "torchserve"],
  ["tensorflow", "tensorflow-serving"],
  ["vllm", "vllm"],
];

/** What serves a format by default, in the shipped runtimes of KServe, protocol v1. */
const formatServers: Readonly<Record<string, ServerKind>> = {
  sklearn: "kserve",
  xgboost: "kserve",
  lightgbm: "kserve",
  pmml: "kserve",
  paddle: "kserve",
  huggingface: "kserve",
  tensorflow: "tensorflow-serving",
  pytorch: "torchserve",
  triton: "triton",
  onnx: "triton",
  mlflow: "mlserver",
};

function runtimeServer(world: WorldIndex, model: Model): ServerKind | null {
  const name = model.runtime;
  if (name === null) return null;
  const runtime = world.runtimes.get(nameOf(model.namespace, name)) ?? world.runtimes.get(nameOf("", name));
  const told = runtime === undefined ? null : recogniseServer(runtime.containers);
  if (told !== null) return told.server;
  if (kserveRuntimes.test(name)) return "kserve";
  return runtimeWords.find(([word]) => name.includes(word))?.[1] ?? null;
}

/** The server, told by annotation, runtime, containers, in this order (SERVING §5). */
function serverOf(
  world: WorldIndex,
  model: Model,
  pods: readonly PodObservation[],
): { readonly server: ServerKind; readonly modelName: string } {
  const own = recogniseServer([...model.containers, ...pods.flatMap((pod) => pod.containers)]);
  const modelName = own?.modelName ?? model.name;
  const server =
    serverNamed(annotation(model.annotations, "server")) ??
    runtimeServer(world, model) ??
    own?.server ??
    (model.protocolVersion === "v2" && ["sklearn", "xgboost", "lightgbm"].includes(model.modelFormat ?? "")
      ? "mlserver"
      : formatServers[model.modelFormat ?? ""]);
  return { server: server ?? "unknown-http", modelName };
}

function protocolOfModel(model: Model, server: ServerKind): DiscoveredApi["protocol"] {
  if (model.protocolVersion === "v2" || server === "mlserver") return "open-inference";
  if (model.protocolVersion === "grpc-v1" || model.protocolVersion === "grpc-v2") return "grpc";
  switch (server) {
    case "kserve":
    case "unknown-http":
      return model.modelFormat === "huggingface" && server === "kserve" ? "openai" : "kserve-v1";
    // Under KServe these speak its protocols: v1 as TensorFlow Serving has it, and Triton knows the open one alone.
    case "torchserve":
    case "tensorflow-serving":
      return "kserve-v1";
    case "triton":
      return "open-inference";
    default:
      return protocolOf(server);
  }
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

function knativeProbes(
  world: WorldIndex,
  model: Model,
  state: ApiState,
  server: ServerKind,
  modelName: string,
): Probes {
  const targets = model.traffic.map(({ revision, percent }) => ({ name: revision, percent }));
  return knativeRevisions(world, {
    namespace: model.namespace,
    uid: model.uid,
    targets: targets.length > 0 ? targets : [{ name: model.latestReadyRevision ?? model.stableName, percent: 100 }],
    state,
    server,
    modelName,
    declared: declaredPlaceOf(model.annotations, model.namespace),
    fallback: [urlAddress(model.internalUrl), urlAddress(model.url)].flatMap((address) => address ?? []),
  });
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
  const probes: FoundProbe[] = [];
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

function ownEndpoint(world: WorldIndex, model: Model): FoundEndpoint | null {
  if (model.url === null || model.clusterLocal || !URL.canParse(model.url)) return null;
  const { hostname } = new URL(model.url);
  const fiction = hostname === "example.com" || hostname.endsWith(".example.com");
  const path = new URL(model.url).pathname.replace(/\/+$/, "");
  return {
    url: model.url.replace(/\/+$/, ""),
    reach: "public",
    paths: [{ match: "prefix", publicPath: path === "" ? "/" : path, backendPath: "/", methods: null, headers: [] }],
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
  extra: readonly FoundEndpoint[],
): { readonly api: DiscoveredApi; readonly warnings: readonly string[] } {
  const pods = selectFrom(
    world.podsByLabel,
    model.namespace,
    { "serving.kserve.io/inferenceservice": model.name },
    (pod) => pod.labels,
  );
  const { server, modelName } = serverOf(world, model, pods);
  const { state, reason } = stateOf(world, model);
  const made =
    model.mode === "Knative"
      ? knativeProbes(world, model, state, server, modelName)
      : standardProbes(world, model, state, server, modelName, services);
  const routed = exposures.flatMap((exposure) => exposure.endpoints);
  const own = ownEndpoint(world, model);
  const override = annotation(model.annotations, "public-url");
  // KServe's own URL and the route that it made are one address; the route knows the gateway's port, KServe does not.
  const known =
    own === null || routed.some((endpoint) => new URL(endpoint.url).hostname === new URL(own.url).hostname)
      ? routed
      : [own, ...routed];
  const endpoints = [...known, ...extra];
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
      modelName,
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
      facts: uniqueFacts([
        ...model.facts,
        ...(model.runtime === null ? [] : [{ name: "Runtime", value: model.runtime }]),
        ...workloadFacts(
          world,
          services.slice(0, 4).flatMap((service) => {
            const port = chooseHttpPort(service);
            return port === null ? [] : [gatherServiceFacts(world, service, port)];
          }),
          exposures,
        ),
      ]),
      confirmedByCluster: world.confirming,
    },
    { ...made, provenance: steps },
  );
  return { api, warnings: warning === null ? [] : [warning] };
}
