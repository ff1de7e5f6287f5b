import type { LabelSelector, Observed } from "../sources/index.ts";

type Labels = Readonly<Record<string, string>>;

/** Observations of one kind, by labels. */
export type LabelIndex<Observation> = {
  /** What a selector picks in a namespace, in the order that they were given in; an empty selector picks nothing. */
  readonly select: (namespace: string, selector: Labels) => readonly Observation[];
};

function labelKey(namespace: string, name: string, value: string): string {
  return `${namespace}/${name}=${value}`;
}

/** True where every label of the selector is there; an empty selector selects nothing, as that of a Service. */
export function isSelected(labels: Labels, selector: Labels): boolean {
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([name, value]) => labels[name] === value);
}

/** Observations by each of their labels: what a selector picks is found without a walk over all. */
export function indexByLabels<Observation extends Observed>(
  observations: readonly Observation[],
  labelsOf: (observation: Observation) => Labels,
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
  return {
    select: (namespace, selector) => {
      let fewest: readonly Observation[] | null = null;
      for (const [name, value] of Object.entries(selector)) {
        const group: readonly Observation[] = groups.get(labelKey(namespace, name, value)) ?? [];
        if (fewest === null || group.length < fewest.length) fewest = group;
      }
      return (fewest ?? []).filter((observation) => isSelected(labelsOf(observation), selector));
    },
  };
}

/** True where labels meet a selector of the API's own form (meta/v1 LabelSelector); an empty one takes everything. */
export function meets(labels: Labels, selector: LabelSelector): boolean {
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
