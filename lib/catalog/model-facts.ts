import type { ModelFact } from "../model/index.ts";
import type { ContainerFact, PodObservation } from "../sources/index.ts";
import { serverTitles } from "./recognise-server.ts";
import { recogniseServer } from "./recognise-server.ts";
import type { Exposure } from "./routes/exposure.ts";
import type { ServiceFacts } from "./service-facts.ts";
import type { WorldIndex } from "./world-index.ts";
import { isSelected, nameOf } from "./world-index.ts";

const factsMax = 40;

function fact(name: string, value: string | null | undefined): readonly ModelFact[] {
  return value === null || value === undefined || value === "" ? [] : [{ name, value: value.slice(0, 500) }];
}

/** The part of an image's name behind the last colon, where it is a tag. */
function tagOf(image: string): string | null {
  return /:([\w][\w.-]{0,127})$/.exec(image.replace(/@.*$/, ""))?.[1] ?? null;
}

function serverFacts(containers: readonly ContainerFact[]): readonly ModelFact[] {
  const own = containers.find((container) => recogniseServer([container]) !== null) ?? containers[0];
  if (own === undefined) return [];
  const recognition = recogniseServer([own]);
  const tag = tagOf(own.image);
  return [
    ...(recognition === null
      ? []
      : fact("Server", `${serverTitles[recognition.server]}${tag === null ? "" : ` (image tag ${tag})`}`)),
    ...fact("Image", own.image),
    ...fact("GPUs", own.gpus),
  ];
}

function labelFacts(labels: Readonly<Record<string, string>>): readonly ModelFact[] {
  return [
    ...fact("Version label", labels["app.kubernetes.io/version"]),
    ...fact("Task", labels["task"] ?? labels["gatebook.dev/task"]),
    ...fact("Framework", labels["framework"] ?? labels["gatebook.dev/framework"]),
  ];
}

/** Policies that select these pods and do not let everybody in: the portal may be one of those kept out. */
export function policiesOn(world: WorldIndex, pods: readonly PodObservation[]): readonly string[] {
  const [pod] = pods;
  if (pod === undefined) return [];
  return (world.networkPolicies.get(pod.namespace) ?? [])
    .filter((policy) => policy.restrictsIngress && !policy.admitsAll && policy.selector !== null)
    .filter(
      ({ selector }) => selector !== null && (Object.keys(selector).length === 0 || isSelected(pod.labels, selector)),
    )
    .map((policy) => policy.name);
}

/** What is worth knowing of the workload behind Services: server, image, replicas, autoscaler, GPUs, shadow traffic, policies. */
export function workloadFacts(
  world: WorldIndex,
  facts: readonly ServiceFacts[],
  exposures: readonly Exposure[],
): readonly ModelFact[] {
  const deployments = [...new Set(facts.flatMap((own) => own.deployments))];
  const pods = [...new Set(facts.flatMap((own) => own.groups.flatMap((group) => group.pods)))];
  const pools = facts.map((own) => own.service).filter((service) => service.kind === "InferencePool");
  const served = world.pooledModels.filter((model) =>
    pools.some((pool) => pool.namespace === model.namespace && pool.name === model.pool),
  );
  const scalers = deployments.flatMap((own) => world.autoscalers.get(nameOf(own.namespace, own.name)) ?? []);
  const mirrors = [...new Set(exposures.flatMap((exposure) => exposure.mirrors))];
  return uniqueFacts([
    ...serverFacts(facts.flatMap((own) => own.containers)),
    ...fact("Models", served.flatMap((model) => model.modelName ?? []).join(", ")),
    ...fact(
      "Objectives",
      served
        .flatMap((model) => (model.priority === null ? [] : `${model.name} (priority ${String(model.priority)})`))
        .join(", "),
    ),
    ...deployments.flatMap((own) =>
      fact("Replicas", `${String(own.readyReplicas)} of ${String(own.replicas)} ready (${own.name})`),
    ),
    ...scalers.flatMap((own) => fact("Autoscaling", `${String(own.min)} to ${String(own.max)} replicas (${own.name})`)),
    ...fact("Shadow traffic", mirrors.map((name) => name.replace("#pool", "")).join(", ")),
    ...fact("Network policies", policiesOn(world, pods).join(", ")),
    ...facts.slice(0, 1).flatMap((own) => labelFacts({ ...own.service.labels, ...own.deployments[0]?.labels })),
  ]);
}

/** One line for each name, its values in the order that they came in; forty at most. */
export function uniqueFacts(facts: readonly ModelFact[]): readonly ModelFact[] {
  const byName = new Map<string, Set<string>>();
  for (const { name, value } of facts) byName.set(name, (byName.get(name) ?? new Set()).add(value));
  return [...byName]
    .map(([name, values]) => ({ name, value: [...values].join(", ").slice(0, 500) }))
    .slice(0, factsMax);
}
