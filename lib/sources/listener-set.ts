import type { KindRef } from "../kube/index.ts";
import { isProgrammed, listenersOf } from "./gateway.ts";
import type { ListenerSetObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, listOf, textOf } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "gateway.networking.k8s.io",
  kind: "ListenerSet",
  plural: "listenersets",
  versions: ["v1"],
  namespaced: true,
};

/**
 * @source listener-set
 * @kind gateway.networking.k8s.io/v1 ListenerSet
 */
export const listenerSetSource: Source<ListenerSetObservation> = {
  kind,
  reads: "spec.parentRef, listeners; Accepted and Programmed of the set and of each listener",
  limits: "64 listeners. It counts where its Gateway's spec.allowedListeners admits its namespace.",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    const status = fieldsOf(object["status"]);
    const parent = fieldsOf(spec["parentRef"]);
    const statuses = listOf(status["listeners"], 64).map(fieldsOf);
    return {
      ...observedOf(kind, object),
      gateway: {
        namespace: textOf(parent["namespace"]) ?? object.metadata.namespace ?? "",
        name: textOf(parent["name"]) ?? "",
      },
      programmed: isProgrammed(status, object.metadata.generation),
      listeners: listenersOf(spec["listeners"], statuses, object.metadata.generation),
    };
  },
};
