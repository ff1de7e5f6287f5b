import type { KindRef } from "../kube/index.ts";
import { containersOf } from "./containers.ts";
import type { InferenceServiceObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, listOf, numberOf, textOf } from "./read-fields.ts";
import type { Fields } from "./read-fields.ts";
import { factsOf } from "./resource-parts.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "serving.kserve.io",
  kind: "InferenceService",
  plural: "inferenceservices",
  versions: ["v1beta1"],
  namespaced: true,
};

function modeOf(annotations: Readonly<Record<string, string>>, status: Fields): "Knative" | "Standard" {
  const said = textOf(status["deploymentMode"]) ?? annotations["serving.kserve.io/deploymentMode"];
  if (said === "Standard" || said === "RawDeployment") return "Standard";
  if (said === "Knative" || said === "Serverless") return "Knative";
  // Nothing said: Knative leaves traces of its revisions in the status, Standard does not.
  return fieldsOf(fieldsOf(status["components"])["predictor"])["latestReadyRevision"] === undefined
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

function modelOf(predictor: Fields): { readonly model: Fields; readonly format: string | null } {
  if (predictor["model"] !== undefined) {
    const model = fieldsOf(predictor["model"]);
    return { model, format: textOf(fieldsOf(model["modelFormat"])["name"]) };
  }
  const format = oldFormats.find((name) => predictor[name] !== undefined) ?? null;
  return { model: format === null ? {} : fieldsOf(predictor[format]), format };
}

function factsOfModel(predictor: Fields, model: Fields, format: string | null): InferenceServiceObservation["facts"] {
  const most = numberOf(predictor["maxReplicas"]);
  const limits = fieldsOf(fieldsOf(model["resources"])["limits"]);
  const gpus = limits["nvidia.com/gpu"];
  return factsOf({
    Format: format,
    Runtime: textOf(model["runtime"]),
    "Model URI": textOf(model["storageUri"]),
    GPUs: textOf(gpus) ?? numberOf(gpus),
    Autoscaling:
      most === null ? null : `${String(numberOf(predictor["minReplicas"]) ?? 1)} to ${String(most)} replicas`,
  });
}

function canariesOf(spec: Fields, status: Fields): InferenceServiceObservation["canaries"] {
  const statuses = listOf(status["canaryStatuses"], 16).map(fieldsOf);
  return listOf(spec["canary"], 16).map((raw, index) => {
    const canary = fieldsOf(raw);
    const name =
      textOf(canary["name"]) ??
      textOf(fieldsOf(canary["predictor"])["name"]) ??
      textOf(statuses[index]?.["name"]) ??
      `canary-${String(index + 1)}`;
    const own = statuses.find((entry) => entry["name"] === name) ?? statuses[index];
    return {
      name,
      percent: numberOf(own?.["trafficPercent"]) ?? numberOf(canary["trafficPercent"]) ?? 0,
      ready: own?.["ready"] === true,
    };
  });
}

/**
 * @source inference-service
 * @kind serving.kserve.io/v1beta1 InferenceService
 */
export const inferenceServiceSource: Source<InferenceServiceObservation> = {
  kind,
  reads:
    "predictor (model, runtime, containers), transformer, canary; status url, address, conditions, components, modelStatus",
  limits: "Knative and Standard modes; ModelMesh is read as Standard. 16 revisions, 16 canaries.",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const status = fieldsOf(object["status"]);
    const predictor = fieldsOf(spec["predictor"]);
    const { model, format } = modelOf(predictor);
    const entry = fieldsOf(
      fieldsOf(status["components"])[spec["transformer"] === undefined ? "predictor" : "transformer"],
    );
    const states = fieldsOf(fieldsOf(status["modelStatus"])["states"]);
    const failure = fieldsOf(fieldsOf(status["modelStatus"])["lastFailureInfo"]);
    const url = textOf(status["url"]);
    return {
      ...observedOf(kind, object),
      mode: modeOf(object.metadata.annotations, status),
      url,
      internalUrl: textOf(fieldsOf(status["address"])["url"]),
      conditions: conditionsOf(status["conditions"], undefined),
      stopped: object.metadata.annotations["serving.kserve.io/stop"] === "true",
      clusterLocal:
        object.metadata.labels["networking.knative.dev/visibility"] === "cluster-local" ||
        object.metadata.labels["networking.kserve.io/visibility"] === "cluster-local" ||
        (url !== null && /\.svc(\.|:|\/|$)/.test(url)),
      hasTransformer: spec["transformer"] !== undefined,
      runtime:
        textOf(status["clusterServingRuntimeName"]) ?? textOf(status["servingRuntimeName"]) ?? textOf(model["runtime"]),
      protocolVersion: textOf(model["protocolVersion"]),
      modelFormat: format,
      facts: factsOfModel(predictor, model, format),
      storageUri: textOf(model["storageUri"]),
      containers: containersOf(predictor),
      generation: object.metadata.generation ?? null,
      latestReadyRevision: textOf(entry["latestReadyRevision"]),
      traffic: listOf(entry["traffic"], 16).flatMap((raw) => {
        const target = fieldsOf(raw);
        const revision = textOf(target["revisionName"]);
        return revision === null ? [] : [{ revision, percent: numberOf(target["percent"]) ?? 0 }];
      }),
      canaries: canariesOf(spec, status),
      stableName: textOf(predictor["name"]) ?? "predictor",
      modelStatus: textOf(states["activeModelState"]),
      failure: textOf(failure["message"]) ?? textOf(failure["reason"]),
    };
  },
};
