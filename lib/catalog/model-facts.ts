import type { ModelFact, ServerKind } from "../model/index.ts";
import type { ContainerFact, Observed } from "../sources/index.ts";
import { readCommandLine, optionOf } from "./recognition/command-line.ts";
import type { Recognition } from "./recognition/recognise-server.ts";
import { serverTitles } from "./recognition/server-titles.ts";
import type { Exposure } from "./routes/exposure.ts";
import type { ServiceFacts } from "./service-facts.ts";
import type { WorldIndex } from "./world-index.ts";
import { resourceName, sayService } from "./names.ts";

const factsMax = 40;
const valueMax = 500;

export function fact(name: string, value: string | null | undefined): readonly ModelFact[] {
  return value === null || value === undefined || value === "" ? [] : [{ name, value: value.slice(0, valueMax) }];
}

/** What runs, in which version, out of which image. */
export function serverFacts(
  server: ServerKind,
  recognition: Recognition | null,
  containers: readonly ContainerFact[],
  imageIds: readonly string[],
): readonly ModelFact[] {
  const own = recognition?.container ?? containers[0];
  const line = own === undefined ? null : readCommandLine(own);
  const digests = imageIds.flatMap((id) => /sha256:[0-9a-f]{6,64}$/.exec(id)?.[0] ?? []);
  return [
    ...(server === "unknown-http" ? [] : fact("Server", serverTitles[server])),
    ...(recognition?.server === server ? fact("Server version", recognition.version) : []),
    ...fact("Image", own?.image),
    ...fact("Image digest", [...new Set(digests)].slice(0, 4).join(", ")),
    ...fact("GPUs", containers.find(({ gpus }) => gpus !== null)?.gpus),
    ...fact("Task", line === null ? null : optionOf(line, "--task")),
  ];
}

const taskLabel = /(^|\/)(model-)?task$/;
const frameworkLabel = /(^|\/)(ml-|model-)?framework$/;

/** What labels of an object say that a model is for and was made with; annotations of ours count too. */
export function labelFacts(holders: readonly Observed[]): readonly ModelFact[] {
  const words = holders.flatMap(({ labels, annotations }) => [
    ...Object.entries(annotations).filter(([name]) => name.startsWith("gatebook.dev/")),
    ...Object.entries(labels),
  ]);
  const find = (pattern: RegExp): string | undefined => words.find(([name]) => pattern.test(name))?.[1];
  return [
    ...fact("Version label", words.find(([name]) => name === "app.kubernetes.io/version")?.[1]),
    ...fact("Task", find(taskLabel)),
    ...fact("Framework", find(frameworkLabel)),
  ];
}

/** What is worth knowing of the workload behind Services: replicas, autoscalers, models of a pool, shadow traffic, routes. */
export function workloadFacts(
  world: WorldIndex,
  facts: readonly ServiceFacts[],
  exposures: readonly Exposure[],
): readonly ModelFact[] {
  const workloads = [...new Set(facts.flatMap((own) => own.workloads))];
  const scalers = workloads.flatMap((own) => world.autoscalers.get(resourceName(own)) ?? []);
  const mirrors = [...new Set(exposures.flatMap((exposure) => exposure.mirrors))];
  return [
    ...poolFacts(world, facts),
    ...workloads.flatMap((own) =>
      fact("Replicas", `${String(own.readyReplicas)} of ${String(own.replicas)} ready (${own.name})`),
    ),
    ...scalers.flatMap((own) => fact("Autoscaling", `${String(own.min)} to ${String(own.max)} replicas (${own.name})`)),
    ...fact("Shadow traffic", mirrors.map((name) => sayService(name).replace(/^Service /, "")).join(", ")),
    ...exposures.flatMap((exposure) => exposure.facts),
    ...fact("gRPC", [...new Set(grpcUrls(exposures))].slice(0, 8).join(", ")),
  ];
}

/** A description of HTTP calls says nothing of gRPC: where routes take that in is told beside it. */
function grpcUrls(exposures: readonly Exposure[]): readonly string[] {
  return exposures.flatMap(({ isGrpc, endpoints }) => (isGrpc ? endpoints.map(({ url }) => url) : []));
}

/** Models and objectives that hang on a pool; what its extension refused says nothing. */
function poolFacts(world: WorldIndex, facts: readonly ServiceFacts[]): readonly ModelFact[] {
  const pools = facts.map((own) => own.service).filter((service) => service.kind === "InferencePool");
  if (pools.length === 0) return [];
  const served = world.pooledModels.filter(
    (model) =>
      model.accepted &&
      pools.some(
        (pool) =>
          pool.namespace === model.namespace &&
          pool.name === model.pool &&
          (model.poolGroup === null || model.poolGroup === pool.group),
      ),
  );
  const tell = (name: string, targets: readonly { readonly name: string; readonly weight: number }[]): string => {
    const total = targets.reduce((sum, { weight }) => sum + weight, 0);
    const shares = targets.map((target) =>
      targets.length === 1 || total === 0
        ? target.name
        : `${target.name} ${String(Math.round((target.weight / total) * 100))} %`,
    );
    return shares.length === 0 || shares.join() === name ? name : `${name} (answered by ${shares.join(", ")})`;
  };
  return [
    ...fact(
      "Models",
      served.flatMap(({ modelNames, targets }) => modelNames.map((name) => tell(name, targets))).join(", "),
    ),
    ...fact(
      "Objectives",
      served
        .flatMap((model) => (model.priority === null ? [] : `${model.name} (priority ${String(model.priority)})`))
        .join(", "),
    ),
  ];
}

/** Names of the models of a pool; one of them is the API's, several have no one name. */
export function pooledModelName(world: WorldIndex, pool: Observed): string | null {
  const names = new Set(
    world.pooledModels
      .filter((model) => model.accepted && model.namespace === pool.namespace && model.pool === pool.name)
      .flatMap(({ modelNames }) => modelNames),
  );
  return names.size === 1 ? ([...names][0] ?? null) : null;
}

/** How traffic is split between revisions; nothing where one has all of it. */
export function splitFact(
  revisions: readonly { readonly name: string; readonly trafficPercent: number }[],
): readonly ModelFact[] {
  if (revisions.length < 2) return [];
  const sorted = [...revisions].sort((left, right) => right.trafficPercent - left.trafficPercent);
  return fact("Traffic", sorted.map(({ name, trafficPercent }) => `${name} ${String(trafficPercent)} %`).join(", "));
}

/** The first value of a fact; null where there is none. */
export function labelOf(facts: readonly ModelFact[], name: string): string | null {
  return facts.find((own) => own.name === name)?.value ?? null;
}

/** Without what another value says as well, with the object that says so behind it. */
function withoutRepeats(values: readonly string[]): readonly string[] {
  return values.filter((value) => !values.some((other) => other.startsWith(`${value} (`)));
}

/** One line for each name, its values in the order that they came in, each once; forty lines at most. */
export function uniqueFacts(facts: readonly ModelFact[]): readonly ModelFact[] {
  const byName = new Map<string, Set<string>>();
  for (const { name, value } of facts) byName.set(name, (byName.get(name) ?? new Set()).add(value));
  return [...byName]
    .map(([name, values]) => ({
      name,
      value: withoutRepeats([...values])
        .join(", ")
        .slice(0, valueMax),
    }))
    .slice(0, factsMax);
}
