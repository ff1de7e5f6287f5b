import type { KindRef } from "../kube/index.ts";
import type { NamespaceObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import type { Source } from "./source.ts";

const kind: KindRef = { group: "", kind: "Namespace", plural: "namespaces", versions: ["v1"], namespaced: false };

/**
 * @source namespace
 * @kind v1 Namespace
 */
export const namespaceSource: Source<NamespaceObservation> = {
  kind,
  reads: "labels, for listeners that select namespaces",
  limits: "nothing else",
  observe: (object) => observedOf(kind, object),
};
