import type { ApiDescriptionObservation, Observed, ReferenceGrantObservation } from "../sources/index.ts";
import { annotation, apiNamespaceWord, inlinePlaceWord, inlineWord, lineWord } from "./annotations.ts";
import { compareAge, nameOf } from "./names.ts";

/** Why an ApiDescription is not used. */
export type Refusal = {
  readonly reason: "NoTargets" | "RefNotPermitted" | "Conflicted" | "NameTaken";
  readonly message: string;
};

/** Which ApiDescription speaks of which object, and which are not used. */
export type DescriptionPlan = {
  /** By the object as `targetKey` writes it, with its place among the targets. */
  readonly byTarget: ReadonlyMap<string, DescribedBy>;
  readonly refused: ReadonlyMap<ApiDescriptionObservation, Refusal>;
};

export const emptyPlan: DescriptionPlan = { byTarget: new Map(), refused: new Map() };

/** What names a described object: group, kind as the catalogue has it, namespace, name. */
export function targetKey(object: Pick<Observed, "group" | "kind" | "namespace" | "name">): string {
  return `${object.group}/${object.kind}/${nameOf(object.namespace, object.name)}`;
}

/** Knative's Service has a name of its own in the catalogue. */
function keyOfTarget(target: ApiDescriptionObservation["targets"][number]): string {
  const isKnative = target.group === "serving.knative.dev" && target.kind === "Service";
  return targetKey({ ...target, kind: isKnative ? "KnativeService" : target.kind });
}

/** True where the target's namespace lets descriptions of this one speak of its objects (Gateway API ReferenceGrant). */
function mayDescribe(
  own: ApiDescriptionObservation,
  target: ApiDescriptionObservation["targets"][number],
  grants: readonly ReferenceGrantObservation[],
): boolean {
  if (target.namespace === own.namespace) return true;
  return grants.some(
    (grant) =>
      grant.namespace === target.namespace &&
      grant.from.some(
        (from) => from.group === own.group && from.kind === own.kind && from.namespace === own.namespace,
      ) &&
      grant.to.some(
        (to) => to.group === target.group && to.kind === target.kind && (to.name === null || to.name === target.name),
      ),
  );
}

/** Objects that claim the name of an API by annotation, by "namespace/name" of the API. */
function claimsByName(lists: readonly (readonly Observed[])[]): ReadonlyMap<string, readonly Observed[]> {
  const claims = new Map<string, Observed[]>();
  for (const objects of lists)
    for (const object of objects) {
      const name = annotation(object.annotations, "api");
      if (name === undefined) continue;
      const key = nameOf(object.namespace, name);
      const own = claims.get(key);
      if (own === undefined) claims.set(key, [object]);
      else own.push(object);
    }
  return claims;
}

function refusalOf(
  own: ApiDescriptionObservation,
  taken: DescriptionPlan["byTarget"],
  claims: ReadonlyMap<string, readonly Observed[]>,
  grants: readonly ReferenceGrantObservation[],
): Refusal | null {
  if (own.targets.length === 0)
    return { reason: "NoTargets", message: "It names no target; write spec.targetRefs with one object at least." };
  const foreign = own.targets.find((target) => !mayDescribe(own, target, grants));
  if (foreign !== undefined)
    return {
      reason: "RefNotPermitted",
      message: `${foreign.kind} ${nameOf(foreign.namespace, foreign.name)} lies in another namespace, and no ReferenceGrant there lets ApiDescriptions of ${own.namespace} speak of it.`,
    };
  for (const target of own.targets) {
    const other = taken.get(keyOfTarget(target))?.description;
    if (other !== undefined)
      return {
        reason: "Conflicted",
        message: `ApiDescription ${nameOf(other.namespace, other.name)} is older and describes ${target.kind} ${target.name} already; this one is not used.`,
      };
  }
  const targets = new Set(own.targets.map(keyOfTarget));
  const older = (claims.get(nameOf(own.namespace, own.name)) ?? []).find(
    (object) => !targets.has(targetKey(object)) && compareAge(object, own) < 0,
  );
  return older === undefined
    ? null
    : {
        reason: "NameTaken",
        message: `${older.kind} ${older.name} is older and has the name ${own.name} by its annotation gatebook.dev/api; this one is not used.`,
      };
}

function isSamePlan(left: DescriptionPlan, right: DescriptionPlan): boolean {
  return (
    left.byTarget.size === right.byTarget.size &&
    left.refused.size === right.refused.size &&
    [...left.byTarget].every(([target, { description, index }]) => {
      const other = right.byTarget.get(target);
      return other?.description === description && other.index === index;
    }) &&
    [...left.refused].every(([own, { message }]) => right.refused.get(own)?.message === message)
  );
}

/** What was decided last of each list of descriptions. */
const plans = new WeakMap<readonly ApiDescriptionObservation[], DescriptionPlan>();

/**
 * Decides which ApiDescriptions count: of two for one object, or of two that claim one name, the older (DESIGN §4). `objects` are
 * all that may have a name by annotation, kind by kind. As long as it comes to the same for a list it is the very same plan.
 */
export function planDescriptions(
  descriptions: readonly ApiDescriptionObservation[],
  objects: readonly (readonly Observed[])[],
  grants: readonly ReferenceGrantObservation[],
): DescriptionPlan {
  const plan = decide(descriptions, objects, grants);
  const last = plans.get(descriptions);
  if (last !== undefined && isSamePlan(last, plan)) return last;
  plans.set(descriptions, plan);
  return plan;
}

function decide(
  descriptions: readonly ApiDescriptionObservation[],
  objects: readonly (readonly Observed[])[],
  grants: readonly ReferenceGrantObservation[],
): DescriptionPlan {
  const byTarget = new Map<string, DescribedBy>();
  const refused = new Map<ApiDescriptionObservation, Refusal>();
  const claims = claimsByName(objects);
  for (const own of [...descriptions].sort(compareAge)) {
    const refusal = refusalOf(own, byTarget, claims, grants);
    if (refusal !== null) refused.set(own, refusal);
    else
      for (const [index, target] of own.targets.entries())
        byTarget.set(keyOfTarget(target), { description: own, index });
  }
  return { byTarget, refused };
}

/** The words of an ApiDescription in the form of annotations, so that one rule reads both. */
function wordsOf(own: ApiDescriptionObservation, index: number): Readonly<Record<string, string>> {
  const { description } = own;
  const words: Readonly<Record<string, string | null>> = {
    "gatebook.dev/api": own.name,
    [apiNamespaceWord]: own.namespace,
    [lineWord]: own.targets[index]?.line ?? null,
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

/** Its place among the targets of its ApiDescription. */
export type DescribedBy = { readonly description: ApiDescriptionObservation; readonly index: number };

/** Objects as their ApiDescriptions have them, by what they were without; and who speaks of each. */
const described = new WeakMap<Observed, Observed>();
const speaking = new WeakMap<Observed, DescribedBy>();

/** The ApiDescription that an object, as `describeObjects` gave it, has words of; null where it has its own alone. */
export function describedBy(object: Observed): DescribedBy | null {
  return speaking.get(object) ?? null;
}

/** Says of an object in another shape what is said of it. */
export function passWords(from: Observed, to: Observed): void {
  const by = speaking.get(from);
  if (by !== undefined) speaking.set(to, by);
}

/** The object with the words of its ApiDescription; from the same object and the same description it is the same one. */
function describeObject<Object extends Observed>(object: Object, found: DescribedBy): Object {
  const { description, index } = found;
  const last = described.get(object);
  const by = last === undefined ? null : describedBy(last);
  // Proved by the key: what is held was made of this object.
  if (by?.description === description && by.index === index) return last as Object;
  // What stands in the way of the description's own place is taken out, so that no two places are named.
  const kept = Object.entries(object.annotations).filter(
    ([name]) => description.description === null || !name.startsWith("gatebook.dev/openapi-"),
  );
  const made = { ...object, annotations: { ...Object.fromEntries(kept), ...wordsOf(description, index) } };
  described.set(object, made);
  speaking.set(made, found);
  return made;
}

/** Objects that say what their ApiDescriptions say of them; the same list where none speaks of any. */
export function describeObjects<Object extends Observed>(
  { byTarget }: DescriptionPlan,
  objects: readonly Object[],
): readonly Object[] {
  if (byTarget.size === 0) return objects;
  const places = objects.flatMap((object, at) => {
    const found = byTarget.get(targetKey(object));
    return found === undefined ? [] : [[at, found] as const];
  });
  if (places.length === 0) return objects;
  const made = [...objects];
  for (const [at, found] of places) {
    const object = objects[at];
    if (object !== undefined) made[at] = describeObject(object, found);
  }
  return made;
}
