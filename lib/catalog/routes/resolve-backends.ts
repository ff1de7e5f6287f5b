import type { Backend, Observed } from "../../sources/index.ts";
import type { WorldIndex } from "../world-index.ts";
import { nameOf, resourceName, sayService, serviceName } from "../names.ts";
import type { ExposedBackend } from "./exposure.ts";

const depthMax = 4;
/** Of one rule: TraefikServices that name each other multiply. */
const stepsMax = 256;

/** How many references of one rule may still be followed. */
type Steps = { left: number };

/** Kinds of routes whose backends in other namespaces need a ReferenceGrant there. */
const granted: Readonly<Record<string, { readonly group: string; readonly kind: string }>> = {
  "gateway.networking.k8s.io": { group: "gateway.networking.k8s.io", kind: "" },
  // It makes an HTTPRoute of itself, which is what the grant is for; a grant for itself is taken as well.
  "aigateway.envoyproxy.io": { group: "gateway.networking.k8s.io", kind: "HTTPRoute" },
};

/** True where an object may refer to one of another namespace (Gateway API ReferenceGrant). */
export function isGranted(
  world: WorldIndex,
  from: { readonly group: string; readonly kind: string; readonly namespace: string },
  to: { readonly group: string; readonly kind: string; readonly namespace: string; readonly name: string },
): boolean {
  if (from.namespace === to.namespace) return true;
  return (world.grants.get(to.namespace) ?? []).some(
    (grant) =>
      grant.from.some(
        (own) => own.group === from.group && own.kind === from.kind && own.namespace === from.namespace,
      ) &&
      grant.to.some(
        (own) => own.group === to.group && own.kind === to.kind && (own.name === null || own.name === to.name),
      ),
  );
}

function mayRefer(world: WorldIndex, route: Observed, backend: Backend): boolean {
  const rule = granted[route.group];
  if (rule === undefined || backend.namespace === route.namespace) return true;
  return (
    isGranted(world, route, backend) ||
    (rule.kind !== "" && isGranted(world, { ...rule, namespace: route.namespace }, backend))
  );
}

type Found = Omit<ExposedBackend, "sharePercent">;

/** Services and pools behind one reference; what stands for others is followed, what leads nowhere is said. */
function follow(
  world: WorldIndex,
  backend: Backend,
  weight: number,
  above: readonly string[],
  steps: Steps,
): readonly Found[] {
  const { group, kind, namespace, name, subset, port } = backend;
  const lost = (problem: string): readonly Found[] => [
    {
      service: `${kind} ${nameOf(namespace, name)}`,
      port: null,
      subset: null,
      weight,
      isOutside: false,
      isRefused: false,
      problem,
    },
  ];
  const own = resourceName({ kind, namespace, name });
  if (above.includes(own)) return lost(`${kind} ${nameOf(namespace, name)} leads back to itself.`);
  if (above.length > depthMax || steps.left <= 0)
    return lost(`${kind} ${nameOf(namespace, name)} is behind more others than are followed.`);
  steps.left -= 1;
  if ((kind === "Service" && group === "") || kind === "InferencePool") {
    const service = serviceName({ kind, namespace, name });
    const known = world.services.get(service);
    const problem =
      known === undefined
        ? `${sayService(service)} does not exist.`
        : kind === "InferencePool"
          ? refusedPool(world, namespace, name)
          : null;
    const isService = kind === "Service";
    return [
      {
        service,
        port: isService ? port : null,
        subset: isService ? subset : null,
        weight,
        isOutside: false,
        isRefused: false,
        problem,
      },
    ];
  }
  if (kind === "TraefikService") {
    const traefik = world.traefikServices.get(nameOf(namespace, name));
    if (traefik === undefined) return lost(`TraefikService ${nameOf(namespace, name)} does not exist.`);
    const total = traefik.backends.reduce((sum, part) => sum + part.weight, 0);
    return traefik.backends.flatMap((part) =>
      follow(world, part, total === 0 ? 0 : (weight * part.weight) / total, [...above, own], steps),
    );
  }
  const alias = world.aliases.get(own);
  if (alias === undefined)
    return lost(`${kind} ${nameOf(namespace, name)} does not exist, or is of a kind that is not followed.`);
  if (alias.target === null) {
    const service = `${kind} ${nameOf(namespace, name)}`;
    return [{ service, port: null, subset: null, weight, isOutside: true, isRefused: false, problem: null }];
  }
  if (!mayRefer(world, alias, alias.target)) return lost(ungranted(alias.target));
  return follow(world, { ...alias.target, port: alias.target.port ?? port }, weight, [...above, own], steps);
}

function refusedPool(world: WorldIndex, namespace: string, name: string): string | null {
  const problem = world.pools.get(nameOf(namespace, name))?.problem ?? null;
  return problem === null ? null : `InferencePool ${nameOf(namespace, name)} is refused: ${problem}.`;
}

function ungranted({ kind, namespace, name }: Backend): string {
  return `${kind} ${nameOf(namespace, name)} lies in another namespace, and no ReferenceGrant there lets this route use it.`;
}

/** What a rule's backends come to, with their shares of all that the rule takes in; what leads nowhere keeps its share. */
export function resolveBackends(
  world: WorldIndex,
  route: Observed,
  backends: readonly Backend[],
): readonly ExposedBackend[] {
  const steps: Steps = { left: stepsMax };
  const found = backends.flatMap((backend): readonly Found[] =>
    mayRefer(world, route, backend)
      ? follow(world, backend, backend.weight, [], steps)
      : [
          {
            service: serviceName(backend),
            port: backend.port,
            subset: null,
            weight: backend.weight,
            isOutside: false,
            isRefused: true,
            problem: ungranted(backend),
          },
        ],
  );
  return shared(merged(found));
}

/** One place that is named several times takes the sum of its weights. */
function merged(found: readonly Found[]): readonly Found[] {
  const places = new Map<string, Found>();
  for (const backend of found) {
    const key = JSON.stringify([backend.service, backend.port, backend.subset, backend.isRefused, backend.problem]);
    const known = places.get(key);
    places.set(key, known === undefined ? backend : { ...known, weight: known.weight + backend.weight });
  }
  return [...places.values()];
}

function shared(found: readonly Found[]): readonly ExposedBackend[] {
  const total = found.reduce((sum, backend) => sum + backend.weight, 0);
  return found.map((backend) => ({
    ...backend,
    sharePercent: total === 0 ? 0 : Math.round((backend.weight / total) * 1000) / 10,
  }));
}

/** What is wrong with the backends of a rule, and whether nobody answers there at all. */
export function judgeBackends(backends: readonly ExposedBackend[]): {
  readonly problem: string | null;
  readonly isDead: boolean;
} {
  const weighed = backends.filter(({ weight }) => weight > 0);
  if (backends.length > 0 && weighed.length === 0)
    return { problem: "None of its backends takes traffic: their weights are 0.", isDead: true };
  const lost = weighed.filter(({ problem }) => problem !== null);
  const [first] = lost;
  if (first === undefined) return { problem: null, isDead: false };
  const share = Math.round(lost.reduce((sum, { sharePercent }) => sum + sharePercent, 0) * 10) / 10;
  const isDead = lost.length === weighed.length;
  return {
    problem: isDead ? first.problem : `${String(share)} % of the calls fail: ${first.problem ?? ""}`,
    isDead,
  };
}
