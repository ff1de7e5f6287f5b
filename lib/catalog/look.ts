import type { LabelIndex } from "./select-by-labels.ts";

/** Stands for all that a collection holds, in the place of a key. */
const whole = Symbol("whole");

/** What was read while something was made, by threes: the field, what was asked of it, and what it answered. */
type Reads = unknown[];

type Made = { readonly inputs: readonly unknown[]; readonly reads: Reads; readonly value: unknown };

/** What is made of an object, by the role of what is made. */
type MadeOf = ReadonlyMap<string, ReadonlyMap<object, Made>>;

/** What the last look made, and what it held of collections that were read as a whole. */
export type Recollection = {
  readonly made: MadeOf;
  readonly wholes: ReadonlyMap<string, readonly unknown[]>;
  /** What is one word for all of the look, by the name of the object that says it. */
  readonly constants: ReadonlyMap<string, string>;
};

export const nothingRecalled: Recollection = { made: new Map(), wholes: new Map(), constants: new Map() };

/** One look at a world of which most is as it was at the last look. */
export type Look = {
  /**
   * The same object for reading: what `make` reads of its fields is noted. Of maps and label indexes that is what was asked for,
   * of everything else the whole. Answers count as the same where they are the same object, or arrays of the same objects.
   */
  watch<Watched extends object>(name: string, object: Watched): Watched;
  /**
   * What was made of the object in that role in the last look, if it was made from the same inputs and all that it read is the
   * same now; else it is made now. `make` must read nothing that changes but the object, its inputs and what is watched. Of one
   * object one thing is made in each role.
   */
  recall<Value>(role: string, of: object, inputs: readonly unknown[], make: () => Value): Value;
  /** What the next look begins with. What was not recalled in this one is forgotten. */
  end(): Recollection;
};

// Loops by number: they run for every object at every look, and leave nothing behind to be collected.
function isSameList(left: readonly unknown[], right: readonly unknown[]): boolean {
  if (left.length !== right.length) return false;
  for (let at = 0; at < left.length; at += 1) if (left[at] !== right[at]) return false;
  return true;
}

function isSame(left: unknown, right: unknown): boolean {
  return left === right || (Array.isArray(left) && Array.isArray(right) && isSameList(left, right));
}

/** Labels that were asked for, as a key. */
type Selection = { readonly namespace: string; readonly selector: Readonly<Record<string, string>> };

function isSameKey(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  // Only selections are objects.
  const [one, other] = [left as Selection, right as Selection];
  return one.selector === other.selector && one.namespace === other.namespace;
}

type Field = {
  /** What the field answers to a key at present. */
  readonly ask: (key: unknown) => unknown;
  /** What stands in its place for who reads. */
  readonly view: () => unknown;
};

function isLabelIndex(value: object): value is LabelIndex<unknown> {
  return "select" in value && typeof value.select === "function";
}

function watchMap(
  held: ReadonlyMap<string, unknown>,
  note: (key: unknown, answer: unknown) => void,
  noteWhole: () => void,
): ReadonlyMap<string, unknown> {
  const all = (): ReadonlyMap<string, unknown> => {
    noteWhole();
    return held;
  };
  const get = (key: string): unknown => {
    const answer = held.get(key);
    note(key, answer);
    return answer;
  };
  return {
    get,
    // No collection holds undefined.
    has: (key) => get(key) !== undefined,
    get size() {
      return all().size;
    },
    keys: () => all().keys(),
    values: () => all().values(),
    entries: () => all().entries(),
    forEach: (each) => {
      all().forEach(each);
    },
    [Symbol.iterator]: () => all()[Symbol.iterator](),
  };
}

/** Repeated questions are mostly asked soon after each other; to look further back would cost more than it saves. */
const lookBack = 48;

/** Begins a look that knows what the last one made. */
export function beginLook(last: Recollection): Look {
  let before = last;
  let made = new Map<string, Map<object, Made>>();
  let wholes = new Map<string, readonly unknown[]>();
  let constants = new Map<string, string>();
  const fields = new Map<string, Field>();
  let isForgotten = false;
  let reads: Reads | null = null;

  function note(field: string, key: unknown, answer: unknown): void {
    if (reads === null) return;
    for (let at = reads.length - 3; at >= 0 && at >= reads.length - lookBack * 3; at -= 3)
      if (reads[at] === field && isSameKey(reads[at + 1], key)) return;
    reads.push(field, key, answer);
  }

  /** The same array as in the last look, as long as it holds the same. */
  function wholeOf(field: string, items: () => readonly unknown[]): readonly unknown[] {
    const known = wholes.get(field);
    if (known !== undefined) return known;
    const now = items();
    const former = before.wholes.get(field);
    const kept = former !== undefined && isSameList(former, now) ? former : now;
    wholes.set(field, kept);
    return kept;
  }

  function fieldOf(name: string, value: object): Field {
    if (value instanceof Map) {
      const map: ReadonlyMap<string, unknown> = value;
      const items = (): readonly unknown[] => wholeOf(name, () => [...map].flat());
      const view = watchMap(
        map,
        (key, answer) => {
          note(name, key, answer);
        },
        () => {
          if (reads !== null) note(name, whole, items());
        },
      );
      return { ask: (key) => (key === whole ? items() : map.get(key as string)), view: () => view };
    }
    if (isLabelIndex(value)) {
      const select = (key: Selection): readonly unknown[] => value.select(key.namespace, key.selector);
      const view: LabelIndex<unknown> = {
        select: (namespace, selector) => {
          const key = { namespace, selector };
          const answer = select(key);
          note(name, key, answer);
          return answer;
        },
      };
      return { ask: (key) => select(key as Selection), view: () => view };
    }
    const ask = Array.isArray(value) ? () => wholeOf(name, () => value as readonly unknown[]) : () => value;
    return {
      ask,
      view: () => {
        if (reads !== null) note(name, whole, ask());
        return value;
      },
    };
  }

  function isAsItWas(known: Made, inputs: readonly unknown[]): boolean {
    if (!isSameList(known.inputs, inputs)) return false;
    for (let at = 0; at < known.reads.length; at += 3) {
      const answer = fields.get(known.reads[at] as string)?.ask(known.reads[at + 1]);
      if (!isSame(known.reads[at + 2], answer)) return false;
      // The older array of the same is not kept for it.
      known.reads[at + 2] = answer;
    }
    return true;
  }

  return {
    watch: (name, object) => {
      const plain: [string, unknown][] = [];
      const watched = {};
      for (const [key, value] of Object.entries(object) as [string, unknown][]) {
        if (typeof value !== "object" || value === null) {
          plain.push([key, value]);
          Object.defineProperty(watched, key, { value, enumerable: true });
          continue;
        }
        const field = fieldOf(`${name}.${key}`, value);
        fields.set(`${name}.${key}`, field);
        Object.defineProperty(watched, key, { get: field.view, enumerable: true });
      }
      const constant = JSON.stringify(plain);
      constants.set(name, constant);
      // One word on everything: where it is another one, all is looked at anew.
      if (before.constants.get(name) !== constant) isForgotten = true;
      // Proved by the loop: each of its fields is there and answers as the object's own.
      return watched as typeof object;
    },
    recall: (role, of, inputs, make) => {
      if (reads !== null) throw new Error(`"${role}" is recalled while something else is made.`);
      let own = made.get(role);
      if (own === undefined) made.set(role, (own = new Map<object, Made>()));
      const known = isForgotten ? undefined : before.made.get(role)?.get(of);
      if (known !== undefined && isAsItWas(known, inputs)) {
        own.set(of, known);
        // Proved by the role, which only one caller uses.
        return known.value as ReturnType<typeof make>;
      }
      reads = [];
      try {
        const value = make();
        own.set(of, { inputs, reads: reads.slice(), value });
        return value;
      } finally {
        reads = null;
      }
    },
    end: () => {
      const recollection = { made, wholes, constants };
      // What is made in this look and lives on may hold a function that was made in it too, and through that this look.
      before = nothingRecalled;
      made = new Map();
      wholes = new Map();
      constants = new Map();
      fields.clear();
      return recollection;
    },
  };
}
