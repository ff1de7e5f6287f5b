import type { IstioGatewayObservation, ServiceObservation } from "../sources/index.ts";
import { groupBy } from "./group-by.ts";
import { isSystemNamespace } from "./left-out.ts";
import { compareAge, nameOf } from "./names.ts";

/**
 * Of Services that could be a gateway's own, the one to believe: in its namespace or in an operator's before anybody else's, with
 * an address outside, the oldest. A tenant who labels a Service of theirs like a gateway must not get what is meant for it.
 */
function trusted(found: readonly ServiceObservation[], home: string | null): ServiceObservation | null {
  const rank = ({ namespace }: ServiceObservation): number =>
    namespace === home ? 0 : isSystemNamespace(namespace) ? 1 : 2;
  const [first] = [...found].sort(
    (left, right) =>
      rank(left) - rank(right) ||
      Number(right.loadBalancer.length > 0) - Number(left.loadBalancer.length > 0) ||
      compareAge(left, right),
  );
  return first ?? null;
}

/**
 * The Service in front of each Istio Gateway, by "namespace/name": one that selects the same pods, in any namespace. One that
 * asks for all labels of the Gateway, and perhaps for more, leads there.
 */
export function findFronts(
  gateways: readonly IstioGatewayObservation[],
  services: readonly ServiceObservation[],
): ReadonlyMap<string, ServiceObservation> {
  const fronts = new Map<string, ServiceObservation>();
  const first = (gateway: IstioGatewayObservation): readonly [string, string] | undefined =>
    Object.entries(gateway.selector)[0];
  const wanted = new Set(gateways.flatMap((gateway) => first(gateway)?.[0] ?? []));
  const byLabel = new Map([...wanted].map((name) => [name, groupBy(services, ({ selector }) => selector[name] ?? "")]));
  for (const gateway of gateways) {
    const [name = "", value = ""] = first(gateway) ?? [];
    const found = (byLabel.get(name)?.get(value) ?? []).filter(({ selector }) =>
      Object.entries(gateway.selector).every(([label, text]) => selector[label] === text),
    );
    const front = trusted(found, gateway.namespace);
    if (front !== null) fronts.set(nameOf(gateway.namespace, gateway.name), front);
  }
  return fronts;
}

/** Traefik's own Service, by the label that its chart sets; null where there is none. */
export function findTraefik(services: readonly ServiceObservation[]): ServiceObservation | null {
  const labelled = services.filter(
    (service) => service.labels["app.kubernetes.io/name"] === "traefik" && !service.headless,
  );
  return trusted(labelled, null);
}
