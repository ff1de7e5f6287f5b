import type { KindRef, KubeObject } from "../kube/index.ts";
import type { Observed } from "./observation.ts";

const own = "gatebook.dev/";

/** Labels of ours count as annotations (DESIGN §14); where both say something the annotation does. */
function ownLabels(labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const found = Object.entries(labels).filter(([name]) => name.startsWith(own));
  return Object.fromEntries(found);
}

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
    annotations: Object.keys(metadata.labels).some((name) => name.startsWith(own))
      ? { ...ownLabels(metadata.labels), ...metadata.annotations }
      : metadata.annotations,
    owners: metadata.ownerReferences,
  };
}
