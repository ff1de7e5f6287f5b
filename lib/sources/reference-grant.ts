import type { KindRef } from "../kube/index.ts";
import type { ReferenceGrantObservation } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { fieldsOf, listOf, textOf } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "gateway.networking.k8s.io",
  kind: "ReferenceGrant",
  plural: "referencegrants",
  versions: ["v1", "v1beta1"],
  namespaced: true,
};

/**
 * @source reference-grant
 * @kind gateway.networking.k8s.io/v1, v1beta1 ReferenceGrant
 */
export const referenceGrantSource: Source<ReferenceGrantObservation> = {
  kind,
  reads: "spec.from and spec.to",
  limits: "100 entries each",
  observe(object) {
    const spec = fieldsOf(object["spec"]);
    return {
      ...observedOf(kind, object),
      from: listOf(spec["from"], 100).map((raw) => {
        const from = fieldsOf(raw);
        return {
          group: textOf(from["group"]) ?? "",
          kind: textOf(from["kind"]) ?? "",
          namespace: textOf(from["namespace"]) ?? "",
        };
      }),
      to: listOf(spec["to"], 100).map((raw) => {
        const to = fieldsOf(raw);
        return { group: textOf(to["group"]) ?? "", kind: textOf(to["kind"]) ?? "", name: textOf(to["name"]) };
      }),
    };
  },
};
