import type { KindRef, KubeObject } from "../kube/index.ts";
import type { Observed } from "./observation.ts";

/** What every observation says of its object. */
export function observedOf(kind: KindRef, object: KubeObject): Observed {
  const { metadata } = object;
  return {
    group: kind.group,
    kind: kind.kind,
    namespace: metadata.namespace ?? "",
    name: metadata.name,
    // Manifests have neither uid nor generation; there the resource version is a digest of the content.
    uid: metadata.uid ?? metadata.resourceVersion ?? "",
    createdAt: metadata.creationTimestamp ?? "",
    labels: metadata.labels,
    annotations: metadata.annotations,
    owners: metadata.ownerReferences,
  };
}
