import type { Json } from "../model/index.ts";
import { allowsValue } from "../spec/index.ts";
import type { CountKeyword, SchemaForm } from "../spec/index.ts";
import type { Edit } from "./rules.ts";
import { shortestText } from "./text-languages.ts";

/** What an edit is about: the one side as it is, with that of it as the other side has it. */
type Family = {
  readonly change: (takes: SchemaForm, refuses: SchemaForm) => SchemaForm;
  readonly candidates: (takes: SchemaForm, refuses: SchemaForm) => readonly Json[];
};

/** Longer texts prove nothing that anybody reads. */
const lengthMax = 200;

function textOf({ patterns, counts }: SchemaForm, length: number | null): readonly Json[] {
  if (length !== null && (length < 0 || length > lengthMax || !Number.isInteger(length))) return [];
  const text = shortestText({
    patterns,
    minLength: length ?? counts.get("minLength") ?? 0,
    maxLength: length ?? counts.get("maxLength") ?? Infinity,
  });
  return text === null ? [] : [text];
}

function numbersOf({ lower, upper, multipleOf, types }: SchemaForm): readonly number[] {
  const step = multipleOf ?? (types?.has("number") === true ? 0.5 : 1);
  const around = [lower, upper].flatMap((limit) =>
    limit === null ? [] : [limit.value, limit.value - step, limit.value + step],
  );
  return [0, 1, step, ...around, ...around.map((value) => Math.ceil(value / step) * step)];
}

/** A value of each type that a form takes. */
function samplesOf(form: SchemaForm): readonly Json[] {
  // Something rather than nothing, where that is a text of the schema.
  const texts = [...textOf(form, Math.max(1, form.counts.get("minLength") ?? 0)), ...textOf(form, null)];
  return [...texts, ...numbersOf(form), 0.5, true, false, null, {}, []];
}

const types: Family = { change: (takes, { types: own }) => ({ ...takes, types: own }), candidates: samplesOf };
const values: Family = {
  change: (takes, { values: own }) => ({ ...takes, values: own }),
  candidates: (takes) => [...(takes.values?.values() ?? samplesOf(takes))],
};
const numbers = (change: Family["change"]): Family => ({
  change,
  candidates: (takes, refuses) => [...numbersOf(refuses), ...numbersOf(takes)],
});
const lower = numbers((takes, { lower: own }) => ({ ...takes, lower: own }));
const upper = numbers((takes, { upper: own }) => ({ ...takes, upper: own }));
const multiple = numbers((takes, { multipleOf: own }) => ({ ...takes, multipleOf: own }));

function length(key: CountKeyword, step: -1 | 1): Family {
  return {
    change: (takes, { counts }) => {
      const others = [...takes.counts].filter(([name]) => name !== key);
      const own = counts.get(key);
      return { ...takes, counts: new Map(own === undefined ? others : [...others, [key, own]]) };
    },
    candidates: (takes, { counts }) => {
      const own = counts.get(key);
      return own === undefined ? [] : textOf(takes, own + step);
    },
  };
}

const minLength = length("minLength", -1);
const maxLength = length("maxLength", 1);

const families: Readonly<Partial<Record<Edit, Family>>> = {
  "type-changed": types,
  "type-generalized": types,
  "type-specialized": types,
  "became-nullable": { ...types, candidates: () => [null] },
  "became-not-nullable": { ...types, candidates: () => [null] },
  "enum-value-removed": values,
  "enum-value-added": values,
  "became-enum": values,
  "became-not-enum": values,
  "enum-replaced": values,
  "min-increased": lower,
  "min-decreased": lower,
  "min-set": lower,
  "min-unset": lower,
  "max-decreased": upper,
  "max-increased": upper,
  "max-set": upper,
  "max-unset": upper,
  "multiple-of-set": multiple,
  "multiple-of-unset": multiple,
  "multiple-of-changed": multiple,
  "multiple-of-generalized": multiple,
  "multiple-of-specialized": multiple,
  "min-length-increased": minLength,
  "min-length-decreased": minLength,
  "max-length-decreased": maxLength,
  "max-length-increased": maxLength,
  "max-length-set": maxLength,
  "max-length-unset": maxLength,
};

/**
 * A value that the one form takes and the other refuses for what the edit is about, and for nothing else; undefined where none is
 * found. `takes` is the older side of a request, and the newer one of an answer.
 */
export function findWitness(edit: Edit, takes: SchemaForm, refuses: SchemaForm): Json | undefined {
  const family = families[edit];
  if (family === undefined) return undefined;
  const changed = family.change(takes, refuses);
  return family
    .candidates(takes, refuses)
    .find((value) => allowsValue(takes, value) === true && allowsValue(changed, value) === false);
}
