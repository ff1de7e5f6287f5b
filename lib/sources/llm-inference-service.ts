import type { KindRef } from "../kube/index.ts";
import { containersOf } from "./containers.ts";
import { kserveUrl } from "./kserve-url.ts";
import type { ResourceObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, findCondition, listOf, numberOf, textOf } from "./read-fields.ts";
import type { Fields } from "./read-fields.ts";
import {
  factsOf,
  isClusterUrl,
  isStale,
  onlyPart,
  plainResource,
  scalingRange,
  staleState,
  stateOfCondition,
} from "./resource-parts.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "serving.kserve.io",
  kind: "LLMInferenceService",
  plural: "llminferenceservices",
  versions: ["v1alpha2", "v1alpha1"],
  namespaced: true,
};

type Member = { readonly name: string; readonly weight: number };

/** Those who share the traffic of one group of routes. */
function membersOf(status: Fields): readonly Member[] {
  return listOf(fieldsOf(fieldsOf(status["router"])["group"])["members"], 16).flatMap((raw) => {
    const member = fieldsOf(raw);
    const name = textOf(member["name"]);
    return name === null || member["stopped"] === true
      ? []
      : [{ name, weight: Math.max(0, numberOf(member["weight"]) ?? 1) }];
  });
}

function shareOf(members: readonly Member[], name: string): number {
  const total = members.reduce((sum, { weight }) => sum + weight, 0);
  const own = members.find((member) => member.name === name);
  return own === undefined || total === 0 ? 100 : Math.round((own.weight / total) * 1000) / 10;
}

function tellMembers(members: readonly Member[]): string | null {
  return members.length < 2
    ? null
    : members.map(({ name }) => `${name} ${String(shareOf(members, name))} %`).join(", ");
}

/** What carries it: its own workload's Service, and the pool that its scheduler picks from. */
function servicesOf(name: string, namespace: string, status: Fields): readonly string[] {
  const workload = textOf(fieldsOf(fieldsOf(status["workloads"])["service"])["name"]);
  return [
    ...(workload === null ? [] : [workload]),
    `${name}-kserve-workload-svc`,
    `${name}-workload-svc`,
    ...poolsOf(name, namespace, status),
  ];
}

/** Pools of its namespace, as the catalogue names them. */
function poolsOf(name: string, namespace: string, status: Fields): readonly string[] {
  const pool = fieldsOf(fieldsOf(fieldsOf(status["router"])["scheduler"])["inferencePool"]);
  const named = textOf(pool["namespace"]) ?? namespace;
  const own = named === namespace ? textOf(pool["name"]) : null;
  return [...(own === null ? [] : [own]), `${name}-inference-pool`].map((pooled) => `${pooled}#pool`);
}

/**
 * @source llm-inference-service
 * @kind serving.kserve.io/v1alpha2, v1alpha1 LLMInferenceService
 */
export const llmInferenceServiceSource: Source<ResourceObservation> = {
  kind,
  reads:
    "spec.model (name, uri, lora), template, replicas, scaling; status.url, addresses, router (group, scheduler), workloads, Ready, Stopped; stop",
  limits: "16 addresses, 32 adapters, 16 members of a group. Its pool, its routes and its Services fold into it.",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const status = fieldsOf(object["status"]);
    const model = fieldsOf(spec["model"]);
    const { name, namespace = "", annotations, generation } = object.metadata;
    const conditions = conditionsOf(status["conditions"], generation);
    const urls = [
      textOf(status["url"]),
      textOf(fieldsOf(status["address"])["url"]),
      ...listOf(status["addresses"], 16).map((raw) => textOf(fieldsOf(raw)["url"])),
    ].flatMap((url) => (url === null ? [] : [url.replace(/\/+$/, "")]));
    const adapters = listOf(fieldsOf(model["lora"])["adapters"], 32).flatMap(
      (raw) => textOf(fieldsOf(raw)["name"]) ?? [],
    );
    const isStopped =
      annotations["serving.kserve.io/stop"]?.toLowerCase() === "true" ||
      findCondition(conditions, "Stopped")?.status === "True";
    const members = membersOf(status);
    const scaling = fieldsOf(spec["scaling"]);
    return {
      ...observedOf(kind, object),
      ...plainResource,
      server: "vllm",
      protocol: "openai",
      modelName: textOf(model["name"]) ?? name,
      ...(isStopped
        ? { state: "stopped", stateReason: "Its annotation serving.kserve.io/stop says so." }
        : isStale(status["observedGeneration"], generation)
          ? staleState
          : stateOfCondition(conditions, "Ready")),
      publicUrls: [...new Set(urls)].flatMap(kserveUrl),
      internalUrl: urls.find(isClusterUrl) ?? `http://${name}-kserve-workload-svc.${namespace}.svc.cluster.local:8000`,
      parts: [{ ...onlyPart(name, servicesOf(name, namespace, status)), percent: shareOf(members, name) }],
      children: [
        `${name}-epp-service`,
        textOf(fieldsOf(fieldsOf(fieldsOf(status["router"])["scheduler"])["service"])["name"]) ?? "",
      ].filter((child) => child !== ""),
      says: `serves ${textOf(model["name"]) ?? "a language model"} from ${textOf(model["uri"]) ?? "an unnamed place"}`,
      facts: factsOf({
        "Model URI": textOf(model["uri"]),
        Adapters: adapters.join(", "),
        Group: tellMembers(members),
        Replicas: numberOf(spec["replicas"]),
        Autoscaling: scalingRange(numberOf(scaling["minReplicas"]), numberOf(scaling["maxReplicas"])),
      }),
      containers: containersOf(spec["template"]),
      generation: generation ?? null,
    };
  },
};
