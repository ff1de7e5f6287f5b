import type {
  Confirmation,
  GatewayObservation,
  HttpRouteObservation,
  Listener,
  ParentReference,
  ParentStatus,
} from "../../sources/index.ts";
import { sayCondition } from "../../sources/index.ts";
import { meets } from "../select-by-labels.ts";
import type { WorldIndex } from "../world-index.ts";
import { nameOf } from "../names.ts";

/** What a parent's status comes to: it serves the route, it serves what of it is whole, or it does not and why. */
export type ParentVerdict =
  | { readonly kind: "accepted"; readonly broken: string | null }
  | { readonly kind: "refused"; readonly problem: string };

function sameParent(left: ParentReference, right: ParentReference): boolean {
  return (
    left.kind === right.kind &&
    left.namespace === right.namespace &&
    left.name === right.name &&
    left.sectionName === right.sectionName &&
    left.port === right.port
  );
}

function judgeStatus(parent: ParentReference, status: ParentStatus): ParentVerdict {
  const name = `${parent.kind} ${parent.name}`;
  const find = (type: string) => status.conditions.find((condition) => condition.type === type);
  const pending: ParentVerdict = { kind: "refused", problem: `${name} has not accepted its present form yet.` };
  const accepted = find("Accepted");
  if (accepted === undefined || !accepted.fresh) return pending;
  if (accepted.status !== "True")
    return { kind: "refused", problem: `${name} does not accept it: ${sayCondition(accepted)}.` };
  const resolved = find("ResolvedRefs");
  if (resolved === undefined || !resolved.fresh || resolved.status === "Unknown") return pending;
  return {
    kind: "accepted",
    broken: resolved.status === "True" ? null : `A reference of it is broken: ${sayCondition(resolved)}.`,
  };
}

/** Whether a parent serves the route by its status; of two controllers that speak of one parent, one that does is enough. */
export function judgeParent(world: WorldIndex, route: HttpRouteObservation, parent: ParentReference): ParentVerdict {
  const verdicts = route.statuses
    .filter((status) => sameParent(status, parent))
    .map((status) => judgeStatus(parent, status));
  // A manifest has no status; a cluster that has not answered yet has not accepted it either.
  if (verdicts.length === 0)
    return world.confirming
      ? { kind: "refused", problem: `${parent.kind} ${parent.name} has not accepted it yet.` }
      : { kind: "accepted", broken: null };
  const [first] = verdicts;
  return (
    verdicts.find((verdict) => verdict.kind === "accepted" && verdict.broken === null) ??
    verdicts.find((verdict) => verdict.kind === "accepted") ??
    first ?? { kind: "refused", problem: `${parent.kind} ${parent.name} has not accepted it yet.` }
  );
}

/** Whether a listener, or a Gateway's word on ListenerSets, admits a namespace; `home` is where it lies itself. */
function admits(
  world: WorldIndex,
  home: string,
  listener: Pick<Listener, "from" | "selector">,
  namespace: string,
): boolean {
  switch (listener.from) {
    case "All":
      return true;
    case "Same":
      return home === namespace;
    case "None":
      return false;
    case "Selector": {
      const known = world.namespaces.get(namespace);
      // Who cannot read namespaces, or reads a folder without them, leaves it to the word of the Gateway.
      if (known === undefined) return !world.confirming || world.namespaces.size === 0;
      const labels = { "kubernetes.io/metadata.name": namespace, ...known.labels };
      return listener.selector !== null && meets(labels, listener.selector);
    }
  }
}

/** Why it is not programmed; null where it is, or where nothing has a status. */
function notProgrammed(world: WorldIndex, name: string, said: Confirmation): string | null {
  if (said.kind === "yes") return null;
  if (said.kind === "no") return `${name} is not programmed: ${said.reason}.`;
  return world.confirming ? `${name} is not programmed in its present form yet.` : null;
}

export type ListenerPlace = { readonly gateway: GatewayObservation; readonly listener: Listener };
type Candidate = ListenerPlace & { readonly home: string; readonly down: string | null };

/** Listeners of a parent: its own, or those of a set that its Gateway admits; or why there are none. */
function candidatesOf(
  world: WorldIndex,
  parent: ParentReference,
): { readonly candidates: readonly Candidate[]; readonly problem: string | null } {
  const missing = (name: string) => ({
    candidates: [],
    problem: world.confirming
      ? `${name} does not exist.`
      : `${name} is not among the manifests, so that its scheme and its port are not known.`,
  });
  const set = parent.kind === "ListenerSet" ? world.listenerSets.get(nameOf(parent.namespace, parent.name)) : undefined;
  if (parent.kind === "ListenerSet" && set === undefined)
    return missing(`ListenerSet ${nameOf(parent.namespace, parent.name)}`);
  const place = set === undefined ? parent : set.gateway;
  const gateway = world.gateways.get(nameOf(place.namespace, place.name));
  if (gateway === undefined) return missing(`Gateway ${nameOf(place.namespace, place.name)}`);
  const down = notProgrammed(world, `Gateway ${gateway.name}`, gateway.programmed);
  if (set === undefined)
    return {
      candidates: gateway.listeners.map((listener) => ({ gateway, listener, home: gateway.namespace, down })),
      problem: null,
    };
  if (!admits(world, gateway.namespace, gateway.admitsSets, set.namespace))
    return {
      candidates: [],
      problem: `Gateway ${gateway.name} does not admit ListenerSets of the namespace ${set.namespace}.`,
    };
  const setDown = down ?? notProgrammed(world, `ListenerSet ${set.name}`, set.programmed);
  return {
    candidates: set.listeners.map((listener) => ({ gateway, listener, home: set.namespace, down: setDown })),
    problem: null,
  };
}

/** Kinds of routes that a listener of HTTP takes where it does not say. */
function takesKind(listener: Listener, route: HttpRouteObservation): boolean {
  const kind = route.kind === "GRPCRoute" ? "GRPCRoute" : "HTTPRoute";
  return listener.kinds === null || listener.kinds.includes(`gateway.networking.k8s.io/${kind}`);
}

/** Listeners on which a parent serves the route (SERVING §3.2), or why there is none. */
export function listenersOf(
  world: WorldIndex,
  route: HttpRouteObservation,
  parent: ParentReference,
): { readonly places: readonly ListenerPlace[]; readonly problem: string | null } {
  const name = `${parent.kind} ${parent.name}`;
  const { candidates, problem } = candidatesOf(world, parent);
  if (problem !== null) return { places: [], problem };
  const steps: readonly (readonly [(candidate: Candidate) => boolean, string])[] = [
    [
      ({ listener }) => parent.sectionName === null || listener.name === parent.sectionName,
      `${name} has no listener ${parent.sectionName ?? ""}.`,
    ],
    [({ listener }) => parent.port === null || listener.port === parent.port, `${name} has no listener at its port.`],
    [
      ({ listener }) => (listener.protocol === "HTTP" || listener.protocol === "HTTPS") && !listener.passesThrough,
      `No listener of ${name} reads HTTP.`,
    ],
    [({ listener }) => takesKind(listener, route), `No listener of ${name} takes a ${route.kind}.`],
    [
      ({ listener, home }) => admits(world, home, listener, route.namespace),
      `No listener of ${name} admits routes of the namespace ${route.namespace}.`,
    ],
  ];
  let left: readonly Candidate[] = candidates;
  for (const [keeps, reason] of steps) {
    left = left.filter(keeps);
    if (left.length === 0) return { places: [], problem: reason };
  }
  const judged = left.map((candidate) => ({
    ...candidate,
    down:
      candidate.down ??
      notProgrammed(world, `Listener ${candidate.listener.name} of ${name}`, candidate.listener.programmed),
  }));
  const up = judged.filter(({ down }) => down === null);
  return { places: up, problem: up.length > 0 ? null : (judged[0]?.down ?? null) };
}
