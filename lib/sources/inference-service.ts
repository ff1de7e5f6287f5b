import type { KindRef, KubeObject } from "../kube/index.ts";
import { containersOf, gpusOf } from "./containers.ts";
import { componentHostsOf, kserveUrl } from "./kserve-url.ts";
import type { ContainerFact, KserveRuntime, ResourceObservation, ResourcePart } from "./observation.ts";
import { observedOf } from "./observed.ts";
import {
  conditionsOf,
  fieldsOf,
  findCondition,
  listOf,
  numberOf,
  percentOf,
  sayCondition,
  textOf,
} from "./read-fields.ts";
import type { Condition, Fields } from "./read-fields.ts";
import {
  ended,
  factsOf,
  isClusterUrl,
  isStale,
  plainPart,
  plainResource,
  scalingRange,
  staleState,
  unsaidState,
  withoutModelPath,
} from "./resource-parts.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "serving.kserve.io",
  kind: "InferenceService",
  plural: "inferenceservices",
  versions: ["v1beta1"],
  namespaced: true,
};

type Mode = "Knative" | "Standard" | "ModelMesh";

function modeOf(annotations: Readonly<Record<string, string>>, status: Fields): Mode {
  const said = textOf(status["deploymentMode"]) ?? annotations["serving.kserve.io/deploymentMode"];
  if (said === "Standard" || said === "RawDeployment") return "Standard";
  if (said === "Knative" || said === "Serverless") return "Knative";
  if (said === "ModelMesh") return "ModelMesh";
  // Nothing said: Knative leaves traces of its revisions in the status, Standard does not.
  const predictor = fieldsOf(fieldsOf(status["components"])["predictor"]);
  return predictor["latestReadyRevision"] === undefined && predictor["latestCreatedRevision"] === undefined
    ? "Standard"
    : "Knative";
}

/** Predictors of the older form name their format by a field of their own. */
const oldFormats = [
  "sklearn",
  "xgboost",
  "lightgbm",
  "pmml",
  "paddle",
  "tensorflow",
  "pytorch",
  "triton",
  "onnx",
  "huggingface",
];

type Model = { readonly fields: Fields; readonly format: string | null; readonly version: string | null };

function modelOf(predictor: Fields): Model {
  if (predictor["model"] !== undefined) {
    const fields = fieldsOf(predictor["model"]);
    const format = fieldsOf(fields["modelFormat"]);
    return { fields, format: textOf(format["name"]), version: textOf(format["version"]) };
  }
  const format = oldFormats.find((name) => predictor[name] !== undefined) ?? null;
  return { fields: format === null ? {} : fieldsOf(predictor[format]), format, version: null };
}

/** What the predictor is told to run beside its runtime, in the form of a container. */
function containersOfPredictor(predictor: Fields): readonly ContainerFact[] {
  const { fields } = modelOf(predictor);
  const own =
    Object.keys(fields).length === 0 ? [] : containersOf({ containers: [{ name: "kserve-container", ...fields }] });
  return [...own, ...containersOf(predictor)];
}

/** Storage as a URI, or by a key of the cluster's own storage with the path below it. */
function storageOf({ fields }: Model): string | null {
  const storage = fieldsOf(fields["storage"]);
  const path = textOf(storage["path"]);
  if (path === null) return textOf(fields["storageUri"]) ?? textOf(storage["storageUri"]);
  const key = textOf(storage["key"]);
  return key === null ? path : `${key}: ${path}`;
}

function factsOfModel(spec: Fields, predictor: Fields, model: Model): ResourceObservation["facts"] {
  const explainer = fieldsOf(spec["explainer"]);
  const explains = ["art", "alibi", "containers"].find((name) => explainer[name] !== undefined);
  const asked = percentOf(predictor["canaryTrafficPercent"]);
  return factsOf({
    Format: model.version === null ? model.format : `${model.format ?? "?"} ${model.version}`,
    "Model URI": storageOf(model),
    GPUs: gpusOf(model.fields["resources"]),
    Autoscaling: scalingRange(numberOf(predictor["minReplicas"]), numberOf(predictor["maxReplicas"])),
    "Canary asked for": asked === null ? null : `${String(asked)} %`,
    Explainer: explains === undefined ? null : explains === "containers" ? "its owner's own" : explains,
    Transformer: spec["transformer"] === undefined ? null : "stands before the model",
  });
}

type Canary = { readonly name: string; readonly percent: number; readonly ready: boolean; readonly predictor: Fields };

function canariesOf(spec: Fields, status: Fields): readonly Canary[] {
  const statuses = listOf(status["canaryStatuses"], 16).map(fieldsOf);
  return listOf(spec["canary"], 16).map((raw, index) => {
    const canary = fieldsOf(raw);
    const predictor = fieldsOf(canary["predictor"]);
    const name =
      textOf(canary["name"]) ??
      textOf(predictor["name"]) ??
      textOf(statuses[index]?.["name"]) ??
      `canary-${String(index + 1)}`;
    const own = statuses.find((entry) => entry["name"] === name) ?? statuses[index];
    return {
      name,
      percent: percentOf(own?.["trafficPercent"]) ?? percentOf(canary["trafficPercent"]) ?? 0,
      ready: own?.["ready"] === true,
      predictor,
    };
  });
}

/** Revisions that its traffic names, and one that was made and takes none yet. */
function knativeParts(entry: Fields, stable: ResourcePart): readonly ResourcePart[] {
  const latestReady = textOf(entry["latestReadyRevision"]);
  const latestCreated = textOf(entry["latestCreatedRevision"]);
  const shares = new Map<string, number>();
  for (const raw of listOf(entry["traffic"], 16)) {
    const target = fieldsOf(raw);
    const revision = textOf(target["revisionName"]) ?? latestReady;
    if (revision !== null)
      shares.set(revision, Math.min(100, (shares.get(revision) ?? 0) + (percentOf(target["percent"]) ?? 0)));
  }
  if (shares.size === 0 && latestReady !== null) shares.set(latestReady, 100);
  const isFirst = shares.size === 0;
  if (latestCreated !== null && !shares.has(latestCreated)) shares.set(latestCreated, isFirst ? 100 : 0);
  if (shares.size === 0) return [stable];
  return [...shares].map(([name, percent]) => ({
    ...plainPart,
    name,
    percent,
    // What was made and never took over has not shown that it can.
    ready: name === latestCreated && name !== latestReady ? false : null,
    revision: name,
    containers: stable.containers,
  }));
}

function standardParts(name: string, canaries: readonly Canary[], stable: ResourcePart): readonly ResourcePart[] {
  const rest = Math.max(0, 100 - canaries.reduce((sum, { percent }) => sum + percent, 0));
  return [
    { ...stable, percent: rest },
    ...canaries.map((canary) => ({
      ...plainPart,
      name: canary.name,
      percent: canary.percent,
      ready: canary.ready,
      services: [`${name}-${canary.name}-predictor`, `${name}-predictor-${canary.name}`],
      containers: containersOfPredictor(canary.predictor),
    })),
  ];
}

function partsOf(object: KubeObject, mode: Mode): readonly ResourcePart[] {
  const spec = fieldsOf(object["spec"]);
  const status = fieldsOf(object["status"]);
  const predictor = fieldsOf(spec["predictor"]);
  const { name } = object.metadata;
  const hasTransformer = spec["transformer"] !== undefined;
  const own = textOf(predictor["name"]);
  const stable: ResourcePart = {
    ...plainPart,
    name: own ?? "predictor",
    services: hasTransformer
      ? [`${name}-transformer`, `${name}-transformer-default`]
      : [...(own === null ? [] : [`${name}-${own}-predictor`]), `${name}-predictor`, `${name}-predictor-default`, name],
    containers: hasTransformer ? containersOf(spec["transformer"]) : containersOfPredictor(predictor),
  };
  const entry = fieldsOf(fieldsOf(status["components"])[hasTransformer ? "transformer" : "predictor"]);
  if (mode === "Knative") return knativeParts(entry, stable);
  if (mode === "ModelMesh") return [{ ...stable, services: [] }];
  return standardParts(name, hasTransformer ? [] : canariesOf(spec, status), stable);
}

const failedStates = new Set(["FailedToLoad"]);
const waitingStates = new Set(["Pending", "Loading", "Standby"]);

/** What is wrong, in the words of whoever knows it best. */
function causeOf(status: Fields, conditions: readonly Condition[], hasTransformer: boolean): string | null {
  const failure = fieldsOf(fieldsOf(status["modelStatus"])["lastFailureInfo"]);
  const said = textOf(failure["message"]);
  const reason = textOf(failure["reason"]);
  if (said !== null || reason !== null)
    return ended(sayCondition({ type: "Failure", reason: reason ?? "", message: said ?? "" }));
  const types = hasTransformer ? ["TransformerReady", "PredictorReady", "Ready"] : ["PredictorReady", "Ready"];
  for (const type of types) {
    const condition = findCondition(conditions, type);
    if (condition !== null && condition.status !== "True" && (condition.message !== "" || condition.reason !== ""))
      return ended(sayCondition(condition));
  }
  return null;
}

function stateOf(
  object: KubeObject,
  conditions: readonly Condition[],
): Pick<ResourceObservation, "state" | "stateReason"> {
  const status = fieldsOf(object["status"]);
  const model = fieldsOf(status["modelStatus"]);
  const { activeModelState: active, targetModelState: target } = fieldsOf(model["states"]);
  if (object.metadata.annotations["serving.kserve.io/stop"]?.toLowerCase() === "true")
    return { state: "stopped", stateReason: "Its annotation serving.kserve.io/stop says so." };
  if (findCondition(conditions, "Stopped")?.status === "True")
    return { state: "stopped", stateReason: "KServe says that it is stopped." };
  const ready = findCondition(conditions, "Ready");
  if (ready === null) return unsaidState("KServe");
  if (isStale(status["observedGeneration"], object.metadata.generation)) return staleState;
  const hasTransformer = fieldsOf(object["spec"])["transformer"] !== undefined;
  const cause = causeOf(status, conditions, hasTransformer);
  if (typeof active === "string" && failedStates.has(active))
    return { state: "broken", stateReason: cause ?? `KServe says that its model is ${active}.` };
  if (ready.status === "True") {
    if (typeof active === "string" && waitingStates.has(active))
      return { state: "unready", stateReason: `KServe says that its model is ${active}.` };
    return { state: "ready", stateReason: null };
  }
  const isUp = (type: string): boolean => findCondition(conditions, type)?.status === "True";
  // A broken route leaves the workload ready.
  if (isUp("PredictorReady") && (!hasTransformer || isUp("TransformerReady")))
    return { state: "ready", stateReason: cause };
  const isFailed =
    (typeof target === "string" && failedStates.has(target)) ||
    model["lastFailureInfo"] !== undefined ||
    model["transitionStatus"] === "InvalidSpec" ||
    findCondition(conditions, "PredictorReady")?.reason === "RevisionFailed";
  // What failed to take over leaves what was there before; whether that serves is seen at its pods.
  const predictor = fieldsOf(fieldsOf(status["components"])["predictor"]);
  const hasBefore = active === "Loaded" || textOf(predictor["latestReadyRevision"]) !== null;
  return { state: isFailed && !hasBefore ? "broken" : "unready", stateReason: cause ?? ended(sayCondition(ready)) };
}

/** KServe's word on who may call it differs by mode; the address itself tells in both. */
function isClusterLocal(object: KubeObject, mode: Mode, url: string | null): boolean {
  const label = mode === "Knative" ? "networking.knative.dev/visibility" : "networking.kserve.io/visibility";
  return object.metadata.labels[label] === "cluster-local" || (url !== null && isClusterUrl(url));
}

/** KServe knows the protocol of a predictor of its owner's own by a variable of its first container. */
function protocolOfContainer(predictor: Fields): string | null {
  const [first] = containersOf(predictor);
  const said = first?.environment["PROTOCOL"];
  return said === "v1" || said === "v2" ? said : null;
}

function runtimeOf(spec: Fields, status: Fields, predictor: Fields, model: Model): KserveRuntime {
  return {
    name:
      textOf(status["clusterServingRuntimeName"]) ??
      textOf(status["servingRuntimeName"]) ??
      textOf(model.fields["runtime"]),
    isOfCluster: textOf(status["clusterServingRuntimeName"]) !== null,
    format: model.format,
    formatVersion: model.version,
    protocolVersion:
      textOf(model.fields["protocolVersion"]) ?? (model.format === null ? protocolOfContainer(predictor) : null),
    hasTransformer: spec["transformer"] !== undefined,
  };
}

/** ModelMesh keeps all models of a namespace behind one Service; its REST port is another one than its status names first. */
function modelMeshUrl(namespace: string, status: Fields): string {
  const rest = textOf(fieldsOf(fieldsOf(status["components"])["predictor"])["restUrl"]);
  return rest ?? `http://modelmesh-serving.${namespace}.svc.cluster.local:8008`;
}

/** Components that do not answer for the whole, with what leads to them. */
function childrenOf(name: string, spec: Fields): readonly string[] {
  const hidden = ["explainer", ...(spec["transformer"] === undefined ? [] : ["predictor"])];
  return hidden.flatMap((component) => [`${name}-${component}`, `${name}-${component}-default`]);
}

/**
 * @source inference-service
 * @kind serving.kserve.io/v1beta1 InferenceService
 */
export const inferenceServiceSource: Source<ResourceObservation> = {
  kind,
  reads:
    "predictor (model, runtime, containers), transformer, explainer, canary; status url, address, conditions, components, canaryStatuses, modelStatus; visibility labels, stop",
  limits: "Knative, Standard and ModelMesh modes. 16 revisions, 16 canaries.",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const status = fieldsOf(object["status"]);
    const { name, namespace = "", annotations } = object.metadata;
    const predictor = fieldsOf(spec["predictor"]);
    const model = modelOf(predictor);
    const mode = modeOf(annotations, status);
    const url = textOf(status["url"]);
    const local = isClusterLocal(object, mode, url);
    const address = textOf(fieldsOf(status["address"])["url"]) ?? (local ? url : null);
    const runtime = runtimeOf(spec, status, predictor, model);
    return {
      ...observedOf(kind, object),
      ...plainResource,
      runtime,
      ...stateOf(object, conditionsOf(status["conditions"], undefined)),
      publicUrls: local || mode === "ModelMesh" ? [] : kserveUrl(url),
      hiddenHosts: componentHostsOf(status, url),
      internalUrl:
        mode === "ModelMesh" ? modelMeshUrl(namespace, status) : address === null ? null : withoutModelPath(address),
      parts: partsOf(object, mode),
      childLabels: [{ "serving.kserve.io/inferenceservice": name }],
      children: childrenOf(name, spec),
      sharedServices: mode === "ModelMesh" ? [`${namespace}/modelmesh-serving`] : [],
      says: `serves ${model.format ?? "a model"} in ${mode} mode${runtime.name === null ? "" : ` with runtime ${runtime.name}`}`,
      facts: factsOfModel(spec, predictor, model),
      containers: containersOfPredictor(predictor),
      generation: object.metadata.generation ?? null,
    };
  },
};
