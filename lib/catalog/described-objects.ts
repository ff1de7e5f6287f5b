import type { KindList } from "../kube/index.ts";
import type { DescribedObject } from "../model/index.ts";
import type { ApiDescriptionObservation } from "../sources/index.ts";
import type { Grouped } from "./group-apis.ts";
import { keyOf } from "./routes/exposure.ts";
import type { WorldIndex } from "./world-index.ts";

/** What became of each ApiDescription: the API that it names, why it is not used, or what is wrong with its targets. */
export function describedObjects(
  world: WorldIndex,
  lists: readonly KindList[],
  { described }: Grouped,
): readonly DescribedObject[] {
  return world.apiDescriptions.map((description): DescribedObject => {
    const refusal = world.plan.refused.get(description) ?? null;
    const api = described.get(description) ?? null;
    return {
      key: keyOf(world, description),
      uid: description.uid,
      generation: description.generation,
      status: description.status,
      refusal,
      api: api === null ? null : api.key,
      missing: refusal === null ? missingTarget(description, lists, api !== null) : null,
    };
  });
}

/** What is wrong with a target: that there is no such object, or, where there is no API at all, that none makes one. */
function missingTarget(
  { targets }: ApiDescriptionObservation,
  lists: readonly KindList[],
  isFound: boolean,
): string | null {
  const absent = targets.find(({ group, kind, namespace, name }) => {
    const list = lists.find(({ ref }) => ref.group === group && ref.kind === kind);
    return list !== undefined && list.get(namespace, name) === undefined;
  });
  if (absent !== undefined) return `Its target ${absent.kind} ${absent.name} does not exist.`;
  const [first] = targets;
  return first === undefined || isFound
    ? null
    : `Its target ${first.kind} ${first.name} is no API: it is of a kind that is none, belongs to another object, or was left out.`;
}
