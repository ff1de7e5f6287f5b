import type { KindRef, KubeObject } from "../kube/index.ts";

/** One kind and how its objects are read. */
export type Source<Observation> = {
  readonly kind: KindRef;
  /** The fields that are looked at, for `docs/sources.md`. */
  readonly reads?: string;
  /** What is cut, left out or not followed, and what the kind never becomes; for `docs/sources.md`. */
  readonly limits?: string;
  /** Null where the object says nothing that the portal uses. Never throws for what it holds. */
  readonly observe: (object: KubeObject) => Observation | null;
};
