import type { KindRef } from "../kube/index.ts";
import type { GatewayObservation, Listener } from "./observation.ts";
import { observedOf } from "./observed.ts";
import {
  conditionsOf,
  confirmationOf,
  fieldsOf,
  findCondition,
  listOf,
  portNumberOf,
  sayCondition,
  selectorOf,
  textOf,
} from "./read-fields.ts";
import type { Fields } from "./read-fields.ts";
import { cleanHost } from "./route-text.ts";
import type { Source } from "./source.ts";

const kind: KindRef = {
  group: "gateway.networking.k8s.io",
  kind: "Gateway",
  plural: "gateways",
  versions: ["v1", "v1beta1"],
  namespaced: true,
};

function fromOf(value: unknown, otherwise: Listener["from"]): Listener["from"] {
  return value === "All" || value === "Selector" || value === "None" || value === "Same" ? value : otherwise;
}

function kindsOf(value: unknown): Listener["kinds"] {
  const kinds = listOf(value, 16).flatMap((raw) => {
    const entry = fieldsOf(raw);
    const name = textOf(entry["kind"]);
    return name === null ? [] : [`${textOf(entry["group"]) ?? kind.group}/${name}`];
  });
  return kinds.length === 0 ? null : kinds;
}

function programmedOf(status: Fields | undefined, generation: number | undefined): Listener["programmed"] {
  if (status === undefined) return { kind: "unsaid" };
  const conditions = conditionsOf(status["conditions"], generation);
  // What is refused is not programmed, whether it says so or not; Unknown is what the API server fills in.
  const accepted = findCondition(conditions, "Accepted");
  return accepted?.fresh === true && accepted.status === "False"
    ? { kind: "no", reason: sayCondition(accepted) }
    : confirmationOf(conditions, "Programmed");
}

/** Listeners that have a port. */
export function listenersOf(
  raw: unknown,
  statuses: readonly Fields[],
  generation: number | undefined,
): readonly Listener[] {
  return listOf(raw, 64)
    .map((own) => listenerOf(own, statuses, generation))
    .filter(({ port }) => port > 0);
}

/** One listener as Gateways and ListenerSets write it; `statuses` are the listeners of its object's status. */
function listenerOf(raw: unknown, statuses: readonly Fields[], generation: number | undefined): Listener {
  const listener = fieldsOf(raw);
  const name = textOf(listener["name"]) ?? "";
  const allowed = fieldsOf(listener["allowedRoutes"]);
  return {
    name,
    port: portNumberOf(listener["port"]) ?? 0,
    protocol: textOf(listener["protocol"]) ?? "",
    hostname: cleanHost(listener["hostname"]),
    ...admissionOf(fieldsOf(allowed["namespaces"]), "Same"),
    kinds: kindsOf(allowed["kinds"]),
    passesThrough: fieldsOf(listener["tls"])["mode"] === "Passthrough",
    // Who speaks of no listener at all leaves it to the word on the whole; who speaks of others has yet to come to this one.
    programmed:
      statuses.length === 0
        ? { kind: "yes" }
        : programmedOf(
            statuses.find((entry) => entry["name"] === name),
            generation,
          ),
  };
}

function admissionOf(namespaces: Fields, otherwise: Listener["from"]): Pick<Listener, "from" | "selector"> {
  return {
    from: fromOf(namespaces["from"], otherwise),
    selector: namespaces["selector"] === undefined ? null : selectorOf(namespaces["selector"]),
  };
}

/** Whether a Gateway or a ListenerSet is programmed; one that is not accepted is not. */
export const isProgrammed = (status: Fields, generation: number | undefined): Listener["programmed"] =>
  programmedOf(status, generation);

/**
 * @source gateway
 * @kind gateway.networking.k8s.io/v1, v1beta1 Gateway
 */
export const gatewaySource: Source<GatewayObservation> = {
  kind,
  reads:
    "listeners with their allowedRoutes; status.addresses; Accepted and Programmed of the Gateway and of each listener; the annotation public-url",
  limits: "64 listeners, 16 addresses",
  observe(object) {
    const status = fieldsOf(object["status"]);
    const statuses = listOf(status["listeners"], 64).map(fieldsOf);
    return {
      ...observedOf(kind, object),
      addresses: listOf(status["addresses"], 16).flatMap((raw) => cleanHost(fieldsOf(raw)["value"]) ?? []),
      programmed: isProgrammed(status, object.metadata.generation),
      admitsSets: admissionOf(fieldsOf(fieldsOf(fieldsOf(object["spec"])["allowedListeners"])["namespaces"]), "None"),
      listeners: listenersOf(fieldsOf(object["spec"])["listeners"], statuses, object.metadata.generation),
    };
  },
};
