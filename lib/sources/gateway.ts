import type { KindRef } from "../kube/index.ts";
import type { GatewayObservation, Listener } from "./observation.ts";
import { observedOf } from "./observed.ts";
import { conditionsOf, fieldsOf, findCondition, listOf, numberOf, textMapOf, textOf } from "./read-fields.ts";
import type { Condition, Fields } from "./read-fields.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "gateway.networking.k8s.io",
  kind: "Gateway",
  plural: "gateways",
  versions: ["v1", "v1beta1"],
  namespaced: true,
};

export function isProgrammed(conditions: readonly Condition[]): boolean | null {
  const condition = findCondition(conditions, "Programmed");
  return condition === null || !condition.fresh ? null : condition.status === "True";
}

function fromOf(value: unknown, otherwise: Listener["from"]): Listener["from"] {
  return value === "All" || value === "Selector" || value === "None" || value === "Same" ? value : otherwise;
}

/** One listener as Gateways and ListenerSets write it; `statuses` are the listeners of its object's status. */
export function listenerOf(raw: unknown, statuses: readonly Fields[], generation: number | undefined): Listener {
  const listener = fieldsOf(raw);
  const name = textOf(listener["name"]) ?? "";
  const own = statuses.find((entry) => entry["name"] === name);
  return {
    name,
    port: numberOf(listener["port"]) ?? 0,
    protocol: textOf(listener["protocol"]) ?? "",
    hostname: textOf(listener["hostname"])?.toLowerCase() ?? null,
    ...admissionOf(fieldsOf(fieldsOf(listener["allowedRoutes"])["namespaces"]), "Same"),
    programmed: own === undefined ? null : isProgrammed(conditionsOf(own["conditions"], generation)),
  };
}

function admissionOf(namespaces: Fields, otherwise: Listener["from"]): Pick<Listener, "from" | "selector"> {
  const selector = fieldsOf(namespaces["selector"]);
  return {
    from: fromOf(namespaces["from"], otherwise),
    selector: listOf(selector["matchExpressions"]).length > 0 ? null : textMapOf(selector["matchLabels"]),
  };
}

/**
 * @source gateway
 * @kind gateway.networking.k8s.io/v1, v1beta1 Gateway
 */
export const gatewaySource: Source<GatewayObservation> = {
  kind,
  reads: "listeners with their allowedRoutes; status.addresses; Programmed of the Gateway and of each listener",
  limits: "64 listeners, 16 addresses. Selectors by matchLabels; others admit nothing.",
  observe(object) {
    const status = fieldsOf(object["status"]);
    const statuses = listOf(status["listeners"], 64).map(fieldsOf);
    return {
      ...observedOf(kind, object),
      addresses: listOf(status["addresses"], 16)
        .map((raw) => textOf(fieldsOf(raw)["value"]) ?? "")
        .filter((address) => address !== ""),
      programmed: isProgrammed(conditionsOf(status["conditions"], object.metadata.generation)),
      admitsSets: admissionOf(fieldsOf(fieldsOf(fieldsOf(object["spec"])["allowedListeners"])["namespaces"]), "None"),
      listeners: listOf(fieldsOf(object["spec"])["listeners"], 64).map((raw) =>
        listenerOf(raw, statuses, object.metadata.generation),
      ),
    };
  },
};
