import type { KindRef } from "../kube/index.ts";
import type { GatewayObservation, Listener } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, findCondition, listOf, numberOf, textMapOf, textOf } from "./read-fields.ts";
import type { Condition } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "gateway.networking.k8s.io",
  kind: "Gateway",
  plural: "gateways",
  versions: ["v1", "v1beta1"],
  namespaced: true,
};

function isProgrammed(conditions: readonly Condition[]): boolean | null {
  const condition = findCondition(conditions, "Programmed");
  return condition === null || !condition.fresh ? null : condition.status === "True";
}

function fromOf(value: unknown): Listener["from"] {
  return value === "All" || value === "Selector" || value === "None" ? value : "Same";
}

/**
 * @source gateway
 * @kind gateway.networking.k8s.io/v1, v1beta1 Gateway
 * @reads listeners with their allowedRoutes; status.addresses; Programmed of the Gateway and of each listener
 * @limits 64 listeners, 16 addresses. Selectors by matchLabels; others admit nothing.
 */
export const gatewaySource: Source<GatewayObservation> = {
  kind,
  observe(object) {
    const status = fieldsOf(object["status"]);
    const statuses = listOf(status["listeners"], 64).map(fieldsOf);
    return {
      ...observedOf(kind, object),
      addresses: listOf(status["addresses"], 16)
        .map((raw) => textOf(fieldsOf(raw)["value"]) ?? "")
        .filter((address) => address !== ""),
      programmed: isProgrammed(conditionsOf(status["conditions"], object.metadata.generation)),
      listeners: listOf(fieldsOf(object["spec"])["listeners"], 64).map((raw) => {
        const listener = fieldsOf(raw);
        const name = textOf(listener["name"]) ?? "";
        const namespaces = fieldsOf(fieldsOf(listener["allowedRoutes"])["namespaces"]);
        const selector = fieldsOf(namespaces["selector"]);
        const own = statuses.find((entry) => entry["name"] === name);
        return {
          name,
          port: numberOf(listener["port"]) ?? 0,
          protocol: textOf(listener["protocol"]) ?? "",
          hostname: textOf(listener["hostname"])?.toLowerCase() ?? null,
          from: fromOf(namespaces["from"]),
          selector: listOf(selector["matchExpressions"]).length > 0 ? null : textMapOf(selector["matchLabels"]),
          programmed:
            own === undefined ? null : isProgrammed(conditionsOf(own["conditions"], object.metadata.generation)),
        };
      }),
    };
  },
};
