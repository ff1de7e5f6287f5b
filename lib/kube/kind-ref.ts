/** One kind of the Kubernetes API and the versions of it that we can read. */
export type KindRef = {
  /** Empty for the core group. */
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  /** Preferred first. The version that the server prefers wins among them. */
  readonly versions: readonly string[];
  readonly namespaced: boolean;
};

/** "httproutes.gateway.networking.k8s.io", as `kubectl` and CRD names write it; unique within a cluster. */
export function formatKind(ref: KindRef): string {
  return ref.group === "" ? ref.plural : `${ref.plural}.${ref.group}`;
}

/** "v1" for the core group, "group/v1" for others. */
export function formatApiVersion(group: string, version: string): string {
  return group === "" ? version : `${group}/${version}`;
}
