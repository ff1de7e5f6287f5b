import type { LabelSelector, Observed } from "../sources/index.ts";

export type LabelIndex<Observation> = ReadonlyMap<string, readonly Observation[]>;

function labelKey(namespace: string, name: string, value: string): string {
  return `${namespace}/${name}=${value}`;
}

/** Observations by each of their labels: what a selector picks is found without a walk over all. */
export function indexByLabels<Observation extends Observed>(
  observations: readonly Observation[],
  labelsOf: (observation: Observation) => Readonly<Record<string, string>>,
): LabelIndex<Observation> {
  const groups = new Map<string, Observation[]>();
  for (const observation of observations) {
    for (const [name, value] of Object.entries(labelsOf(observation))) {
      const key = labelKey(observation.namespace, name, value);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [observation]);
      else group.push(observation);
    }
  }
  return groups;
}

/** True where every label of the selector is there; an empty selector selects nothing, as that of a Service. */
export function isSelected(
  labels: Readonly<Record<string, string>>,
  selector: Readonly<Record<string, string>>,
): boolean {
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([name, value]) => labels[name] === value);
}

/** What a selector picks in a namespace; an empty selector picks nothing. */
export function selectFrom<Observation extends Observed>(
  index: LabelIndex<Observation>,
  namespace: string,
  selector: Readonly<Record<string, string>>,
  labelsOf: (observation: Observation) => Readonly<Record<string, string>>,
): readonly Observation[] {
  let fewest: readonly Observation[] | null = null;
  for (const [name, value] of Object.entries(selector)) {
    const group: readonly Observation[] = index.get(labelKey(namespace, name, value)) ?? [];
    if (fewest === null || group.length < fewest.length) fewest = group;
  }
  return (fewest ?? []).filter((observation) => isSelected(labelsOf(observation), selector));
}

/** True where labels meet a selector of the API's own form (meta/v1 LabelSelector); an empty one takes everything. */
export function meets(labels: Readonly<Record<string, string>>, selector: LabelSelector): boolean {
  if (!Object.entries(selector.labels).every(([name, value]) => labels[name] === value)) return false;
  return selector.expressions.every(({ key, operator, values }) => {
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
    switch (operator) {
      case "In":
        return value !== undefined && values.includes(value);
      case "NotIn":
        return value === undefined || !values.includes(value);
      case "Exists":
        return value !== undefined;
      case "DoesNotExist":
        return value === undefined;
      default:
        return false;
    }
  });
}
