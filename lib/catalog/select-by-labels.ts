import type { LabelSelector, Observed } from "../sources/index.ts";
import { groupBy } from "./group-by.ts";

type Labels = Readonly<Record<string, string>>;

/** Observations of one kind, by labels. */
export type LabelIndex<Observation> = {
  /** What a selector picks in a namespace, in the order that they were given in; an empty selector picks nothing. */
  readonly select: (namespace: string, selector: Labels) => readonly Observation[];
};

/** True where every label of the selector is there; an empty selector selects nothing, as that of a Service. */
export function isSelected(labels: Labels, selector: Labels): boolean {
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([name, value]) => labels[name] === value);
}

type ByValue<Observation> = Map<string, Map<string, Observation[]>>;

const nobody: readonly never[] = [];

function valuesOf<Observation>(
  observations: readonly Observation[],
  labelsOf: (observation: Observation) => Labels,
): ByValue<Observation> {
  const names: ByValue<Observation> = new Map();
  for (const observation of observations)
    for (const [name, value] of Object.entries(labelsOf(observation))) {
      let values = names.get(name);
      if (values === undefined) names.set(name, (values = new Map<string, Observation[]>()));
      const group = values.get(value);
      if (group === undefined) values.set(value, [observation]);
      else group.push(observation);
    }
  return names;
}

/**
 * Observations by each of their labels: what a selector picks is found without a walk over all. A namespace is filed when
 * somebody asks for one.
 */
export function indexByLabels<Observation extends Observed>(
  observations: readonly Observation[],
  labelsOf: (observation: Observation) => Labels,
): LabelIndex<Observation> {
  const spaces = groupBy(observations, ({ namespace }) => namespace);
  const filed = new Map<string, ByValue<Observation>>();
  const namesIn = (namespace: string): ByValue<Observation> => {
    const known = filed.get(namespace);
    if (known !== undefined) return known;
    const made = valuesOf(spaces.get(namespace) ?? nobody, labelsOf);
    filed.set(namespace, made);
    return made;
  };
  return {
    select: (namespace, selector) => {
      const names = namesIn(namespace);
      let fewest: readonly Observation[] | null = null;
      for (const name of Object.keys(selector)) {
        const group: readonly Observation[] = names.get(name)?.get(selector[name] ?? "") ?? nobody;
        if (fewest === null || group.length < fewest.length) fewest = group;
      }
      if (fewest === null || fewest.length === 0) return nobody;
      return fewest.filter((observation) => isSelected(labelsOf(observation), selector));
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
