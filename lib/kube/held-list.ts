import type { Clock } from "../base/index.ts";
import type { ListState } from "../model/index.ts";
import type { KindList } from "./cluster-reader.ts";
import type { KindRef } from "./kind-ref.ts";
import type { KubeObject } from "./kube-object.ts";

/** One kind's list together with the ways to change it; readers keep this and hand out `list`. */
export type HeldList = {
  readonly list: KindList;
  setState(state: ListState): void;
  setServedVersion(version: string | null): void;
  /** Puts a complete list in place of what is held. An object with the same uid and resource version stays the same object. */
  replaceAll(objects: readonly KubeObject[]): void;
  put(object: KubeObject): void;
  remove(namespace: string, name: string): void;
  confirm(): void;
  setLagMs(lagMs: number): void;
};

type HeldListOptions = {
  readonly ref: KindRef;
  readonly clock: Clock;
  /** Called after each change of state or content, with the object that came or went where it is one. */
  readonly onChange: (object: KubeObject | null) => void;
};

function keyOf(object: KubeObject): string {
  return `${object.metadata.namespace ?? ""}/${object.metadata.name}`;
}

function isSame(left: KubeObject, right: KubeObject): boolean {
  return (
    left.metadata.resourceVersion !== undefined &&
    left.metadata.resourceVersion === right.metadata.resourceVersion &&
    left.metadata.uid === right.metadata.uid &&
    left.apiVersion === right.apiVersion
  );
}

function equalStates(left: ListState, right: ListState): boolean {
  if (left.kind !== "stale" || right.kind !== "stale") return left.kind === right.kind;
  return left.reason === right.reason && left.message === right.message;
}

/** An empty list in the state `stale`, `starting`. */
export function createHeldList(options: HeldListOptions): HeldList {
  const { ref, clock, onChange } = options;
  let held = new Map<string, KubeObject>();
  let array: readonly KubeObject[] | null = null;
  let state: ListState = { kind: "stale", reason: "starting", message: "Not read yet." };
  let servedVersion: string | null = null;
  let confirmedAt: Date | null = null;
  let lagMs: number | null = null;

  function changed(object: KubeObject | null): void {
    array = null;
    onChange(object);
  }

  return {
    list: {
      ref,
      state: () => state,
      servedVersion: () => servedVersion,
      objects: () => (array ??= [...held.values()]),
      get: (namespace, name) => held.get(`${namespace}/${name}`),
      confirmedAt: () => confirmedAt,
      lagMs: () => lagMs,
    },
    setState(next) {
      if (equalStates(state, next)) return;
      state = next;
      onChange(null);
    },
    setServedVersion(version) {
      servedVersion = version;
    },
    replaceAll(objects) {
      const next = new Map<string, KubeObject>();
      let isChanged = objects.length !== held.size;
      for (const object of objects) {
        const key = keyOf(object);
        const before = held.get(key);
        const kept = before !== undefined && isSame(before, object) ? before : object;
        if (kept !== before) isChanged = true;
        next.set(key, kept);
      }
      held = next;
      if (isChanged) changed(null);
    },
    put(object) {
      const before = held.get(keyOf(object));
      if (before !== undefined && isSame(before, object)) return;
      held.set(keyOf(object), object);
      changed(object);
    },
    remove(namespace, name) {
      const key = `${namespace}/${name}`;
      const before = held.get(key);
      if (before === undefined) return;
      held.delete(key);
      changed(before);
    },
    confirm() {
      confirmedAt = clock();
    },
    setLagMs(value) {
      lagMs = value;
    },
  };
}
