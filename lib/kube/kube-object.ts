/** The parts of an object's metadata that are kept. Label and annotation maps inherit nothing, so any key is safe to look up. */
export type ObjectMeta = {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly generation?: number;
  /** From a cluster: the server's. From manifests: the SHA-256 of the content. Only equality means something. */
  readonly resourceVersion?: string;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly ownerReferences: readonly OwnerReference[];
};

export type OwnerReference = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
};

/**
 * One object as a source sees it. Metadata is checked; every other field is `unknown` until its source has checked it, and gone
 * where the reader was told not to keep it.
 * Its identity (`===`) changes exactly when the object changes, so it may key a WeakMap.
 */
export type KubeObject = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly [field: string]: unknown;
};
