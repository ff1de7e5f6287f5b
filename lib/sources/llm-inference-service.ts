import type { KindRef } from "../kube/index.ts";
import { containersOf } from "./containers.ts";
import type { ResourceObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, listOf, numberOf, textOf } from "./read-fields.ts";
import { factsOf, isClusterUrl, onlyPart, plainResource, stateOfCondition } from "./resource-parts.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "serving.kserve.io",
  kind: "LLMInferenceService",
  plural: "llminferenceservices",
  versions: ["v1alpha2", "v1alpha1"],
  namespaced: true,
};

/**
 * @source llm-inference-service
 * @kind serving.kserve.io/v1alpha2, v1alpha1 LLMInferenceService
 */
export const llmInferenceServiceSource: Source<ResourceObservation> = {
  kind,
  reads: "spec.model (name, uri, lora), template; status.url, addresses, Ready",
  limits: "16 addresses, 32 adapters. Its pool, its routes and its Services fold into it.",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const status = fieldsOf(object["status"]);
    const model = fieldsOf(spec["model"]);
    const { name, namespace = "" } = object.metadata;
    const urls = [
      textOf(status["url"]),
      ...listOf(status["addresses"], 16).map((raw) => textOf(fieldsOf(raw)["url"])),
    ].filter((url): url is string => url !== null);
    const adapters = listOf(fieldsOf(model["lora"])["adapters"], 32).flatMap(
      (raw) => textOf(fieldsOf(raw)["name"]) ?? [],
    );
    const stopped = object.metadata.annotations["serving.kserve.io/stop"] === "true";
    return {
      ...observedOf(kind, object),
      ...plainResource,
      server: "vllm",
      protocol: "openai",
      modelName: textOf(model["name"]) ?? name,
      ...(stopped
        ? { state: "stopped", stateReason: "Its annotation serving.kserve.io/stop says so." }
        : stateOfCondition(conditionsOf(status["conditions"], undefined), "Ready")),
      publicUrls: [...new Set(urls.filter((url) => !isClusterUrl(url)).map((url) => url.replace(/\/+$/, "")))],
      internalUrl: urls.find(isClusterUrl) ?? `http://${name}-kserve-workload-svc.${namespace}.svc.cluster.local:8000`,
      parts: [onlyPart(name, [`${name}-kserve-workload-svc`, `${name}-workload-svc`], null)],
      children: [`${name}-epp-service`],
      says: `serves ${textOf(model["name"]) ?? "a language model"} from ${textOf(model["uri"]) ?? "an unnamed place"}`,
      facts: factsOf({
        "Model name": textOf(model["name"]),
        "Model URI": textOf(model["uri"]),
        Adapters: adapters.join(", "),
        Replicas: numberOf(spec["replicas"]),
      }),
      containers: containersOf(spec["template"]),
      generation: object.metadata.generation ?? null,
    };
  },
};
