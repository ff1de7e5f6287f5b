import type { ApiDescriptionObservation, Observed } from "../sources/index.ts";
import { inlinePlaceWord, inlineWord } from "./annotations.ts";
import { nameOf } from "./world-index.ts";
import type { WorldIndex } from "./world-index.ts";

/** A world in which every described object says what its ApiDescription says of it. */
export type DescribedWorld = {
  readonly world: WorldIndex;
  /** The ApiDescription of each object, by the object as `targetKey` writes it. */
  readonly descriptions: ReadonlyMap<string, ApiDescriptionObservation>;
  readonly warnings: readonly { readonly description: ApiDescriptionObservation; readonly message: string }[];
};

/** What names a described object: group, kind as the catalogue has it, namespace, name. */
export function targetKey(object: Pick<Observed, "group" | "kind" | "namespace" | "name">): string {
  return `${object.group}/${object.kind}/${nameOf(object.namespace, object.name)}`;
}

/** The words of an ApiDescription in the form of annotations, so that one rule reads both. */
function wordsOf(own: ApiDescriptionObservation): Readonly<Record<string, string>> {
  const { description } = own;
  const words: Readonly<Record<string, string | null>> = {
    "gatebook.dev/api": own.name,
    "gatebook.dev/title": own.title,
    "gatebook.dev/owner": own.owner,
    "gatebook.dev/visibility": own.visibility,
    "gatebook.dev/tags": own.tags.length === 0 ? null : own.tags.join(","),
    "gatebook.dev/server": own.server,
    "gatebook.dev/public-url": own.publicUrl,
    "gatebook.dev/openapi-path": description?.kind === "path" ? description.path : null,
    "gatebook.dev/openapi-port":
      description?.kind === "path" && description.port !== null ? String(description.port) : null,
    "gatebook.dev/openapi-url": description?.kind === "url" ? description.url : null,
    "gatebook.dev/openapi-configmap":
      description?.kind === "config-map" ? `${description.name}/${description.key}` : null,
    [inlineWord]: description?.kind === "inline" ? description.text : null,
    [inlinePlaceWord]: description?.kind === "inline" ? `ApiDescription ${nameOf(own.namespace, own.name)}` : null,
  };
  return Object.fromEntries(Object.entries(words).filter((entry): entry is [string, string] => entry[1] !== null));
}

/** Knative's Service has a name of its own in the catalogue. */
function kindOf(target: ApiDescriptionObservation["targets"][number]): string {
  return target.group === "serving.knative.dev" && target.kind === "Service" ? "KnativeService" : target.kind;
}

function older(left: Observed, right: Observed): number {
  if (left.createdAt !== right.createdAt) return left.createdAt < right.createdAt ? -1 : 1;
  return nameOf(left.namespace, left.name) < nameOf(right.namespace, right.name) ? -1 : 1;
}

/** Lays what ApiDescriptions say over the objects that they target; of two for one object the older counts, the other is told. */
export function applyDescriptions(world: WorldIndex, all: readonly ApiDescriptionObservation[]): DescribedWorld {
  if (all.length === 0) return { world, descriptions: new Map(), warnings: [] };
  const descriptions = new Map<string, ApiDescriptionObservation>();
  const warnings: { description: ApiDescriptionObservation; message: string }[] = [];
  for (const own of [...all].sort(older)) {
    const [target, ...more] = own.targets;
    if (target === undefined) {
      warnings.push({ description: own, message: "It names no target; write spec.targetRefs with one object." });
      continue;
    }
    if (more.length > 0)
      warnings.push({ description: own, message: "It names several targets; only the first of them counts." });
    const key = targetKey({ group: target.group, kind: kindOf(target), namespace: own.namespace, name: target.name });
    const other = descriptions.get(key);
    if (other === undefined) descriptions.set(key, own);
    else
      warnings.push({
        description: own,
        message: `ApiDescription ${other.name} is older and describes ${target.kind} ${target.name} already; this one is not used.`,
      });
  }
  const describe = <Object extends Observed>(object: Object): Object => {
    const own = descriptions.get(targetKey(object));
    // What stands in the way of the description's own place is taken out, so that no two places are named.
    if (own === undefined) return object;
    const kept = Object.entries(object.annotations).filter(
      ([name]) => own.description === null || !name.startsWith("gatebook.dev/openapi-"),
    );
    return { ...object, annotations: { ...Object.fromEntries(kept), ...wordsOf(own) } };
  };
  const describeMap = <Object extends Observed>(map: ReadonlyMap<string, Object>): ReadonlyMap<string, Object> =>
    new Map([...map].map(([name, object]) => [name, describe(object)]));
  return {
    world: {
      ...world,
      services: describeMap(world.services),
      inferenceServices: describeMap(world.inferenceServices),
      resources: describeMap(world.resources),
      httpRoutes: world.httpRoutes.map(describe),
      ingresses: world.ingresses.map(describe),
      hostRoutes: world.hostRoutes.map(describe),
    },
    descriptions,
    warnings,
  };
}
