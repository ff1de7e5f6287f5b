import type { KindRef, KubeObject } from "../kube/index.ts";

/** One kind and how its objects are read. */
export type Source<Observation> = {
  readonly kind: KindRef;
  /** Null where the object says nothing that the portal uses. Never throws for what it holds. */
  readonly observe: (object: KubeObject) => Observation | null;
};
