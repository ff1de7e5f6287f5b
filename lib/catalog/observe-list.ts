import type { KindList, KindRef, KubeObject } from "../kube/index.ts";
import { formatKind } from "../kube/index.ts";
import { sources } from "../sources/index.ts";
import type { Observed, Source } from "../sources/index.ts";
import { compareNames, nameOf } from "./names.ts";
import { shareValues } from "./share-values.ts";

type Reading = {
  readonly objects: readonly KubeObject[];
  readonly byName: ReadonlyMap<string, unknown>;
  /** In the order of their names. */
  readonly observations: readonly Observed[];
};

/** What each list said last. */
const readings = new WeakMap<KindList, Reading>();

type Said = { readonly observation: unknown };

/** What each object said, as long as the object is the same one; shared by all sources, since an object has one kind. */
const memory = new WeakMap<KubeObject, Said>();

function read(source: Source<Observed>, object: KubeObject): Said {
  const known = memory.get(object);
  if (known !== undefined) return known;
  const said = { observation: source.observe(object) };
  memory.set(object, said);
  return said;
}

const sourceOf = new Map<string, Source<Observed>>(sources.map((source) => [formatKind(source.kind), source]));

/**
 * Reads an object when it arrives, and returns what has to be held of it: its metadata, for what it said is known from then on.
 * Objects are several times as large as what is read of them. One of a kind that no source reads is held as it is.
 */
export function keepObserved(ref: KindRef, object: KubeObject): KubeObject {
  const source = sourceOf.get(formatKind(ref));
  if (source === undefined) return object;
  const { apiVersion, kind, metadata } = object;
  const kept: KubeObject = { apiVersion, kind, metadata: shareValues(metadata) };
  memory.set(kept, { observation: shareValues(source.observe(object)) });
  return kept;
}

/** Two observations are plain data that one function made, so that equal ones are written alike. */
function saysTheSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function readList(list: KindList, source: Source<Observed>): Reading {
  const last = readings.get(list);
  const objects = list.objects();
  if (last?.objects === objects) return last;
  const byName = new Map<string, unknown>();
  const found: Observed[] = [];
  for (const object of objects) {
    const name = nameOf(object.metadata.namespace ?? "", object.metadata.name);
    let { observation } = read(source, object);
    const before = last?.byName.get(name);
    if (before !== undefined && before !== observation && saysTheSame(before, observation)) {
      observation = before;
      memory.set(object, { observation });
    }
    byName.set(name, observation);
    // Proved by the key: an object belongs to one list, and a list to one source.
    if (observation !== null) found.push(observation as Observed);
  }
  // The order of a list means nothing; ours is by name.
  found.sort(compareNames);
  const isSame =
    last?.observations.length === found.length && found.every((one, index) => one === last.observations[index]);
  const reading: Reading = { objects, byName, observations: isSame ? last.observations : found };
  readings.set(list, reading);
  return reading;
}

/**
 * What the objects of one kind say, by name. An observation is the same one as before as long as its object says the same, and
 * so is the array as long as all of them do: most changes of objects change nothing that is read of them.
 */
export function observeList<Observation extends Observed>(
  lists: readonly KindList[],
  source: Source<Observation>,
): readonly Observation[] {
  const list = lists.find((candidate) => formatKind(candidate.ref) === formatKind(source.kind));
  // Proved by the source, which made them.
  return list === undefined ? [] : (readList(list, source).observations as readonly Observation[]);
}
